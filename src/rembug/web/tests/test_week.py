"""The weekly text: made from the data, for a group or the network, to read and to paste."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client

from rembug.lib import clock
from rembug.lib.actor import system
from rembug.meetings.tests import made
from rembug.meetings.tests.conftest import city, group, host, house, office
from rembug.people.models import Body, BodyArea
from rembug.reports.actions.process import process_waiting

__all__ = ["city", "group", "host", "house", "office"]
DEGAYU = "33.75.03.1007"


def report(lon: float = 109.6953, lat: float = -6.8637) -> None:
    """Send one report of water."""
    body = {"category": "rob", "claim": "present", "depth_class": "knee", "since": "now"}
    body |= {"setting": "street", "located_by": "map"}
    answer = Client().post(
        "/api/v1/reports",
        json.dumps(body | {"lon": lon, "lat": lat}),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4()), "X-Device-Token": uuid4().hex},
    )
    assert answer.status_code == 201, answer.content
    process_waiting(actor=system("test"))


def test_a_week_without_anything_says_that_silence_is_not_dry(city: str) -> None:  # noqa: ARG001
    page = Client().get("/minggu/").content.decode()
    assert "tidak ada laporan. Itu bukan berarti kering." in page
    assert "Belum ada prakiraan." in page
    assert Client().get("/minggu/tidak-ada/").status_code == 404


def test_a_week_has_seven_days_today_among_them(city: str) -> None:  # noqa: ARG001
    jakarta = ZoneInfo("Asia/Jakarta")
    with time_machine.travel(datetime(2026, 11, 16, 23, 0, tzinfo=jakarta)):
        report()  # less than 168 hours before the reading, yet on an eighth day
    with time_machine.travel(datetime(2026, 11, 23, 10, 0, tzinfo=jakarta)):
        report()
    with time_machine.travel(datetime(2026, 11, 23, 21, 0, tzinfo=jakarta)):
        assert "Rob terlihat pada 1 hari." in Client().get("/siaran/").content.decode()
        assert "rob pada 1 hari." in Client().get("/minggu/").content.decode()


def test_a_groups_week_names_its_area_its_work_and_what_to_check(
    host: Client, group: Body, office: Body
) -> None:
    BodyArea.objects.create(body=group, area_code="33.75.03")
    report()
    code = made.arranged(host, group)
    item = made.planned(host, code, group, "Ukur saluran", days=1)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        text = Client().get(f"/minggu/{group.public_id}/", {"teks": ""}).content.decode()
        assert "Pekalongan Utara: 1 laporan" in text
        assert "Pertemuan: Rembug saluran Degayu" in text
        assert "Terlambat: Ukur saluran (Kelompok bakau) http" in text
        assert f"/tindak-lanjut/{item}/" in text
        done = {"verb": "finish", "seen": "open", "words": "Sudah diukur."}
        host.post(f"/kerja/tindak-lanjut/{item}/", done)
        later = Client().get(f"/minggu/{group.public_id}/", {"teks": ""})
        assert later["Content-Type"].startswith("text/plain")
        assert "Selesai: Ukur saluran" in later.content.decode()
        assert "Terlambat" not in later.content.decode()
    assert office.name not in text
    assert f"/minggu/{group.public_id}/" in Client().get(f"/pihak/{group.public_id}/").content.decode()


def test_the_networks_week_lists_what_comes(host: Client, group: Body) -> None:
    code = made.arranged(host, group)
    page = Client().get("/minggu/").content.decode()
    assert "Rembug saluran Degayu" in page
    assert f"/pertemuan/{code}/" in page
    assert "Kota Pekalongan" in page
