"""What helps at the desk: ready sentences, kept filters, colleagues who are asked to look; and letters to followers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from rembug.cases.actions import follow
from rembug.cases.actions.accuse import Complaint, name_accused
from rembug.cases.actions.move import note
from rembug.cases.models import Follower, KeptFilter, Mention
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, step
from rembug.lib import clock
from rembug.people.models import Body, Person
from rembug.people.tests.town import give, make_person, sign_in


def worker(body: Body, email: str) -> tuple[Person, Client]:
    """Return somebody who works for a body, and their browser."""
    person = make_person(email, totp=True)
    give(person, "officer", body)
    return person, sign_in(Client(), person, code=True)


def test_a_ready_sentence_fills_the_form(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    step(case, made.officer(lights), "triage")
    _, desk = worker(lights, "a@example.org")
    page = desk.get(f"/kerja/kasus/{case.code}/").content.decode()
    assert "?contoh=scheduled" in page
    assert "?contoh=pump" not in page  # that is for water
    page = desk.get(f"/kerja/kasus/{case.code}/?contoh=scheduled").content.decode()
    assert re.search(r'<textarea id="public"[^>]*>Terima kasih. Petugas kami datang', page)


def test_a_filter_is_kept_under_its_name_and_is_nobody_elses(lights: Body) -> None:
    _, desk = worker(lights, "a@example.org")
    _, other = worker(lights, "b@example.org")
    for query in ("keadaan=late", "keadaan=open&jenis=light"):
        desk.post("/kerja/kasus/saringan/", {"name": "Lampu", "query": query})
    assert KeptFilter.objects.count() == 1
    assert 'href="?keadaan=open&amp;jenis=light"' in desk.get("/kerja/kasus/").content.decode()
    assert "Lampu</a>" not in other.get("/kerja/kasus/").content.decode()
    desk.post("/kerja/kasus/saringan/", {"name": "  ", "query": ""})
    assert KeptFilter.objects.count() == 1
    desk.post("/kerja/kasus/saringan/", {"name": "Lampu", "verb": "drop"})
    assert KeptFilter.objects.count() == 0


def test_a_colleague_is_asked_to_look_until_they_did(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    _, desk = worker(lights, "a@example.org")
    friend, eyes = worker(lights, "b@example.org")
    stranger = make_person("asing@example.org")
    people = [friend.public_id, stranger.public_id]
    desk.post(f"/kerja/kasus/{case.code}/catatan/", {"internal": "Tolong cek kabelnya.", "people": people})
    assert Mention.objects.count() == 1
    assert "Tolong cek kabelnya." in eyes.get("/kerja/kasus/").content.decode()
    assert "Rekan meminta" not in desk.get("/kerja/kasus/").content.decode()
    assert eyes.get(f"/kerja/kasus/{case.code}/").status_code == 200
    assert "Rekan meminta" not in eyes.get("/kerja/kasus/").content.decode()
    assert "cek kabelnya" not in Client().get(f"/kasus/{case.code}/").content.decode()


def test_a_note_leaves_the_queue_of_whoever_no_longer_has_the_case(city: str, lights: Body) -> None:
    boss = made.officer(Body.objects.get(public_id=f"{city}-dinkominfo"), "coordinator")
    friend, eyes = worker(lights, "b@example.org")
    about, moved = made.opened(city)[0], made.opened(city, 2)[0]
    for case in (about, moved):
        words = f"Rahasia dapur {case.code}."
        note(actor=boss, city=city, code=case.code, words=words, people=[friend.public_id])
    page = eyes.get("/kerja/kasus/").content.decode()
    assert all(f"Rahasia dapur {case.code}." in page for case in (about, moved))
    said = Complaint(lights.public_id, f"{city}-dlh", about.version)
    name_accused(actor=boss, city=city, code=about.code, said=said)
    step(moved, boss, "assign", body=f"{city}-dpupr", public="Urusan jalan.")
    assert "Rahasia dapur" not in eyes.get("/kerja/kasus/").content.decode()


def link(number: int = -1) -> str:
    """Return the address in a letter."""
    found = re.findall(r"http://[^/]+(/kasus/(?:ikuti|berhenti)/\S+)", str(mail.outbox[number].body))
    return str(found[-1])


@pytest.mark.usefixtures("lights")
def test_an_address_with_a_slip_comes_back_with_the_form(city: str) -> None:
    case, _ = made.opened(city)
    answer = Client().post(f"/kasus/{case.code}/ikuti/", {"address": "sri@contoh"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="sri@contoh"' in page
    assert '<details class="no-print" open>' in page
    assert 'aria-invalid="true" aria-describedby="address-fault"' in page
    assert "Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id" in page
    assert not mail.outbox


def test_a_follower_confirms_is_told_once_a_step_and_ends_it(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    phone = Client()
    for _ in range(2):
        assert phone.post(f"/kasus/{case.code}/ikuti/", {"address": "Sri@example.org"}).status_code == 302
    assert len(mail.outbox) == 1
    step(case, made.officer(lights), "triage")
    assert follow.tell(actor=ME) == 0  # not confirmed
    address = link()
    assert phone.get(address).status_code == 200
    assert Follower.objects.get().confirmed_at is None  # a mail server that opens links confirms nothing
    assert phone.post(address).status_code == 302
    step(case, made.officer(lights), "answer", public="Lampu diganti hari Kamis.")
    assert [follow.tell(actor=ME) for _ in range(2)] == [1, 0]
    assert "Lampu diganti hari Kamis." in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["sri@example.org"]
    phone.post(f"/kasus/{case.code}/ikuti/", {"address": "sri@example.org"})
    assert len(mail.outbox) == 2  # who follows is not told so
    first = link()
    step(case, made.officer(lights), "start")
    assert follow.tell(actor=ME) == 1
    assert link() == first  # an old letter ends it too
    assert phone.post(first[:-3] + "000/").status_code in {302, 404}
    assert Follower.objects.count() == 1
    assert phone.post(first).status_code == 302
    assert Follower.objects.count() == 0
    assert phone.post(address).status_code == 404


@pytest.mark.parametrize("address", ["", "sri", "sri@"])
def test_a_wrong_address_says_what_to_do(city: str, lights: Body, address: str) -> None:
    case, _ = made.opened(city)
    phone = Client()
    answer = phone.post(f"/kasus/{case.code}/ikuti/", {"address": address})
    assert answer.status_code == 422
    assert "Contoh: nama@contoh.id" in answer.content.decode()
    assert Follower.objects.count() == 0
    assert lights


def test_an_address_that_nobody_confirmed_is_forgotten(city: str, lights: Body) -> None:
    case, _ = made.opened(city)
    Client().post(f"/kasus/{case.code}/ikuti/", {"address": "sri@example.org"})
    with time_machine.travel(clock.now() + timedelta(days=3)):
        follow.tell(actor=ME)
    assert Follower.objects.count() == 0
    assert lights
