"""R-06: reports under `kill -9` of web, worker and database: acknowledged = stored, none lost, none doubled."""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.books import ask, is_calm, map_total, public_codes, stored
from tests.faults.crowd import Crowd
from tests.faults.killer import Killer, wait_for
from tests.support import postgres
from tests.support.site import Site, site

REPORTS = int(os.environ.get("REMBUG_FAULT_REPORTS", "10000"))
SEED = int(
    os.environ.get("REMBUG_FAULT_SEED") or random.randrange(10**6)
)  # printed: the same seed, the same moments
Victims = dict[str, tuple[Callable[[], None], float, float]]
QUICK = {"REMBUG_WORKER_SILENT_S": "3", "REMBUG_LEASE_S": "3"}


@contextlib.contextmanager
def on_postgres() -> Iterator[postgres.Cluster]:
    """Give a PostgreSQL of our own, or skip with the remedy."""
    try:
        postgres.programs()
    except postgres.NoPostgres as absent:
        pytest.skip(str(absent))
    with postgres.running() as cluster:
        yield cluster


def reborn(place: Site, name: str, *words: str, port: int | None = None) -> Callable[[], None]:
    """Return an act that kills a process and starts it again; a server's next life begins when it answers."""

    def act() -> None:
        place.kill(name)
        place.start(name, *words, port=port)
        if words[0] == "serve":
            place.wait_until_up(port, seconds=90)

    return act


def ordeal(place: Site, ports: list[int], victims: Victims, reports: int) -> None:
    """Let a crowd report while the victims die again and again; then everything must add up."""
    crowd = Crowd(ports, SEED, pause_s=0.3 if reports < 1000 else 0.0)
    started = time.monotonic()
    with Killer(SEED, victims) as killer:
        crowd.send(reports, threads=8 if reports < 1000 else 24)
    sent = time.monotonic()
    place.wait_until_up()
    wait_for(lambda: is_calm(place), 600, "all reports judged, all entries numbered")
    print(
        f"seed {SEED}: {len(crowd.acknowledged)} acknowledged in {sent - started:.0f} s, calm after"
        f" {time.monotonic() - sent:.0f} s more; kills {dict(killer.kills)}; failed tries {crowd.failures}"
    )
    adds_up(place, crowd, reports)


def adds_up(place: Site, crowd: Crowd, reports: int) -> None:
    """Acknowledged = stored = processed = public = logged."""
    kept = stored(place)
    assert crowd.contradictions == []
    assert len(crowd.acknowledged) == reports
    known = {
        key: {name: said[name] for name in ("code", "log_entry")} for key, said in crowd.acknowledged.items()
    }
    assert kept == known
    unfinished = ask(
        place,
        "SELECT count(*) FROM reports_report WHERE processed_at IS NULL OR incident_id IS NULL"
        " OR public_lon IS NULL OR NOT (probability > 0 AND probability < 1)",
    )
    assert unfinished == [(0,)]
    codes = public_codes(place)
    assert sorted(codes) == sorted(said["code"] for said in known.values())
    assert map_total(place) == reports
    logged = ask(place, "SELECT leaf_hash FROM audit_entry WHERE verb = 'report.received'")
    assert sorted(leaf for (leaf,) in logged) == sorted(said["log_entry"] for said in known.values())
    sums = (
        "SELECT count(*) FROM reports_incident i WHERE report_count <>"
        " (SELECT count(*) FROM reports_report r WHERE r.incident_id = i.id)"
    )
    assert ask(place, sums) == [(0,)]
    assert ask(place, "SELECT count(*) FROM reports_incident WHERE report_count > 0 AND NOT is_public") == [
        (0,)
    ]
    assert place.command("audit", "verify").startswith("sound")


def web_and_worker(place: Site, web: tuple[float, float], worker: tuple[float, float]) -> Victims:
    """Return the usual two victims with their shortest and longest lives."""
    return {
        "web": (reborn(place, "web", "serve", "--no-worker"), *web),
        "worker": (reborn(place, "worker", "worker"), *worker),
    }


def test_no_report_is_lost_or_doubled_when_web_and_worker_die_on_sqlite() -> None:
    with site(settings=QUICK) as place:
        ordeal(place, [place.port], web_and_worker(place, (1, 3), (3, 6)), 300)


@pytest.mark.slow
def test_ten_thousand_reports_survive_kills_on_sqlite() -> None:
    with site(settings=QUICK) as place:
        ordeal(place, [place.port], web_and_worker(place, (1, 8), (4, 12)), REPORTS)
