"""A case about a body never lies in that body's hands, and the body may say its side."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions.accuse import Complaint, name_accused, reply_as_accused
from rembug.cases.actions.escalate import escalate
from rembug.cases.actions.move import split
from rembug.cases.actions.tend import close_silent
from rembug.cases.models import Case, Step
from rembug.cases.queries import faces, work
from rembug.cases.queries.faces import Wanted
from rembug.cases.tests import made
from rembug.cases.tests.made import officer, step
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in


@pytest.fixture
def boss(city: str) -> Actor:
    """The city's coordinator."""
    return officer(Body.objects.get(public_id=f"{city}-dinkominfo"), "coordinator")


def said(case: Case, about: Body, **more: object) -> Complaint:
    """Return the coordinator's word that a case is about a body, and that the environment office handles it."""
    case.refresh_from_db()
    return Complaint(about.public_id, f"{about.city}-dlh", case.version, **more)  # type: ignore[arg-type]


def test_a_case_about_a_body_leaves_its_hands_with_all_parts(city: str, lights: Body, boss: Actor) -> None:
    case, _ = made.opened(city)
    split(actor=boss, city=city, code=case.code, bodies=[f"{city}-dpupr"])
    assert work.work(officer(lights), city, case.code)
    form = said(case, lights, action_id=uuid4())
    for _ in range(2):  # the same form twice is one step
        name_accused(actor=boss, city=city, code=case.code, said=form)
    case.refresh_from_db()
    assert (case.about_body, case.body.public_id if case.body else "") == (lights, f"{city}-dlh")
    assert case.parts.get().about_body == lights
    assert Step.objects.filter(case=case, verb="assign").count() == 1
    assert Entry.objects.filter(verb="case.about").count() == 1
    for me in (officer(lights), officer(lights, "coordinator")):
        assert list(work.visible(me, city)) == []
        with pytest.raises(NotFound):
            work.work(me, city, case.code)
        with pytest.raises(NotAllowed):
            step(case, me, "start")
    with pytest.raises(Invalid, match="pihak yang dikeluhkan"):
        step(case, boss, "assign", body=lights.public_id, public="Kembali saja.")
    with pytest.raises(Invalid, match="pihak yang dikeluhkan"):
        split(actor=boss, city=city, code=case.code, bodies=[lights.public_id])


def test_what_the_accused_answered_of_itself_is_no_answer_and_promises_begin_again(
    city: str, lights: Body, boss: Actor
) -> None:
    case, _ = made.opened(city)
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="Tidak ada yang salah pada kami.")
    name_accused(actor=boss, city=city, code=case.code, said=said(case, lights))
    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("assigned", None)
    assert case.due_at is not None
    assert case.deadlines.filter(met_at=None, replaced_at=None).exists()


def test_the_right_of_reply_does_not_put_off_the_silent_end(city: str, lights: Body, boss: Actor) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        case, _ = made.opened(city)
        name_accused(actor=boss, city=city, code=case.code, said=said(case, lights))
        handler = officer(Body.objects.get(public_id=f"{city}-dlh"))
        step(case, handler, "answer", public="Sudah kami periksa, ini hasilnya.")
        travel.shift(timedelta(days=12))
        reply_as_accused(actor=officer(lights), city=city, code=case.code, words="Kami tidak setuju.")
        travel.shift(timedelta(days=12))
        assert close_silent(city, actor=made.ME) == 1


def test_a_part_that_the_accused_held_waits_for_another_body(city: str, lights: Body, boss: Actor) -> None:
    case, _ = made.opened(city)
    other = Body.objects.get(public_id=f"{city}-dpupr")
    split(actor=boss, city=city, code=case.code, bodies=[other.public_id])
    name_accused(actor=boss, city=city, code=case.code, said=said(case, other))
    part = case.parts.get()
    assert (part.state, part.body, part.about_body) == ("received", None, other)
    assert lights


def test_a_closed_part_of_the_accused_leaves_it_too_and_comes_back_to_nobody(
    city: str, lights: Body, boss: Actor
) -> None:
    case, _ = made.opened(city)
    other = Body.objects.get(public_id=f"{city}-dpupr")
    (part,) = split(actor=boss, city=city, code=case.code, bodies=[other.public_id])
    (beneath,) = split(actor=boss, city=city, code=part.code, bodies=[f"{city}-bpbd"])
    step(part, boss, "reject", reason="not_found", public="Tidak ditemukan.")
    assert work.work(officer(other), city, part.code)
    name_accused(actor=boss, city=city, code=case.code, said=said(case, other))
    part.refresh_from_db()
    beneath.refresh_from_db()
    assert (part.state, part.body, part.holder, part.about_body) == ("rejected", None, None, other)
    assert beneath.about_body == other
    with pytest.raises(NotFound):
        work.work(officer(other), city, part.code)
    step(part, boss, "reopen", public="Diperiksa lagi.")
    with pytest.raises(NotAllowed):
        step(part, officer(other), "answer", public="Sudah kami jawab.")
    assert Entry.objects.filter(verb="case.about").count() == 2
    assert lights


def test_no_body_gets_two_cases_of_one_incident(city: str, lights: Body, boss: Actor) -> None:
    case, _ = made.opened(city)
    other = Body.objects.get(public_id=f"{city}-dpupr")
    split(actor=boss, city=city, code=case.code, bodies=[other.public_id])
    with pytest.raises(Invalid, match="sudah memegang"):
        step(case, boss, "assign", body=other.public_id, public="Urusan jalan.")
    with pytest.raises(Invalid, match="sudah memegang"):
        split(actor=boss, city=city, code=case.code, bodies=[lights.public_id])
    form = Complaint(lights.public_id, other.public_id, case.version)
    with pytest.raises(Invalid, match="sudah memegang"):
        name_accused(actor=boss, city=city, code=case.code, said=form)


def test_the_accused_body_is_told_and_replies_in_the_chain(
    city: str, lights: Body, boss: Actor, client: Client
) -> None:
    case, _ = made.opened(city)
    person = make_person("dinas@example.org", totp=True)
    give(person, "officer", lights)
    name_accused(actor=boss, city=city, code=case.code, said=said(case, lights))
    assert mail.outbox[-1].to == ["dinas@example.org"]
    assert f"/kerja/kasus/{case.code}/hak-jawab/" in mail.outbox[-1].body
    desk = sign_in(Client(), person, code=True)
    assert case.code in desk.get("/kerja/kasus/").content.decode()
    assert desk.get(f"/kerja/kasus/{case.code}/").status_code == 404
    address = f"/kerja/kasus/{case.code}/hak-jawab/"
    assert "hak jawab" in desk.get(address).content.decode().lower()
    assert desk.post(address, {"words": " "}).status_code == 422
    form = {"words": "Tiang itu milik provinsi.", "action_id": str(uuid4())}
    assert [desk.post(address, form).status_code for _ in range(2)] == [302, 302]
    chain = faces.case(city, case.code).steps
    assert [one.words for one in chain if one.verb == "right"] == ["Tiang itu milik provinsi."]
    page = client.get(f"/kasus/{case.code}/").content.decode()
    assert "Hak jawab" in page
    assert page.count("Tiang itu milik provinsi.") == 1
    case.refresh_from_db()
    assert case.state == "assigned"


def test_only_the_accused_body_has_the_right_of_reply(city: str, lights: Body, boss: Actor) -> None:
    case, _ = made.opened(city)
    with pytest.raises(NotFound):
        reply_as_accused(actor=officer(lights), city=city, code=case.code, words="Bukan kami.")
    name_accused(actor=boss, city=city, code=case.code, said=said(case, lights))
    with pytest.raises(NotFound):
        reply_as_accused(actor=boss, city=city, code=case.code, words="Bukan kami.")
    reply_as_accused(actor=officer(lights), city=city, code=case.code, words="Bukan kami.")


def test_only_a_coordinator_who_saw_the_latest_state_writes_about_whom_it_is(
    city: str, lights: Body, boss: Actor
) -> None:
    case, _ = made.opened(city)
    with pytest.raises(NotAllowed):
        name_accused(actor=officer(lights), city=city, code=case.code, said=said(case, lights))
    form = said(case, lights)
    step(case, officer(lights), "triage")
    with pytest.raises(Conflict):
        name_accused(actor=boss, city=city, code=case.code, said=form)
    wrong = Complaint(lights.public_id, lights.public_id, form.version + 1)
    with pytest.raises(Invalid, match="tidak diserahkan"):
        name_accused(actor=boss, city=city, code=case.code, said=wrong)


def test_a_transfer_says_why_and_a_body_can_hand_a_case_back(city: str, lights: Body, boss: Actor) -> None:
    case, _ = made.opened(city)
    with pytest.raises(Invalid, match="alasan"):
        step(case, boss, "assign", body=f"{city}-dlh")
    with pytest.raises(Invalid):
        step(case, officer(lights), "return")
    step(case, officer(lights), "return", public="Tiang ini milik PLN, bukan kami.")
    case.refresh_from_db()
    assert (case.state, case.body, case.holder) == ("received", None, None)
    assert [one.code for one in work.queue(boss, city, Wanted("received")).cases] == [case.code]
    assert list(work.visible(officer(lights), city)) == []
    step(case, boss, "assign", body=f"{city}-dlh")  # nobody has it: no reason is asked
    step(case, boss, "assign", body=lights.public_id, public="Ternyata tiang dinas.")
    words = [one.words for one in faces.case(city, case.code).steps]
    assert "Tiang ini milik PLN, bukan kami." in words
    assert "Ternyata tiang dinas." in words


def test_the_ladder_writes_to_no_coordinator_of_the_accused_body(
    city: str, lights: Body, boss: Actor
) -> None:
    give(make_person("bos@lampu.example"), "coordinator", lights)
    office = Body.objects.get(public_id=f"{city}-dinkominfo")
    Body.objects.filter(public_id__in=(office.public_id, f"{city}-dlh")).update(state="confirmed")
    give(make_person("bos@kominfo.example"), "coordinator", office)
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        case, _ = made.opened(city)
        name_accused(actor=boss, city=city, code=case.code, said=said(case, lights))
        mail.outbox.clear()
        travel.shift(timedelta(days=30))
        assert escalate(city, actor=made.ME) > 0
    readers = {address for letter in mail.outbox for address in letter.to}
    assert "bos@kominfo.example" in readers
    assert "bos@lampu.example" not in readers
