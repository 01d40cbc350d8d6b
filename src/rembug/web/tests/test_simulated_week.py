"""The simulated week: made by acts, labelled everywhere, done once."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image
from pytest_django import Settings

from rembug.places import queries as places
from rembug.web.demo.pictures import picture
from rembug.web.demo.plan import Plan
from rembug.web.demo.spots import Spot
from rembug.web.demo.tide import LUNAR_DAY, PEAK_BEFORE_END, Tide

END = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def _plan(seed: int) -> Plan:
    spots = [Spot(109.68, -6.86 - number / 300, f"a{number}", "A", 62 + 3.4 * number) for number in range(12)]
    return Plan(END - timedelta(days=7), END, spots, Random(seed), Tide(END), timedelta(hours=7))


def test_water_stands_at_the_end_and_not_half_a_lunar_day_before() -> None:
    tide, low = Tide(END), 62.0
    assert tide.depth_cm(END - PEAK_BEFORE_END, low) > 30
    assert tide.depth_cm(END, low) > 20
    assert tide.depth_cm(END - LUNAR_DAY / 2, low) == 0


def test_the_same_seed_is_the_same_week() -> None:
    assert _plan(3).events() == _plan(3).events()
    assert _plan(3).events() != _plan(4).events()


def test_events_come_in_order_and_none_after_the_end() -> None:
    times = [event.at for event in _plan(1).events()]
    assert times == sorted(times)
    assert times[-1] < END


def test_a_picture_is_a_small_jpeg() -> None:
    data = picture(Random(1), 40)
    assert len(data) < 60_000
    assert Image.open(io.BytesIO(data)).format == "JPEG"


@pytest.mark.django_db
def test_a_city_that_is_not_loaded_is_named() -> None:
    with pytest.raises(CommandError, match="belum dimuat"):
        call_command("demo", "week", "--city", "nirgends")


@pytest.mark.slow
@pytest.mark.django_db
def test_a_week_fills_the_city_once_and_every_page_says_what_it_is(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path  # the demo logins are kept there
    call_command("city", "load", str(settings.ROOT / "cities" / "pekalongan"), stdout=io.StringIO())
    said = io.StringIO()
    call_command("demo", "week", "--city", "pekalongan", stdout=said)
    assert "reports" in said.getvalue()
    places.forget()
    home = client.get("/").content.decode()
    assert "Data simulasi" in home
    assert "Rob di" in home
    assert "Rembug saluran dan rob (simulasi)" in client.get("/pertemuan/").content.decode()
    assert "8 dari 25 orang ikut" in client.get("/ajakan/").content.decode()
    assert "Pompa sebelum" in client.get("/sikap/").content.decode()
    assert "Terlambat" in client.get("/tindak-lanjut/").content.decode()
    works = client.get("/program-rob/").content.decode()
    assert "Pompa gang (simulasi)" in works
    assert ">berhasil<" in works
    assert ">belum terlihat hasilnya<" in works
    surveys = client.get("/survei/").content.decode()
    assert "Rob di rumah (simulasi)" in surveys
    assert "Pompa keliling (simulasi)" in surveys
    assert "Keringkan gang sesudah rob (simulasi)" in client.get("/fasilitas/").content.decode()
    assert "Perahu karet untuk pos siaga (simulasi)" in client.get("/hibah/").content.decode()
    assert re.search(r"/kerja/kasus/[0-9A-Z]{9}/", _desk_of("officer", "/kerja/kasus/"))
    assert "Rob di rumah (simulasi)" in _desk_of("facilitator", "/kerja/survei/")
    again = io.StringIO()
    call_command("demo", "week", "--city", "pekalongan", stdout=again)
    assert "nothing is simulated" in again.getvalue()


def _desk_of(role: str, path: str) -> str:
    """Return a page as the demo login of a role reads it, signed in with its printed password and code."""
    told, code, client = io.StringIO(), io.StringIO(), Client()
    call_command("demo", "people", "--city", "pekalongan", stdout=told)
    line = next(one.strip() for one in told.getvalue().splitlines() if one.strip().startswith(f"{role}@"))
    email, _, password = line.partition("  TOTP ")[0].partition(" ")
    client.post("/masuk/", {"login": email, "password": password.strip()})
    call_command("demo", "code", role, stdout=code)
    client.post("/masuk/kode/", {"code": code.getvalue().strip()})
    return client.get(path).content.decode()
