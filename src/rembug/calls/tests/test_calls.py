"""A call for hands: asked, joined without account, closed with thanks."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from rembug.audit.models import Entry
from rembug.calls.actions.remind import BEFORE, remind
from rembug.calls.models import Call, Joining, Reminder
from rembug.calls.tests.conftest import words
from rembug.lib import clock
from rembug.lib.actor import system
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in


def asked(host: Client, body: Body, **more: str) -> str:
    """Make a call for tomorrow at seven; return its code."""
    day = timezone.localtime(clock.now()).date() + timedelta(days=1)
    form = {"action_id": str(uuid4()), "day": day.isoformat(), "begins": "07:00", "hours": "3"}
    answer = host.post("/kerja/ajakan/baru/", form | words(body) | more)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[-2])


def test_a_call_is_joined_without_account_changed_and_closed_with_thanks(host: Client, group: Body) -> None:
    code = asked(host, group)
    page = Client().get(f"/ajakan/{code}/").content.decode()
    assert "Pakai sepatu." in page
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    mine = {"token": found[1], "people": "4", "body": group.public_id}
    phone = Client()
    for _ in range(3):
        assert phone.post(f"/ajakan/{code}/ikut/", mine).status_code == 302
    assert "4 dari 20 orang" in phone.get(f"/ajakan/{code}/ikut/", {"token": found[1]}).content.decode()
    assert phone.post(f"/ajakan/{code}/ikut/", mine | {"people": "2"}).status_code == 302
    page = Client().get(f"/ajakan/{code}/").content.decode()
    assert "2 dari 20 orang" in page
    assert "Kelompok bakau" in page
    assert Entry.objects.filter(verb="call.joined").count() == 2
    assert set(Entry.objects.filter(verb="call.joined").values_list("actor", flat=True)) == {"anonymous"}
    done = {"result": "Dua truk sampah. Terima kasih!", "came": "18", "hours": "40,5"}
    assert host.post(f"/kerja/ajakan/{code}/hasil/", done).status_code == 422
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert host.post(f"/kerja/ajakan/{code}/hasil/", done | {"came": "x"}).status_code == 422
        assert host.post(f"/kerja/ajakan/{code}/hasil/", done).status_code == 302
        page = Client().get(f"/ajakan/{code}/").content.decode()
        assert "Dua truk sampah." in page
        assert Client().post(f"/ajakan/{code}/ikut/", mine).status_code == 404
        assert "Dua truk" not in Client().get("/ajakan/").content.decode()
        assert "18 orang" in Client().get("/ajakan/").content.decode()


def test_a_number_that_cannot_be_read_stays_with_the_body_that_was_chosen(host: Client, group: Body) -> None:
    code = asked(host, group)
    said = {"token": str(uuid4()), "people": "dua puluh", "body": group.public_id}
    answer = Client().post(f"/ajakan/{code}/ikut/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="dua puluh"' in page
    assert f'<option value="{group.public_id}" selected>' in page


def test_who_joined_is_reminded_once_and_the_address_is_forgotten(host: Client, group: Body) -> None:
    code, token = asked(host, group), str(uuid4())
    phone = Client()
    ask = {"token": token, "address": "sri@example.org"}
    assert phone.post(f"/ajakan/{code}/ingatkan/", ask).status_code == 404  # who did not join gets no letter
    phone.post(f"/ajakan/{code}/ikut/", {"token": token, "people": "1"})
    wrong = phone.post(f"/ajakan/{code}/ingatkan/", ask | {"address": "sri@"})
    assert wrong.status_code == 422
    assert "Contoh: nama@contoh.id" in wrong.content.decode()
    assert [phone.post(f"/ajakan/{code}/ingatkan/", ask).status_code for _ in range(2)] == [302, 302]
    assert remind(actor=system("test")) == 0 or clock.now() > Call.objects.get().starts_at - BEFORE
    with time_machine.travel(Call.objects.get().starts_at - timedelta(hours=20)):
        remind(actor=system("test"))
        remind(actor=system("test"))
    (letter,) = mail.outbox
    assert letter.to == ["sri@example.org"]
    assert "Pakai sepatu." in letter.body
    assert set(Reminder.objects.values_list("address", flat=True)) == {""}
    feed = phone.get(f"/ajakan/{code}/kalender.ics").content.decode()
    assert feed.count("BEGIN:VALARM") == 2
    assert "TRIGGER:-PT1440M" in feed
    assert "sri@example.org" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_cancelled_call_is_told_to_who_asked(host: Client, group: Body) -> None:
    code, token = asked(host, group), str(uuid4())
    Client().post(f"/ajakan/{code}/ikut/", {"token": token, "people": "1"})
    Client().post(f"/ajakan/{code}/ingatkan/", {"token": token, "address": "sri@example.org"})
    host.post(f"/kerja/ajakan/{code}/batal/", {"why": "Hujan deras"})
    assert remind(actor=system("test")) == 1
    assert mail.outbox[0].subject.startswith("Dibatalkan:")
    assert "Hujan deras" in mail.outbox[0].body


def test_a_wrong_number_is_asked_for_again_and_an_unknown_call_is_not_there(
    host: Client, group: Body
) -> None:
    code = asked(host, group)
    for people in ("", "x", "-1", "999"):
        assert (
            Client().post(f"/ajakan/{code}/ikut/", {"token": str(uuid4()), "people": people}).status_code
            == 422
        )
    assert Client().get(f"/ajakan/{code}/ikut/").status_code == 302
    assert Client().get("/ajakan/ZZZZZZZZZ/").status_code == 404
    assert Joining.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"safety": " "}, {"wanted": "0"}, {"hours": "0"}, {"day": "x"}, {"role": ""}]
)
def test_a_call_without_safety_or_sense_is_not_made(host: Client, group: Body, wrong: dict[str, str]) -> None:
    form = {"action_id": str(uuid4()), "day": "2026-12-24", "begins": "07:00", "hours": "3"}
    answer = host.post("/kerja/ajakan/baru/", form | words(group, place="Pos kamling") | wrong)
    assert answer.status_code == 422
    assert "Pos kamling" in answer.content.decode()
    assert Call.objects.count() == 0


def test_the_same_form_makes_one_call_and_only_ones_own_body_may_call(
    host: Client, group: Body, city: str
) -> None:
    same = str(uuid4())
    code = asked(host, group, action_id=same)
    assert asked(host, group, action_id=same) == code
    other = make_body("Orang lain", city=city)
    form = {"action_id": str(uuid4()), "day": "2026-12-24", "begins": "07:00", "hours": "3"}
    assert host.post("/kerja/ajakan/baru/", form | words(other)).status_code == 422
    person = make_person("lain@example.org", totp=True)
    give(person, "facilitator", other)
    stranger = sign_in(Client(), person, code=True)
    assert stranger.get(f"/kerja/ajakan/{code}/").status_code == 403
    assert stranger.post(f"/kerja/ajakan/{code}/batal/", {"why": "x"}).status_code == 403
    assert Call.objects.get().cancelled_at is None


def test_a_cancelled_call_says_why_and_leaves_the_calendar_honest(host: Client, group: Body) -> None:
    code = asked(host, group)
    assert host.post(f"/kerja/ajakan/{code}/batal/", {"why": ""}).status_code == 422
    assert host.post(f"/kerja/ajakan/{code}/batal/", {"why": "Hujan deras"}).status_code == 302
    assert "Hujan deras" in Client().get(f"/ajakan/{code}/").content.decode()
    assert "STATUS:CANCELLED" in Client().get("/ajakan/kalender.ics").content.decode()
    assert Client().post(f"/ajakan/{code}/ikut/", {"token": str(uuid4()), "people": "1"}).status_code == 404
