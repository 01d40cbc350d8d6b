"""A worker dies by `kill -9` in the middle of a job: another takes its lease and its job, and everything gets done."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.faults.books import ask, is_calm, map_total
from tests.faults.crowd import Crowd
from tests.faults.killer import wait_for
from tests.faults.test_kills import QUICK, adds_up
from tests.support.site import ROOT, Site, site

PROCESS, JUDGE = "rembug.reports.actions.process", "rembug.reports.actions.judge"
POINTS = [
    (PROCESS, "make_ready", 1),
    (PROCESS, "judge", 1),  # judged, not yet marked as processed
    (PROCESS, "judge", 2),  # settling, not yet marked as settled
    (JUDGE, "write_incidents", 1),  # incidents stand, their reports do not point to them yet
    (JUDGE, "write_incidents", 2),
    (JUDGE, "retire_empty", 2),
    (PROCESS, "_publish_incidents", 1),
    ("rembug.audit.rules.tiles", "grow", 1),  # numbered and hashed, not committed
]


@pytest.fixture(scope="module")
def place() -> Iterator[Site]:
    with site(settings=QUICK, worker=False) as running:
        yield running


def points() -> list[object]:
    """Return all points; one is enough for the short run."""
    marks = [() if point == POINTS[3] else (pytest.mark.slow,) for point in POINTS]
    return [pytest.param(*point, marks=mark) for point, mark in zip(POINTS, marks, strict=True)]


@pytest.mark.parametrize(("module", "function", "times"), points())
def test_a_job_whose_worker_is_killed_in_the_middle_is_finished(
    module: str, function: str, times: int, place: Site
) -> None:
    before = int(place.command("reports", "count"))
    crowd = Crowd([place.port], seed=random.randrange(10**6))
    crowd.send(20, threads=2)
    words = [sys.executable, "-m", "tests.faults.dying_worker", module, function, str(times)]
    dead = subprocess.run(words, env=place.environ, cwd=ROOT, timeout=120, check=False, capture_output=True)
    assert dead.returncode == -9, dead.stderr.decode()[-500:]
    assert not is_calm(place)
    place.start("worker", "worker")
    wait_for(lambda: is_calm(place), 90, "all reports judged, all entries numbered")
    place.kill("worker")
    assert map_total(place) == before + 20
    assert ask(place, "SELECT count(*) FROM audit_entry WHERE verb = 'report.received'") == [(before + 20,)]
    if before == 0:
        adds_up(place, crowd, 20)
