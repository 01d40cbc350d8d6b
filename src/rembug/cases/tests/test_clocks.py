"""The clocks of a case: who is held to one, warnings, silence, a new decree (L-01 to L-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from rembug.audit.actions import record
from rembug.audit.models import Entry
from rembug.cases.actions import tend
from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.load import load_cases
from rembug.cases.models import Case, Deadline
from rembug.cases.queries import faces
from rembug.cases.queries.setup import facts_of
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.lib import clock, workdays
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person


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


def test_a_promise_that_is_kept_while_a_decree_moves_promises_stays_kept(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    reckon = workdays.due

    def answered_meanwhile(*given: Any) -> datetime:
        case.refresh_from_db()
        if case.state == "triaged":
            step(case, officer(lights), "answer", public="Sudah dicek.")
        return reckon(*given)

    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False):
        case, _ = made.opened(city)
        step(case, officer(lights), "triage")
        load_cases(actor=ME, city=city, facts=replace(facts_of(city), added={"2026-01-19": "Hari jadi"}))
        monkeypatch.setattr(workdays, "due", answered_meanwhile)
        assert tend.recompute(city, actor=ME) == 0
    case.refresh_from_db()
    assert (case.state, case.due_at) == ("answered", None)
    assert not Deadline.objects.filter(case=case, met_at=None, replaced_at=None).exists()
    assert not Entry.objects.filter(verb="case.moved_due").exists()


def test_a_promise_that_moves_later_is_warned_of_anew(city: str, lights: Body) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False):
        case, _ = made.opened(city)
        Deadline.objects.filter(case=case).update(warned=80)
        load_cases(actor=ME, city=city, facts=replace(facts_of(city), added={"2026-01-19": "Hari jadi"}))
        tend.recompute(city, actor=ME)
        assert {row.warned for row in Deadline.objects.filter(case=case, replaced_at=None)} == {0}
        Deadline.objects.filter(case=case).update(warned=80)
        load_cases(actor=ME, city=city, facts=replace(facts_of(city), added={}))
        tend.recompute(city, actor=ME)
        assert {row.warned for row in Deadline.objects.filter(case=case, replaced_at=None)} == {80}
    assert lights


def test_the_letter_calls_a_case_late_when_any_of_its_promises_is_over(city: str, lights: Body) -> None:
    give(make_person("petugas@example.org"), "officer", lights)
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        case, _ = made.opened(city)
        soon, over = Deadline.objects.filter(case=case).order_by("id")[:2]
        Deadline.objects.filter(case=case).exclude(pk__in=(soon.pk, over.pk)).delete()
        now = clock.now()
        Deadline.objects.filter(pk=soon.pk).update(days=10, due_at=now + timedelta(days=14))
        Deadline.objects.filter(pk=over.pk).update(days=1, due_at=now + timedelta(days=1))
        travel.shift(timedelta(days=13))
        mail.outbox.clear()
        assert tend.warn(city, actor=ME) == 2
    assert set(Deadline.objects.filter(case=case).values_list("warned", flat=True)) == {80, 100}
    (letter,) = mail.outbox
    assert f"Sudah lewat batas: {case.code}" in letter.body


def test_a_body_has_its_letter_before_the_next_bodys_promises_are_marked(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Body.objects.filter(city=city).exclude(pk=lights.pk).order_by("pk").last()
    assert other is not None
    Body.objects.filter(pk=other.pk).update(state=Body.State.CONFIRMED)
    give(make_person("satu@example.org"), "officer", lights)
    give(make_person("dua@example.org"), "officer", other)
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        first, _ = made.opened(city, 1)
        second, _ = made.opened(city, 2)
        Case.objects.filter(pk=second.pk).update(body=other)
        travel.shift(timedelta(days=60))
        mail.outbox.clear()
        marked = record
        seen: list[str] = []

        def stopped_at_the_other(**given: Any) -> None:
            code = given["obj"].public_id
            if seen and code != seen[0]:
                raise KeyboardInterrupt
            seen.append(code)
            marked(**given)

        monkeypatch.setattr(tend, "record", stopped_at_the_other)
        with pytest.raises(KeyboardInterrupt):
            tend.warn(city, actor=ME)
    (letter,) = mail.outbox
    assert first.code in letter.body or second.code in letter.body
