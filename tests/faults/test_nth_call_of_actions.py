"""R-07: the database goes away at each call of each act: nothing half done is left, and a repeat succeeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from rembug.audit import actions as audit
from rembug.audit.models import Entry
from rembug.lib.errors import RembugError
from rembug.reports.actions import process, receive
from rembug.reports.models import Incident, Report
from tests.faults.acts import ACTS, ORDINARY
from tests.faults.nth_call import NthCall, every_call, failing, forget, state
from tests.faults.town import TEST, make_town, phone, say

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.LEASE_S = 0  # a cut run cannot give its lease back: nobody waits for it here
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def names() -> list[Any]:
    """Return every act; all but a few are for the long run."""
    return [name if name in ORDINARY else pytest.param(name, marks=pytest.mark.slow) for name in ACTS]


@pytest.mark.parametrize("name", names())
def test_an_act_that_is_cut_leaves_nothing_and_can_be_repeated(name: str) -> None:
    act = ACTS[name](make_town())
    before = state()

    def judge(call: NthCall, said: Any) -> None:
        assert isinstance(said, Exception), (
            f"{name} says yes although call {call.n} failed: {call.statements[-1]}"
        )
        assert not isinstance(said, RembugError), f"{name} blames the sender for our database: {said}"
        after = state()
        changed = [label for label, digest in before.items() if after[label] != digest]
        assert changed == [], f"left behind after call {call.n} ({call.statements[-1]})"

    calls = every_call(act, judge, step=7 if name == "load_bodies_again" else 1)
    assert calls >= 2
    assert state() != before


def whole() -> None:
    """Check what must hold whenever no job runs: whatever is shown is whole."""
    assert not Report.objects.exclude(processed_at=None).filter(incident=None, state="active").exists()
    for incident in Incident.objects.filter(is_public=True):
        assert incident.reports.filter(state="active", visibility="public").exists()


@pytest.mark.slow
@pytest.mark.parametrize("job", ["process", "settle", "sequence"])
def test_a_job_that_is_cut_anywhere_is_finished_by_the_next(job: str) -> None:
    town = make_town()
    jobs: dict[str, Callable[[], object]] = {
        "process": lambda: process.process_waiting(actor=TEST),
        "settle": lambda: process.settle(actor=TEST),
        "sequence": lambda: audit.sequence(actor=TEST),
    }
    run = jobs[job]

    def prepare(number: int) -> None:
        place = (109.6760 + number * 0.0001, -6.8720)
        receive.receive_one(say(*place), actor=phone(1000 + number))
        if job == "settle":
            process.process_waiting(actor=TEST)

    cut = 0
    for n in range(1, 400):
        prepare(n)
        count = Report.objects.count()
        fired = once(run, n)
        assert Report.objects.count() == count
        run()
        if job != "sequence":
            whole()
            assert not Report.objects.filter(processed_at=None).exists()
        else:
            assert not Entry.objects.filter(leaf_index=None).exists()
        if not fired:
            break
        cut += 1
    assert cut >= 3
    process.process_waiting(actor=TEST)
    process.settle(actor=TEST)
    assert not Report.objects.exclude(stirred_at=None).exists()
    assert sum(Incident.objects.values_list("report_count", flat=True)) == Report.objects.count()
    assert process.reassess("pekalongan", actor=TEST).written == 0
    assert town.report().incident is not None


def once(run: Any, n: int) -> bool:
    """Run with the n-th call failing; return whether it came to that."""
    forget()
    with failing(n) as call:
        try:
            run()
        except Exception:
            if not call.fired:
                raise
    return call.fired
