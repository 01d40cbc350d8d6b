"""What a reader sees of the forecast."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from rembug.lib import clock
from rembug.places.tests import made as places
from rembug.water.actions.levels import fetch_levels
from rembug.water.models import Feed
from rembug.water.tests import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand() -> Iterator[clock.Hand]:
    with clock.led(made.NOW) as leading:
        made.load()
        yield leading


@pytest.fixture
def _forecast(hand: clock.Hand) -> None:  # noqa: ARG001 - a fixture asks for another by name
    made.levels()
    made.forecast()


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.usefixtures("hand")
@pytest.mark.parametrize("path", ["/rob/", "/rob/degayu/", "/rob/peta/"])
def test_before_the_first_forecast_a_page_says_so(client: Client, path: str) -> None:
    assert "Prakiraan belum ada" in words(client, path)


@pytest.mark.usefixtures("_forecast")
def test_the_city_page_names_places_hours_depths_and_chances(client: Client) -> None:
    said = words(client, "/rob/")
    assert "Kandang Panjang" in said
    assert re.search(r"Air paling mungkin masuk .* \d\d\.\d\d ?, mulai di", said)
    assert "Tinggi tanah: ilustrasi" in said
    assert "data alat ukur berumur" in said


@pytest.mark.usefixtures("_forecast")
def test_an_area_page_tells_onset_advice_and_the_numbers_of_its_chart(client: Client) -> None:
    page = client.get("/rob/degayu/").content.decode()
    assert "Air mulai masuk saat laut" in page
    assert "Pindahkan motor" in page
    assert page.count("± ") > 20
    assert "<svg" in page


def test_an_old_forecast_wears_a_banner(client: Client, hand: clock.Hand) -> None:
    made.forecast()
    assert "Prakiraan ini lama" not in words(client, "/rob/degayu/")
    hand.to(made.NOW + timedelta(hours=2, minutes=5))
    assert "Prakiraan ini lama" in words(client, "/rob/degayu/")


def test_a_feed_that_fails_is_named_with_the_age_of_the_last_reading(
    client: Client, hand: clock.Hand
) -> None:
    made.levels()
    made.forecast()
    assert "Alat ukur tidak menjawab" not in words(client, "/rob/")
    Feed.objects.create(city=made.CITY, address="/nowhere.csv", layout={"unit": "m"})
    hand.to(made.NOW + timedelta(hours=5))
    assert fetch_levels(actor=made.ACTOR, city=made.CITY) == 0
    for path in ("/rob/", "/rob/degayu/", "/rob/peta/"):
        assert "Alat ukur tidak menjawab. Data terakhir berumur 5 jam" in words(client, path)
    assert "berumur 5 jam" in words(client, "/rob/ketepatan/")
    assert "Sumber data tidak menjawab" in words(client, "/rob/ketepatan/")


@pytest.mark.usefixtures("_forecast")
def test_a_place_is_rounded_and_kept_nowhere(client: Client) -> None:
    assert client.get("/rob/titik/109.700123,-6.860456/")["Location"] == "/rob/titik/109.700,-6.860/"
    answer = client.get("/rob/titik/109.700,-6.860/")
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    assert client.get("/rob/titik/1.500,1.500/").status_code == 404
    assert client.get("/rob/titik/999.000,99.000/").status_code == 404


@pytest.mark.usefixtures("hand")
def test_the_map_to_tap_a_place_on_bears_names(client: Client) -> None:
    picture = Image.open(BytesIO(client.get("/rob/dasar.png").content)).convert("L")
    assert picture.width == 720
    assert min(picture.tobytes()) < 60, "the names are dark; outlines and sea are not"


@pytest.mark.usefixtures("_forecast")
def test_the_map_of_an_hour_is_a_picture_and_the_same_as_a_table(client: Client) -> None:
    said = words(client, "/rob/peta/?jam=5")
    assert "Ilustrasi" in said
    assert said.count("Bandengan") == 1
    answer = client.get("/rob/peta/5.png")
    assert Image.open(BytesIO(answer.content)).width == 720
    assert "Bandengan" in client.get("/rob/peta/5/").content.decode()
    assert client.get("/rob/peta/?jam=x").status_code == client.get("/rob/peta/?jam=99999").status_code == 200


@pytest.mark.usefixtures("_forecast")
def test_the_calendar_keeps_the_rules_of_icalendar(client: Client) -> None:
    answer = client.get("/rob/kandang-panjang/kalender.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2] == "END:VCALENDAR"
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") >= 1
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids))


@pytest.mark.usefixtures("_forecast")
def test_in_a_simulated_city_what_leaves_the_page_says_so(client: Client, settings: Settings) -> None:
    settings.SIMULATED = False
    assert "SUMMARY:Simulasi: " not in client.get("/rob/kandang-panjang/kalender.ics").content.decode()
    plain = client.get("/rob/kandang-panjang/kartu.png").content
    settings.SIMULATED = True
    assert "SUMMARY:Simulasi: " in client.get("/rob/kandang-panjang/kalender.ics").content.decode()
    assert client.get("/rob/kandang-panjang/kartu.png").content != plain


@pytest.mark.usefixtures("_forecast")
def test_a_share_card_has_the_size_of_a_share_card(client: Client) -> None:
    answer = client.get("/rob/degayu/kartu.png")
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 100_000


@pytest.mark.usefixtures("_forecast")
def test_programs_read_the_same_forecast(client: Client) -> None:
    whole = client.get("/api/v1/forecast").json()
    assert (whole["source"], whole["trust"], len(whole["areas"])) == ("gauge+tide", "low", 27)
    one = client.get("/api/v1/forecast?area=degayu").json()
    assert [area["area_name"] for area in one["areas"]] == ["Degayu"]
    assert client.get("/api/v1/forecast?area=nowhere").status_code == 404
    assert b"<entry>" in client.get("/api/v1/forecast.atom").content
    assert client.get("/api/v1/forecast/skill").json()["leads"] == []


def test_a_city_without_sea_has_pages_that_say_so(client: Client) -> None:
    places.load(places.SMALL)
    small = {"host": "bandarkecil.example"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["*"])
        patch.setattr("django.conf.settings.CITY_HOSTS", {"bandarkecil.example": "bandarkecil"})
        for path in ("/rob/", "/rob/peta/", "/rob/ketepatan/", "/rob/skenario/"):
            assert client.get(path, headers=small).status_code == 200
        assert client.get("/api/v1/forecast", headers=small).status_code == 404
        assert client.get("/rob/tempatku/", headers=small).status_code == 404
