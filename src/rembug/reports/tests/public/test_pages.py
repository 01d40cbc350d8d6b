"""What public pages of reports show, and what they never show."""

import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from rembug.lib import clock
from rembug.people.models import Body
from rembug.reports.models import Photo, Recipient, Reply, Report
from rembug.reports.tests.public.town import CITY, incident, report, why

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    """Return a page that must be there."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_an_incident_says_what_how_deep_and_how_sure(client: Client) -> None:
    made = incident(report(depth_class="knee", rung="corroborated", probability=0.93))
    page = text(client, f"/kejadian/{made.code}/")
    assert "Rob: selutut (31–50 cm)" in page
    assert "didukung saksi" in page
    assert "sangat mungkin benar (93%)" in page


def test_a_code_may_be_typed_in_small_letters(client: Client) -> None:
    made = incident(report(depth_class="knee"))
    assert made.code in text(client, f"/kejadian/{made.code.lower()}/")


def test_a_page_never_holds_the_true_place_or_the_true_words(client: Client) -> None:
    one = report(depth_class="knee", text="Hubungi 0812-3456-7890", text_public="Hubungi [nomor disamarkan]")
    made = incident(one)
    for path in (f"/kejadian/{made.code}/", f"/laporan/{one.code}/", f"/kejadian/{made.code}/teks/"):
        page = text(client, path)
        assert "0812" not in page
        assert "119.085321" not in page
        assert one.source not in page


def test_private_reports_are_counted_and_not_shown(client: Client) -> None:
    seen, hidden = report(depth_class="knee"), report(visibility="private", text_public="rahasia")
    page = text(client, f"/kejadian/{incident(seen, hidden).code}/")
    assert "1 laporan tertutup ikut dihitung." in page
    assert hidden.code not in page
    assert client.get(f"/laporan/{hidden.code}/").status_code == 404


@pytest.mark.parametrize(
    ("state", "said"),
    [("withdrawn", "Pelapor menarik"), ("removed", "diturunkan oleh petugas"), ("erased", "sudah dihapus")],
)
def test_a_report_that_is_gone_keeps_its_number_and_loses_its_words(
    client: Client, state: str, said: str
) -> None:
    one = report(text_public="kata-kata ini")
    Report.objects.filter(pk=one.pk).update(state=state)
    page = text(client, f"/laporan/{one.code}/")
    assert said in page
    assert "kata-kata ini" not in page


def test_only_photos_that_somebody_looked_at_are_shown(client: Client) -> None:
    one = report()
    for name, state in (
        ("a" * 32, Photo.State.PUBLIC),
        ("b" * 32, Photo.State.READY),
        ("c" * 32, Photo.State.HIDDEN),
    ):
        Photo.objects.create(
            report=one, client_id=uuid.uuid4(), name=name, state=state,
            payload_hash="", bytes=1, width=10, height=10, received_at=clock.now(),
        )  # fmt: skip
    page = text(client, f"/laporan/{one.code}/")
    assert f"/foto/{'a' * 32}-240.jpg" in page
    assert f"{'b' * 32}-240" not in page
    assert f"{'c' * 32}-240" not in page


def test_an_incident_names_who_received_it_and_what_the_office_said(client: Client) -> None:
    made = incident(report(depth_class="knee"))
    body = Body.objects.create(
        city=CITY,
        name="Kelurahan Uji",
        kind="kelurahan",
        sphere="bureaucracy",
        level="kelurahan",
        state="confirmed",
    )
    Recipient.objects.create(incident=made, body=body, delivered_at=clock.now(), read_at=clock.now())
    reply = Reply.objects.create(
        city=CITY, body=body, office="Lurah Uji", text="Pompa menyala.", at=clock.now()
    )
    reply.incidents.add(made)
    page = text(client, f"/kejadian/{made.code}/")
    assert "Pompa menyala." in page
    assert "Lurah Uji" in page
    assert "Dibaca oleh Kelurahan Uji." in page
    assert "Lurah Uji: “Pompa menyala.”" in text(client, f"/kejadian/{made.code}/teks/")
    Reply.objects.update(withdrawn_at=clock.now())
    assert "Pompa menyala." not in text(client, f"/kejadian/{made.code}/")


def test_reasons_are_sentences_with_their_weights(client: Client) -> None:
    page = text(client, f"/laporan/{report(packed_reasons=why(witnesses_new=1.2, place=-0.5)).code}/")
    assert "3 saksi mandiri dalam 150 meter dan 40 menit." in page
    assert "+1,2" in page
    assert "Tempatnya janggal untuk laporan ini." in page


def test_the_track_record_of_a_person_is_never_a_figure_on_a_page(client: Client) -> None:
    page = text(client, f"/laporan/{report(packed_reasons=why(source_record=0.9)).code}/")
    assert "Laporan terdahulu dari pengirim ini ikut dihitung." in page


def test_times_are_as_coarse_as_in_the_open_data(client: Client) -> None:
    at = datetime(2026, 11, 22, 3, 7, 41, tzinfo=UTC)
    street = report(observed_at=at, received_at=at, setting="street", landmark="Masjid Uji")
    home = report(observed_at=at, received_at=at, setting="house", landmark="Rumah Pak Uji")
    assert 'datetime="2026-11-22T03:05:00+00:00"' in text(client, f"/laporan/{street.code}/")
    assert "dekat Masjid Uji" in text(client, f"/laporan/{street.code}/")
    page = text(client, f"/laporan/{home.code}/")
    assert 'datetime="2026-11-22T03:00:00+00:00"' in page
    assert "03:07" not in page
    assert "Pak Uji" not in page


def test_pages_of_another_city_are_not_here(client: Client) -> None:
    elsewhere = incident(report(city="kota-lain"), city="kota-lain")
    assert client.get(f"/kejadian/{elsewhere.code}/").status_code == 404


def test_an_area_says_how_many_how_deep_and_since_when_in_its_own_time(client: Client) -> None:
    first = report(depth_class="calf", ago_min=50)
    incident(report(depth_class="knee", ago_min=30), first, started_at=first.observed_at)
    page = text(client, "/wilayah/hulu/")
    assert "2 laporan, terdalam selutut (31–50 cm), sejak" in page
    assert "WITA" in page
    assert "2 laporan dalam 30 hari" in page
    assert "Rekap Hulu" in text(client, "/wilayah/hulu/rekap/")


def test_a_day_of_the_past_can_be_opened(client: Client) -> None:
    old = report(depth_class="knee", ago_min=3 * 1440)
    made = incident(old, ended_at=old.observed_at)
    assert made.code not in text(client, "/wilayah/hulu/")
    day = timezone.localtime(old.observed_at, ZoneInfo("Asia/Makassar")).date().isoformat()
    assert made.code in text(client, f"/wilayah/hulu/?hari={day}")
    assert text(client, "/wilayah/hulu/?hari=2026-99-99")


def test_an_area_that_is_not_in_the_city_is_not_there(client: Client) -> None:
    assert client.get("/wilayah/medono/").status_code == 404


def test_every_page_speaks_english_too(client: Client) -> None:
    client.cookies["language"] = "en"
    made = incident(report(depth_class="knee"))
    assert "knee-deep (31–50 cm)" in text(client, f"/kejadian/{made.code}/")
    assert "1 report, deepest knee-deep (31–50 cm), since" in text(client, "/wilayah/hulu/")


def test_calibration_begins_at_ten_decided_reports(client: Client) -> None:
    for _ in range(9):
        report(decided="true", probability=0.9)
    assert "Baru 9 laporan" in text(client, "/kalibrasi/")
    report(decided="false", probability=0.9)
    page = text(client, "/kalibrasi/")
    assert "10 laporan yang sudah diputus orang" in page
    assert "Skor Brier" in page
