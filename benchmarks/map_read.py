"""What a screen asks of the map while a flood is on: random boxes at zooms 10 to 18, reports arriving meanwhile."""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import subprocess
import sys
import threading
import time
from typing import Any

from tests.support import postgres
from tests.support.phone import EAST, NORTH, SOUTH, WEST, Connection
from tests.support.site import ROOT, Site, site

from benchmarks.crowd import Tally, cpu_seconds
from benchmarks.intake import apart, backlog_of, paced, wait_for_calm
from benchmarks.machine import tell

ARRIVING_PER_S = 20.0
SCREEN = (360, 560)  # pixels of a phone's map


def main() -> None:
    """Run each case and print one JSON object on the last line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, nargs="*", default=[12_500, 100_000])
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--step", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        print(json.dumps(_in_django(given.step, given.reports[0])))
        return
    result: dict[str, Any] = {"clients": given.clients}
    if given.database in {"sqlite", "both"}:
        result["sqlite"] = {str(count): _case(count, given, "") for count in given.reports}
    if given.database in {"postgresql", "both"}:
        with postgres.cluster() as address:
            result["postgresql"] = {
                str(count): _case(count, given, postgres.create(address, f"rembug{count}"))
                for count in given.reports
            }
    tell(result)


def _case(count: int, given: argparse.Namespace, database_url: str) -> dict[str, Any]:
    with site(database_url=database_url, worker=False, web=False) as place:
        _step(place, "fill", count)
        place.start("web", "serve", "--no-worker")
        place.start("worker", "worker")
        place.wait_until_up()
        apart(_load, place.port, 2, 3.0, 0.0)  # the first answer reads all reports once
        figures = apart(_load, place.port, given.clients, given.seconds, ARRIVING_PER_S)
        figures["backlog_reports"] = backlog_of(place)
        wait_for_calm(place)
        time.sleep(8)
        figures["checks"] = {**_step(place, "check", count), **apart(_conditional, place.port)}
        return figures


def _step(place: Site, name: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.map_read", "--step", name, "--reports", str(count)]
    environ = {**place.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "MAP_PORT": str(place.port)}
    done = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def box_at(rng: random.Random, zoom: int) -> str:
    """Return the box that a phone shows somewhere in the city; at zoom 10 it holds the whole city."""
    degrees = 360 / 256 / 2**zoom
    wide, high = SCREEN[0] * degrees, SCREEN[1] * degrees * math.cos(math.radians(SOUTH))
    lon, lat = rng.uniform(WEST, EAST), rng.uniform(SOUTH, NORTH)
    return f"{lon - wide / 2:.6f},{lat - high / 2:.6f},{lon + wide / 2:.6f},{lat + high / 2:.6f}"


def ask(connection: Connection, box: str, zoom: int, extra: str = "") -> tuple[int, bytes, bytes]:
    """Ask the map for a box."""
    path = f"/api/v1/map?bbox={box}&zoom={zoom}"
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{extra}\r\n"
    return connection.request(head.encode())


def _load(port: int, clients: int, seconds: float, arriving: float) -> dict[str, Any]:
    total, lock, sizes = Tally(), threading.Lock(), []
    end = time.monotonic() + seconds

    def look(number: int) -> None:
        rng, connection, mine, seen = (
            random.Random(f"{number}:{time.time_ns()}"),
            Connection(port),
            Tally(),
            [],
        )
        while time.monotonic() < end:
            zoom = rng.randint(10, 18)
            started = time.perf_counter()
            status, _, body = ask(connection, box_at(rng, zoom), zoom)
            mine.latencies_ms.append((time.perf_counter() - started) * 1000)
            mine.statuses[status] = mine.statuses.get(status, 0) + 1
            seen.append(len(body))
        with lock:
            total.add(mine)
            sizes.extend(seen)

    arrived, before = Tally(), cpu_seconds()
    threads = [threading.Thread(target=look, args=(n,)) for n in range(clients)]
    threads.append(threading.Thread(target=paced, args=(port, arriving, seconds, arrived, {})))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "answers_per_s": round(len(total.latencies_ms) / seconds, 1),
        "p50_ms": total.percentile_ms(0.5),
        "p95_ms": total.percentile_ms(0.95),
        "max_ms": total.percentile_ms(1.0),
        "answer_bytes": max(sizes, default=0),
        "faults": sum(n for status, n in total.statuses.items() if status != 200),
        "arriving_per_s": round(len(arrived.acknowledged) / seconds, 1),
        "arriving_p95_ms": arrived.percentile_ms(0.95),
        "load_generator_cpu_seconds": round(cpu_seconds() - before, 1),
    }


def _conditional(port: int) -> dict[str, Any]:
    connection = Connection(port)
    _, head, _ = ask(connection, "109.6,-6.95,109.8,-6.8", 11)
    etag = next(line for line in head.decode().split("\r\n") if line.lower().startswith("etag:")).partition(
        ": "
    )[2]
    status, _, _ = ask(connection, "109.6,-6.95,109.8,-6.8", 11, f"If-None-Match: {etag}\r\n")
    return {"not_modified_status": status}


def _in_django(name: str, count: int) -> dict[str, Any]:
    import django  # noqa: PLC0415 - set up in this process only

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    django.setup()
    from benchmarks.fill import fill  # noqa: PLC0415

    if name == "fill":
        from rembug.audit.actions import sequence  # noqa: PLC0415
        from rembug.lib.actor import system  # noqa: PLC0415
        from rembug.reports.actions.learn import learn_from_decisions  # noqa: PLC0415
        from rembug.reports.actions.process import reassess  # noqa: PLC0415

        fill("pekalongan", count, hours=5)
        actor = system("benchmark")
        # What stands before the load begins is judged, learnt from and logged.
        reassess("pekalongan", actor=actor)
        learn_from_decisions("pekalongan", actor=actor)
        sequence(actor=actor)
        return {}
    return _check()


def _check() -> dict[str, Any]:
    """Compare what the map says with plain queries, and look for reports by zooming in on them."""
    from rembug.lib import clock  # noqa: PLC0415
    from rembug.reports.queries.snapshot import live_reports  # noqa: PLC0415

    rng, connection = random.Random(5), Connection(int(os.environ["MAP_PORT"]))
    wrong = asked = lost = 0
    live = live_reports("pekalongan", clock.now())
    for zoom in [10, 10, *range(10, 19), *range(10, 19)]:
        box = box_at(rng, zoom)
        west, south, east, north = map(float, box.split(","))
        plain = live.filter(
            public_lon__gte=west, public_lon__lte=east, public_lat__gte=south, public_lat__lte=north
        ).count()
        said = json.loads(gzip_or_plain(ask(connection, box, zoom)[2]))
        counted = len(said["points"]) + sum(cell[2] for cell in said["cells"])
        asked += 1
        wrong += (
            abs(plain - said["total"]) > 3 or counted != said["total"]
        )  # some age out of the window meanwhile
    codes = list(live.order_by("?").values_list("code", "public_lon", "public_lat")[:100])
    for code, lon, lat in codes:
        lost += lon is None or lat is None or not _found(connection, code, lon, lat)
    return {"boxes_compared": asked, "boxes_wrong": wrong, "reports_sought": len(codes), "lost": lost}


def _found(connection: Connection, code: str, lon: float, lat: float) -> bool:
    for zoom in range(13, 23):
        half = 200 * 360 / 256 / 2**zoom
        said = json.loads(
            gzip_or_plain(ask(connection, f"{lon - half},{lat - half},{lon + half},{lat + half}", zoom)[2])
        )
        if any(point[0] == code for point in said["points"]):
            return True
    return False


def gzip_or_plain(body: bytes) -> bytes:
    """Return the text of an answer."""
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


if __name__ == "__main__":
    main()
