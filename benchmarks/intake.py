"""Acknowledged reports a second, with full durability, shipped limits on, and the worker running beside.

Each of the 32 connections carries one phone after the other: every report comes from a device token of its own,
because a single phone is held to its budget. The load generator runs on the same two cores in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import time
from typing import Any

from tests.support import postgres
from tests.support.site import Site, site

from benchmarks.crowd import Connection, Tally, closed_loop, cpu_seconds, report_request, send
from benchmarks.machine import tell

RAMP = (4, 38, 134, 179)  # reports an hour at the start of a real flood (Jakarta, 21 February 2017, 03–07 h)


def main() -> None:
    """Run each case on each database and print one JSON object on the last line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--clients", type=int, default=32)
    options.add_argument("--ramp-seconds", type=float, default=10, help="length of each of the four steps")
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    given = options.parse_args()
    result: dict[str, Any] = {"cores": multiprocessing.cpu_count(), "clients": given.clients}
    if given.database in {"sqlite", "both"}:
        with site() as place:
            result["sqlite"] = measure(place, given)
    if given.database in {"postgresql", "both"}:
        with postgres.cluster() as address, site(database_url=postgres.create(address, "rembug")) as place:
            result["postgresql"] = measure(place, given)
    tell(result)


def measure(place: Site, given: argparse.Namespace) -> dict[str, Any]:
    """Run the closed loop, the freshness test and the ramp against one site."""
    apart(_warm, place.port)
    loop = apart(_loop, place.port, given.clients, given.seconds)
    backlog = backlog_of(place)
    wait_for_calm(place)
    fresh = apart(_fresh, place.port, 100.0, 20.0)
    ramp = apart(_ramp, place.port, given.ramp_seconds)
    wait_for_calm(place)
    stored = int(place.command("reports", "count").split()[0])
    sent = loop["acknowledged"] + fresh["acknowledged"] + ramp["acknowledged"] + WARM
    return {
        "reports_per_s": round(loop["acknowledged"] / given.seconds, 1),
        "p50_ms": loop["p50_ms"],
        "p95_ms": loop["p95_ms"],
        "refused": loop["refused"],
        "backlog_reports": backlog,
        "load_generator_cpu_seconds": loop["cpu_seconds"],
        "map": {k: fresh[k] for k in ("offered_per_s", "p50_seconds", "p95_seconds", "max_seconds", "never")},
        "ramp": {k: ramp[k] for k in ("offered_per_s", "refused", "p95_ms")},
        "lost": sent - stored,
    }


WARM = 200


def apart(work: Any, *arguments: Any) -> dict[str, Any]:
    """Run one load in a process of its own, so that it does not share the interpreter with anything."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result: dict[str, Any] = pool.apply(work, arguments)
    return result


def backlog_of(place: Site) -> int:
    """Reports that are stored and not yet on the map."""
    return int(place.command("reports", "count", "--waiting").split()[0])


def wait_for_calm(place: Site, seconds: float = 300) -> None:
    """Wait until the worker has caught up."""
    end = time.monotonic() + seconds
    while backlog_of(place) and time.monotonic() < end:
        time.sleep(1)


def _warm(port: int) -> dict[str, Any]:
    rng, connection, tally = random.Random(1), Connection(port), Tally()
    for _ in range(WARM):
        send(connection, tally, *report_request(rng))
    return {}


def _loop(port: int, clients: int, seconds: float) -> dict[str, Any]:
    before = cpu_seconds()
    tally = closed_loop(port, clients, seconds, report_request)
    return {
        "acknowledged": len(tally.acknowledged),
        "refused": sum(n for status, n in tally.statuses.items() if status >= 400),
        "p50_ms": tally.percentile_ms(0.5),
        "p95_ms": tally.percentile_ms(0.95),
        "cpu_seconds": round(cpu_seconds() - before, 1),
    }


def paced(port: int, per_s: float, seconds: float, tally: Tally, sent: dict[str, float]) -> None:
    """Offer a fixed rate over eight connections in turn, whatever the answers take."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only the paced load needs it

    rng = random.Random(time.time_ns())
    free: list[Connection] = [Connection(port) for _ in range(16)]

    def one(connection: Connection, request: tuple[str, bytes, bytes]) -> None:
        status = send(connection, tally, *request)
        if status in {200, 201}:
            sent[tally.acknowledged[request[0]]] = time.monotonic()
        free.append(connection)

    start = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        for n in range(int(per_s * seconds)):
            pause = start + n / per_s - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            while not free:
                time.sleep(0.001)
            pool.submit(one, free.pop(), report_request(rng))


def _fresh(port: int, per_s: float, seconds: float) -> dict[str, Any]:
    """Seconds from the answer to a report until the open data show it with its probability."""
    import threading  # noqa: PLC0415 - only this load watches while it sends

    tally = Tally()
    sent: dict[str, float] = {}
    seen: dict[str, float] = {}
    stop = threading.Event()

    def watch() -> None:
        connection, after = Connection(port), ""
        nothing: dict[str, Any] = {"items": []}
        while not stop.is_set():
            head = f"GET /api/v1/reports?limit=1000&sort=changed&after={after} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            status, _, body = connection.request(head.encode())
            at = time.monotonic()
            page: dict[str, Any] = json.loads(body) if status == 200 else nothing
            for item in page["items"]:
                if item.get("probability") is not None:
                    seen.setdefault(item["code"], at)
            after = page.get("next") or after
            if len(page["items"]) < 1000:
                time.sleep(0.25)

    watcher = threading.Thread(target=watch)
    watcher.start()
    paced(port, per_s, seconds, tally, sent)
    end = time.monotonic() + 30
    while time.monotonic() < end and not set(sent) <= set(seen):
        time.sleep(0.25)
    stop.set()
    watcher.join()
    ages = sorted(max(seen[code] - at, 0.0) for code, at in sent.items() if code in seen)
    return {
        "acknowledged": len(tally.acknowledged),
        "offered_per_s": per_s,
        "p50_seconds": round(ages[len(ages) // 2], 2) if ages else None,
        "p95_seconds": round(ages[int(len(ages) * 0.95)], 2) if ages else None,
        "max_seconds": round(ages[-1], 2) if ages else None,
        "never": len(sent) - len(ages),
    }


def _ramp(port: int, seconds: float) -> dict[str, Any]:
    tally = Tally()
    sent: dict[str, float] = {}
    rates = [hourly * 1000 / 3600 for hourly in RAMP]
    for rate in rates:
        paced(port, rate, seconds, tally, sent)
    return {
        "acknowledged": len(tally.acknowledged),
        "offered_per_s": [round(rate, 1) for rate in rates],
        "refused": sum(n for status, n in tally.statuses.items() if status >= 400),
        "p95_ms": tally.percentile_ms(0.95),
    }


if __name__ == "__main__":
    main()
