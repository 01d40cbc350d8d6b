"""A late case climbs in public; a settled one may be drawn for a second look, which can reopen it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.escalate import escalate, give_number
from rembug.cases.actions.inspect import draw, look_again
from rembug.cases.actions.tend import warn
from rembug.cases.models import Case, Deadline, Escalation, Inspection, Setup
from rembug.cases.queries import faces, inspections
from rembug.cases.rules.lot import is_drawn
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.lib.actor import Actor, Grant
from rembug.lib.errors import Invalid, NotAllowed
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person

START = "2026-01-15T03:00:00+00:00"


def climb(city: str, days: int) -> list[str]:
    """Let the ladder be looked at each day; return the rungs that were reached."""
    for day in range(1, days + 1):
        with time_machine.travel(START, tick=False) as travel:
            travel.shift(timedelta(days=day))
            escalate(city, actor=ME)
            escalate(city, actor=ME)
    return list(Escalation.objects.order_by("at", "id").values_list("rung", flat=True))


def test_l02_what_is_not_triaged_in_three_working_days_goes_to_the_coordinator(
    city: str, lights: Body
) -> None:
    boss = make_person("koordinator@example.org")
    give(boss, "coordinator", lights)
    with time_machine.travel(START, tick=False):
        case, _ = made.opened(city)
    before = list(Deadline.objects.values_list("kind", "due_at"))
    assert climb(city, 5) == []  # 16 January is a public holiday
    assert climb(city, 8) == ["verify"]
    assert "koordinator@example.org" in mail.outbox[0].to
    assert case.code in mail.outbox[0].subject
    assert list(Deadline.objects.values_list("kind", "due_at")) == before
    page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert "naik ke koordinator kota" in page
    assert (
        "up to the city coordinator"
        in Client(headers={"accept-language": "en"}).get(f"/kasus/{case.code}/").content.decode()
    )


def test_a_late_case_climbs_each_rung_once_up_to_a_referral_with_its_number(city: str, lights: Body) -> None:
    with time_machine.travel(START, tick=False):
        case, _ = made.opened(city)
        step(case, officer(lights), "triage")
    assert climb(city, 120) == ["coordinator", "sekda", "inspektorat", "sp4n", "ombudsman"]
    assert Entry.objects.filter(verb="case.escalated").count() == 5
    boss = officer(lights, "coordinator")
    with pytest.raises(NotAllowed):
        give_number(actor=officer(lights), city=city, code=case.code, rung="sp4n", number="123")
    with pytest.raises(Invalid):
        give_number(actor=boss, city=city, code=case.code, rung="sp4n", number=" ")
    for _ in range(2):
        give_number(actor=boss, city=city, code=case.code, rung="sp4n", number="LAPOR-881")
    steps = [one.words for one in faces.case(city, case.code).steps if one.verb == "number"]
    assert len(steps) == 1
    assert "LAPOR-881" in steps[0]


def test_an_answer_in_time_climbs_nowhere_and_a_body_that_has_not_joined_neither(
    city: str, lights: Body
) -> None:
    with time_machine.travel(START, tick=False):
        case, _ = made.opened(city)
        step(case, officer(lights), "triage")
        step(case, officer(lights), "answer", public="Sudah dijadwalkan.")
        made.opened(city, 2)
    Body.objects.filter(pk=lights.pk).update(state="not_joined")
    assert climb(city, 60) == []
    assert warn(city, actor=ME) >= 0


def settled(city: str, lights: Body, number: int = 1) -> Case:
    """Return a case that its reporter confirmed."""
    case, receipt = made.opened(city, number)
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="Sudah diperbaiki.")
    by_reporter(actor=ME, city=city, code=case.code, token=receipt.token, said=Word("confirm"))
    case.refresh_from_db()
    return case


def whole_share(city: str) -> None:
    """Let the lot fall on every case."""
    row = Setup.objects.get(city=city)
    row.facts["inspection_share"] = 1.0
    row.save()


def test_the_lot_depends_on_the_number_alone_and_takes_its_share() -> None:
    drawn = [is_drawn(f"K{number}", 0.1) for number in range(20_000)]
    assert 0.09 < sum(drawn) / len(drawn) < 0.11
    assert not is_drawn("K1", 0.0)
    assert is_drawn("K1", 1.0)


def test_a_second_look_that_finds_it_undone_reopens_the_case(city: str, lights: Body) -> None:
    whole_share(city)
    case = settled(city, lights)
    assert [draw(city, actor=ME) for _ in range(2)] == [1, 0]
    community = make_body("Warga peduli", city=city, sphere="civil_society", kind="komunitas")
    neighbour = Actor("n", "person", (Grant("verifier", city, community.public_id),), person_id=None)
    (task,) = inspections.tasks(neighbour, city)
    assert task.code == case.code
    assert inspections.tasks(officer(lights), city) == []
    said: dict[str, Any] = {"city": city, "code": case.code, "body": community.public_id}
    with pytest.raises(Invalid):
        look_again(actor=neighbour, said=Word("dispute"), **said)
    with pytest.raises(NotAllowed):
        look_again(actor=officer(lights), said=Word("confirm"), **said | {"body": lights.public_id})
    for _ in range(2):
        look_again(actor=neighbour, said=Word("dispute", "Mati lagi."), **said)
    case.refresh_from_db()
    assert case.state == "reopened"
    assert inspections.held(city) == inspections.Held(1, 0, 0)
    assert Entry.objects.filter(verb="case.inspected").count() == 1


def test_a_second_look_that_finds_it_done_leaves_it_settled_and_late_ones_are_counted(
    city: str, lights: Body
) -> None:
    whole_share(city)
    case = settled(city, lights)
    other = settled(city, lights, 2)
    draw(city, actor=ME)
    community = make_body("Warga peduli", city=city, sphere="civil_society", kind="komunitas")
    neighbour = Actor("n", "person", (Grant("verifier", city, community.public_id),), person_id=None)
    look_again(actor=neighbour, city=city, code=case.code, body=community.public_id, said=Word("confirm"))
    case.refresh_from_db()
    assert case.state == "settled"
    row = Inspection.objects.get(case=other)
    row.until -= timedelta(days=60)
    row.save()
    assert inspections.held(city) == inspections.Held(1, 1, 1)
