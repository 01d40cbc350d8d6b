"""The follow-up plan: public, moved by whoever promised, chased until it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from rembug.audit.models import Entry
from rembug.lib import clock
from rembug.lib.actor import system
from rembug.meetings.actions.plan import remind
from rembug.meetings.models import Item, Reminder
from rembug.meetings.rules.items import reminder
from rembug.meetings.tests import made
from rembug.meetings.tests.conftest import speaker
from rembug.people.models import Body
from rembug.people.tests.town import make_body

CHASE = system("meetings.chase")


@pytest.mark.parametrize(
    ("left", "name"),
    [(4, ""), (3, "soon"), (0, "soon"), (-1, "late-0"), (-7, "late-0"), (-8, "late-1"), (-15, "late-2")],
)
def test_reminders_come_three_days_before_and_each_week_after(left: int, name: str) -> None:
    today = date(2026, 11, 27)
    assert reminder(today + timedelta(days=left), today) == name


def test_a_promise_is_public_reminded_late_and_done(host: Client, code: str, office: Body) -> None:
    boss = speaker(office, "officer", "kepala@example.org")
    item = made.planned(host, code, office)
    assert "Bersihkan saluran" in Client().get("/tindak-lanjut/").content.decode()
    assert remind(actor=CHASE) == 0
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert [remind(actor=CHASE), remind(actor=CHASE)] == [1, 0]
        assert mail.outbox[-1].to == ["kepala@example.org"]
        assert f"/tindak-lanjut/{item}/" in mail.outbox[-1].body
    with time_machine.travel(clock.now() + timedelta(days=40)):
        assert remind(actor=CHASE) == 1
        page = Client().get(f"/tindak-lanjut/{item}/").content.decode()
        assert "Terlambat" in page
    done = {"verb": "finish", "seen": "open", "words": "Sudah bersih."}
    assert boss.post(f"/kerja/tindak-lanjut/{item}/", done).status_code == 302
    assert boss.post(f"/kerja/tindak-lanjut/{item}/", done).status_code == 302
    page = Client().get(f"/pertemuan/{code}/").content.decode()
    assert "1 dari 1 selesai atau diteruskan." in page
    assert "Sudah bersih." in Client().get(f"/tindak-lanjut/{item}/").content.decode()
    with time_machine.travel(clock.now() + timedelta(days=80)):
        assert remind(actor=CHASE) == 0
    assert Reminder.objects.count() == 2
    assert Entry.objects.filter(verb="plan.moved").count() == 1
    assert not any("kepala@" in entry.data for entry in Entry.objects.all())


def test_an_item_is_handed_on_and_leads_there(host: Client, code: str, group: Body) -> None:
    item = made.planned(host, code, group)
    assert host.post(f"/kerja/tindak-lanjut/{item}/", {"verb": "hand", "seen": "open"}).status_code == 302
    assert Item.objects.get(code=item).state == "open"
    to = {"verb": "hand", "seen": "open", "target": "case", "target_code": "k23456789"}
    assert host.post(f"/kerja/tindak-lanjut/{item}/", to).status_code == 302
    assert 'href="/kasus/K23456789/"' in Client().get(f"/tindak-lanjut/{item}/").content.decode()
    again = {"verb": "reopen", "seen": "handed", "words": "Kasus ditutup, saluran belum bersih."}
    assert host.post(f"/kerja/tindak-lanjut/{item}/", again).status_code == 302
    assert Item.objects.get(code=item).state == "open"


def test_only_who_promised_or_who_called_the_meeting_moves_an_item(
    host: Client, code: str, office: Body, city: str
) -> None:
    item = made.planned(host, code, office)
    stranger = speaker(make_body("Orang lain", city=city), "facilitator", "lain@example.org")
    done = {"verb": "finish", "seen": "open", "words": "x"}
    stranger.post(f"/kerja/tindak-lanjut/{item}/", done)
    assert Item.objects.get(code=item).state == "open"
    host.post(f"/kerja/tindak-lanjut/{item}/", done | {"words": ""})
    assert Item.objects.get(code=item).state == "open"
    host.post(f"/kerja/tindak-lanjut/{item}/", done | {"seen": "handed"})
    assert Item.objects.get(code=item).state == "open"
    host.post(f"/kerja/tindak-lanjut/{item}/", done)
    assert Item.objects.get(code=item).state == "done"


def test_a_wrong_item_is_asked_for_again(host: Client, code: str, group: Body) -> None:
    address = f"/kerja/pertemuan/{code}/rencana/"
    for wrong in ({"what": ""}, {"due_on": "x"}, {"body": "tidak-ada"}, {"due_on": "2001-01-01"}):
        said = {"action_id": "01990000-0000-7000-8000-000000000000", "what": "A", "body": group.public_id}
        answer = host.post(address, said | {"due_on": "2026-12-24"} | wrong)
        assert answer.status_code == 422
    assert Item.objects.count() == 0


def test_the_board_is_filtered_by_state(host: Client, code: str, group: Body) -> None:
    made.planned(host, code, group, "Ukur saluran")
    item = made.planned(host, code, group, "Tanam bakau")
    host.post(f"/kerja/tindak-lanjut/{item}/", {"verb": "drop", "seen": "open", "words": "Lahan dipakai."})
    page = Client().get("/tindak-lanjut/", {"keadaan": "dropped"}).content.decode()
    assert "Tanam bakau" in page
    assert "Ukur saluran" not in page
