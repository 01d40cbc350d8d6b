"""A body's own calendar joins the joint one: read, repeated, masked, refreshed, ended; never its private dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from rembug.audit.models import Entry
from rembug.lib import http
from rembug.lib.actor import system
from rembug.lib.errors import Invalid
from rembug.meetings.actions.calendars import EVERY, refresh
from rembug.meetings.models import OutsideCalendar, OutsideEvent
from rembug.meetings.rules import outside
from rembug.people.models import Body

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


def ics(*events: str) -> bytes:
    """Return a calendar."""
    parts = [f"BEGIN:VEVENT\r\nDTSTAMP:20261101T000000Z\r\n{one}\r\nEND:VEVENT\r\n" for one in events]
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(parts) + "END:VCALENDAR\r\n").encode()


WEEKLY = (
    "UID:1\r\nDTSTART:20261203T190000\r\nDTEND:20261203T210000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
    "SUMMARY:Rapat kader\r\nLOCATION:Balai RW"
)
SECRET = "UID:2\r\nDTSTART:20261205T010000Z\r\nSUMMARY:Rahasia dapur\r\nCLASS:PRIVATE"
NUMBER = (
    "UID:3\r\nDTSTART;VALUE=DATE:20261210\r\nSUMMARY:Kerja bakti hub 081234567890\r\n"
    "DESCRIPTION:Bu Sri 081234567890"
)


def test_repeats_are_laid_out_in_the_citys_time_and_private_dates_left_out() -> None:
    found = outside.read(ics(WEEKLY, SECRET, NUMBER), JAKARTA, *outside.span(NOW))
    assert [one.title for one in found].count("Rapat kader") == 3
    assert found[0].starts_at == datetime(2026, 12, 3, 12, tzinfo=UTC)
    assert "Rahasia dapur" not in str(found)
    whole = next(one for one in found if one.whole_day)
    assert whole.title == "Kerja bakti hub [nomor telepon disembunyikan]"
    assert "Sri" not in str(found)


@pytest.mark.parametrize("content", [b"", b"<html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"x" * 1_000_001])
def test_what_is_no_calendar_says_so(content: bytes) -> None:
    with pytest.raises(Invalid):
        outside.read(content, JAKARTA, *outside.span(NOW))


def form(body: Body, **more: Any) -> dict[str, Any]:
    """Return the form of a calendar."""
    return {"action_id": str(uuid4()), "body": body.public_id} | more


def test_a_file_joins_once_and_leaves_with_all_its_dates(host: Client, group: Body) -> None:
    with time_machine.travel(NOW):
        said = form(group)
        for _ in range(2):
            answer = host.post("/kerja/kalender/", said | {"file": BytesIO(ics(WEEKLY, NUMBER))})
            assert answer.status_code == 302
        assert OutsideCalendar.objects.count() == 1
        page = Client().get("/kalender/").content.decode()
        assert page.count("Rapat kader") == 3
        assert "Kelompok bakau" in page
        assert "Rapat kader" not in Client().get("/kalender/?jenis=meeting").content.decode()
        feed = Client().get("/kalender.ics").content.decode()
        assert feed.count("SUMMARY:Rapat kader") == 3
        row = OutsideCalendar.objects.get()
        assert Client().post(f"/kerja/kalender/{row.public_id}/lepas/").status_code in {302, 403}
        assert "Rapat kader" in Client().get("/kalender/").content.decode()
        assert host.post(f"/kerja/kalender/{row.public_id}/lepas/").status_code == 302
        assert "Rapat kader" not in Client().get("/kalender/").content.decode()
    assert sorted(Entry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True)) == [
        "calendar.ended",
        "calendar.joined",
    ]


def test_an_address_is_read_anew_and_a_silent_one_keeps_its_dates(host: Client, group: Body) -> None:
    answers = [ics(WEEKLY), ics(WEEKLY.replace("COUNT=3", "COUNT=2"), NUMBER)]

    def other_side(_question: http.Outgoing, _parts: object, _host: str) -> http.Answer:
        if not answers:
            raise OSError
        return http.Answer(200, {}, answers.pop(0), "")

    with time_machine.travel(NOW) as traveller, http.using(other_side):
        said = form(group, address="webcal://calendar.example/a.ics")
        assert host.post("/kerja/kalender/", said).status_code == 302
        kept = set(OutsideEvent.objects.values_list("pk", flat=True))
        assert refresh(actor=system("test")) == 0
        traveller.shift(EVERY + timedelta(minutes=1))
        assert refresh(actor=system("test")) == 1
        assert OutsideEvent.objects.count() == 3
        assert len(kept & set(OutsideEvent.objects.values_list("pk", flat=True))) == 2
        traveller.shift(EVERY + timedelta(minutes=1))
        assert refresh(actor=system("test")) == 0
        assert OutsideEvent.objects.count() == 3
        page = host.get("/kerja/kalender/").content.decode()
        assert "tidak terbaca terakhir kali" in page
        assert "calendar.example" in page
        assert "a.ics" not in page
        wrong = host.post("/kerja/kalender/", form(group, address="https://calendar.example/b.ics"))
        assert wrong.status_code == 422
        assert "Alamat ini tidak bisa dibaca" in wrong.content.decode()


def test_meetings_of_the_house_are_in_the_same_list(code: str) -> None:
    page = Client().get("/kalender/").content.decode()
    assert f"/pertemuan/{code}/" in page
    assert Client().get("/kalender/?jenis=outside").content.decode().count(code) == 0
    assert "Jalur perencanaan" in page
