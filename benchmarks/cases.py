"""The desk and Open311 with many cases stored: reading, creating, finding what is similar; on both databases.

As many reports as cases are stored, each case on a report of its own. Durable commits, the worker beside. The last line
is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable
from typing import Any

from tests.support import postgres
from tests.support.phone import EAST, NORTH, SOUTH, WEST, Connection
from tests.support.site import ROOT, Site, site

from benchmarks.machine import tell

LINES, SECONDS, ASKED, WARM = 32, 20, 200, 10


def main() -> None:
    """Run on each database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=100_000)
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--step", choices=("fill", "read"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        print(json.dumps(_inside(given.step, given.cases)))
        return
    result: dict[str, Any] = {"cores": multiprocessing.cpu_count(), "cases": given.cases}
    if given.database in {"sqlite", "both"}:
        with site() as place:
            result["sqlite"] = measure(place, given.cases)
    if given.database in {"postgresql", "both"}:
        with postgres.cluster() as address, site(database_url=postgres.create(address, "rembug")) as place:
            result["postgresql"] = measure(place, given.cases)
    tell(result)


def measure(place: Site, count: int) -> dict[str, Any]:
    """Fill the site, read it, then let other systems create."""
    key = _step(place, "fill", count)["key"]
    found = _step(place, "read", count)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        sent = pool.apply(create_all, (place.port, key))
    return found | sent


def _step(place: Site, name: str, count: int) -> dict[str, Any]:
    environ = place.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "rembug.config.settings",
    }
    command = [sys.executable, "-m", "benchmarks.cases", "--step", name, "--cases", str(count)]
    done = subprocess.run(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _inside(step: str, count: int) -> dict[str, Any]:
    import django  # noqa: PLC0415 only inside the site

    django.setup()
    from benchmarks.cases_fill import fill_cases, read_all  # noqa: PLC0415

    return fill_cases(count) if step == "fill" else read_all(timed)


def timed(ask: Callable[[], Any]) -> dict[str, float]:
    """Return the middle and the 95th per cent of how long a question takes."""
    taken = []
    for number in range(ASKED + WARM):
        began = time.perf_counter()
        ask()
        if number >= WARM:
            taken.append(1000 * (time.perf_counter() - began))
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(statistics.quantiles(taken, n=20)[18], 1),
    }


def create_all(port: int, key: str) -> dict[str, Any]:
    """Create service requests over some lines at once for a while; return how many were acknowledged."""
    found: dict[str, Any] = {"done": 0, "refused": 0, "waits": []}
    lock, until = threading.Lock(), time.monotonic() + SECONDS
    running = [
        threading.Thread(target=_line, args=(port, key, number, until, found, lock))
        for number in range(LINES)
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    waits = sorted(found["waits"])
    return {
        "posts_per_s": round(found["done"] / SECONDS, 1),
        "posts_p95_ms": round(1000 * waits[int(len(waits) * 0.95)], 1),
        "posts_refused": found["refused"],
    }


def _line(
    port: int, key: str, number: int, until: float, found: dict[str, Any], lock: threading.Lock
) -> None:
    rng, line = random.Random(number), Connection(port)
    while time.monotonic() < until:
        said = {
            "api_key": key,
            "service_code": "light",
            "lat": f"{rng.uniform(SOUTH, NORTH):.6f}",
            "long": f"{rng.uniform(WEST, EAST):.6f}",
            "description": f"Lampu mati nomor {rng.randrange(10**9)}",
        }
        body = urllib.parse.urlencode(said).encode()
        head = (
            f"POST /open311/v2/requests.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        began = time.monotonic()
        status, _, _ = line.request(head, body)
        with lock:
            found["waits"].append(time.monotonic() - began)
            found["done" if status in {200, 201} else "refused"] += 1
    line.close()


if __name__ == "__main__":
    main()
