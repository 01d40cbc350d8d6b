"""Cases when processes die and clocks leap: a transfer is whole or not at all; of two officers at once one is told.

On both databases, with processes of their own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from rembug.cases.actions import tend
from rembug.cases.actions.escalate import escalate
from rembug.cases.models import Deadline, Escalation
from rembug.cases.queries import faces
from rembug.cases.tests import made
from rembug.cases.tests.conftest import city, house, lights
from rembug.cases.tests.made import ME, officer, step
from rembug.people.models import Body
from tests.faults.books import ask
from tests.faults.test_kills import on_postgres
from tests.journeys import site as journey
from tests.support import postgres
from tests.support.site import ROOT, Site, site

__all__ = ["city", "house", "lights"]
BODIES = [f"pekalongan-{name}" for name in ("dlh", "dpupr")]
SUMS = (
    "SELECT c.state, c.version, b.public_id, (SELECT count(*) FROM cases_step s WHERE s.case_id = c.id),"
    " (SELECT count(*) FROM audit_entry WHERE verb = 'case.assigned')"
    " FROM cases_case c JOIN people_body b ON b.id = c.body_id"
)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[tuple[Site, str]]:
    """A running site with one open case, on both databases; its worker rests."""
    if request.param == "postgres":
        with on_postgres() as cluster, site(database_url=postgres.create(cluster.address, "rembug")) as there:
            yield there, opened(there)
    else:
        with site() as there:
            yield there, opened(there)


def opened(there: Site) -> str:
    """Let a case open; return its number."""
    journey.report(there, category="light", lon=109.6792, lat=-6.8899, text="Lampu di pojok gang mati.")
    journey.wait_for(there, "/kasus/?keadaan=all", "Lampu jalan mati, Kauman")
    there.kill("worker")
    ((code,),) = ask(there, "SELECT code FROM cases_case")
    return str(code)


def transfer(
    there: Site, code: str, body: str, action: str = "", kill: int = 0, go: str = ""
) -> subprocess.Popen[str]:
    """Start a transfer in a process of its own."""
    ((version,),) = ask(there, "SELECT version FROM cases_case")
    words = (code, str(version), body, action or str(uuid4()), str(kill), go)
    command = [sys.executable, "-m", "tests.faults.transferring", *words]
    return subprocess.Popen(
        command, env=there.environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    """Return what a transfer said at its end; nothing when it was killed."""
    out, err = process.communicate(timeout=60)
    assert process.returncode in {0, -9}, err
    return out.strip()


@pytest.mark.slow
def test_a_transfer_that_is_killed_anywhere_is_whole_or_not_at_all(place: tuple[Site, str]) -> None:
    there, code = place
    before, action, kill = ask(there, SUMS), str(uuid4()), 0
    while True:
        kill += 1
        answer = said(transfer(there, code, BODIES[0], action, kill))
        if answer:
            break
        assert ask(there, SUMS) == before, f"half a transfer after kill -9 at call {kill}"
    assert answer == "done"
    assert kill > 8
    ((state, version, _, steps, entries),) = before
    after = [("assigned", version + 1, BODIES[0], steps + 1, entries + 1)]
    assert state == "received"
    assert ask(there, SUMS) == after
    assert (
        said(transfer(there, code, BODIES[0], action)) == "done"
    )  # the same form again, unsure whether it arrived
    assert ask(there, SUMS) == after
    assert there.command("audit", "verify").startswith("sound")


@pytest.mark.slow
def test_of_two_officers_at_once_one_moves_the_case_and_the_other_is_told(place: tuple[Site, str]) -> None:
    there, code = place
    for number in range(4):
        ((_, version, holder, steps, _),) = ask(there, SUMS)
        go = there.var / f"go-{number}"
        wanted = [body for body in (*BODIES, "pekalongan-dinperkim") if body != holder][:2]
        both = [transfer(there, code, body, go=str(go)) for body in wanted]
        go.touch()
        answers = [said(process) for process in both]
        assert sorted(answers) == ["Conflict", "done"]
        ((_, after, winner, more, _),) = ask(there, SUMS)
        assert (after, more) == (version + 1, steps + 1)
        assert winner == wanted[answers.index("done")]


@pytest.mark.django_db
def test_a_clock_that_leaps_over_the_holidays_moves_no_promise_and_warns_once(
    city: str, lights: Body
) -> None:
    with time_machine.travel("2026-03-13T03:00:00+00:00", tick=False) as travel:
        case, _ = made.opened(city)
        promised = dict(case.deadlines.values_list("kind", "due_at"))
        assert {f"{at + timedelta(hours=7):%m-%d}" for at in promised.values()} == {"03-26", "04-11"}
        travel.move_to(
            "2026-03-25T03:00:00+00:00"
        )  # asleep over Nyepi and Idul Fitri: three working days passed
        tend.warn(city, actor=ME)
        assert dict(Deadline.objects.values_list("kind", "warned")) == {
            "verify": 80,
            "complaint": 0,
            "promise": 0,
        }
        assert not faces.case(city, case.code).late
        assert escalate(city, actor=ME) == 0
        travel.move_to("2026-03-10T03:00:00+00:00")  # and back, before it was opened
        tend.warn(city, actor=ME)
        tend.close_silent(city, actor=ME)
        assert escalate(city, actor=ME) == 0
        travel.move_to("2026-03-26T03:00:00+00:00")
        tend.warn(city, actor=ME)
        assert tend.warn(city, actor=ME) == 0
        assert faces.case(city, case.code).late
        assert [escalate(city, actor=ME) for _ in range(2)] == [1, 0]
        assert Escalation.objects.count() == 1
        step(case, officer(lights), "triage")
    assert dict(case.deadlines.values_list("kind", "due_at")) == promised
