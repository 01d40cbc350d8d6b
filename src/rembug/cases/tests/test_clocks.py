"""The clocks of a case: who is held to one, warnings, silence, a new decree (L-01 to L-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import time_machine
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions import tend
from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.load import load_cases
from rembug.cases.models import Deadline
from rembug.cases.queries import faces
from rembug.cases.queries.setup import facts_of
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.people.models import Body


def test_clocks_show_only_for_bodies_that_joined(city: str, lights: Body, client: Client) -> None:
    case, _ = made.opened(city)
    assert len(faces.case(city, case.code).clocks) == 3
    lights.state = Body.State.NOT_JOINED
    lights.save()
    assert faces.case(city, case.code).clocks == ()
    assert faces.case(city, case.code).late is False
    page = client.get(f"/kasus/{case.code}/").content.decode()
    assert "belum bergabung" in page


def test_l02_warnings_come_at_50_80_and_100_per_cent_and_lateness_is_public(
    city: str, lights: Body, client: Client
) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False):
        case, _ = made.opened(city)
    seen: list[int] = []
    for day in range(1, 40):
        with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
            travel.shift(timedelta(days=day))
            tend.warn(city, actor=ME)
            share = Deadline.objects.get(case=case, kind="complaint").warned
            if not seen or seen[-1] != share:
                seen.append(share)
    assert seen == [0, 50, 80, 100]
    with time_machine.travel("2026-02-10T03:00:00+00:00", tick=False):
        assert faces.case(city, case.code).late
        assert "terlambat" in client.get("/kasus/", {"keadaan": "late"}).content.decode()
        assert tend.warn(city, actor=ME) == 0
    assert lights


def test_l03_silence_of_ten_working_days_settles_and_can_be_undone(city: str, lights: Body) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        case, receipt = made.opened(city)
        step(case, officer(lights), "triage")
        step(case, officer(lights), "answer", public="Sudah dicek.")
        travel.shift(timedelta(days=14))
        assert tend.close_silent(city, actor=ME) == 0
        travel.shift(timedelta(days=3))
        assert tend.close_silent(city, actor=ME) == 1
        case.refresh_from_db()
        assert case.state == "settled"
        by_reporter(actor=ME, city=city, code=case.code, token=receipt.token, said=Word("dispute", "Belum."))
        case.refresh_from_db()
        assert case.state == "reopened"


def test_l01_a_new_decree_moves_promises_openly(city: str, lights: Body) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False):
        case, _ = made.opened(city)
        before = Deadline.objects.get(case=case, kind="verify").due_at
        assert tend.recompute(city, actor=ME) == 0
        load_cases(actor=ME, city=city, facts=replace(facts_of(city), added={"2026-01-19": "Hari jadi"}))
        assert Deadline.objects.get(case=case, kind="verify").due_at == before
        assert tend.recompute(city, actor=ME) == 3
    old, new = Deadline.objects.filter(case=case, kind="verify").order_by("id")
    assert (old.due_at, bool(old.replaced_at)) == (before, True)
    assert new.due_at > before
    assert Entry.objects.filter(verb="case.moved_due").count() == 3
    assert lights
