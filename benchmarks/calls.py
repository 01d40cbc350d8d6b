"""An observation of 500 phones with 100 points each, a fifth of the uploads cut off in the middle: stored = sent?

Phones collect without network and send batches of twenty afterwards, over 32 lines at once. A cut upload is closed
before its answer is read and sent again, as a phone does. Durable commits, the worker running beside, the load
generator on the same cores. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import subprocess
import sys
import threading
import time
import uuid
from typing import Any

from tests.support import postgres
from tests.support.phone import Connection
from tests.support.site import ROOT, Site, site

from benchmarks.machine import tell

BATCH, LINES, CUT = 20, 32, 0.2
DEPTHS = ("dry", "ankle", "calf", "knee")


def main() -> None:
    """Run on each database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--phones", type=int, default=500)
    options.add_argument("--points", type=int, default=100)
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument(
        "--make", action="store_true", help="inside the site: make the call, print the links"
    )
    given = options.parse_args()
    if given.make:
        print(json.dumps(make(given.phones, given.points)))
        return
    result: dict[str, Any] = {
        "cores": multiprocessing.cpu_count(),
        "phones": given.phones,
        "points": given.points,
    }
    if given.database in {"sqlite", "both"}:
        with site() as place:
            result["sqlite"] = measure(place, given)
    if given.database in {"postgresql", "both"}:
        with postgres.cluster() as address, site(database_url=postgres.create(address, "rembug")) as place:
            result["postgresql"] = measure(place, given)
    tell(result)


def measure(place: Site, given: argparse.Namespace) -> dict[str, Any]:
    """Make the call, let the phones send, compare the books."""
    words = [sys.executable, __file__, "--make", "--phones", str(given.phones), "--points", str(given.points)]
    environ = place.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "rembug.config.settings",
    }
    said = subprocess.run(words, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
    made = json.loads(said.stdout.splitlines()[-1])
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        sent = pool.apply(send_all, (place.port, made["tokens"], made["points"]))
    stored = int(place.command("reports", "count").split()[0])
    wanted = given.phones * len(made["points"])
    return {
        "points_per_s": round(wanted / sent["seconds"], 1),
        "seconds": round(sent["seconds"], 1),
        "cut_uploads": sent["cut"],
        "p95_ms": round(sent["p95_ms"], 1),
        "refused": sent["refused"],
        "lost": max(wanted - stored, 0),
        "doubled": max(stored - wanted, 0),
    }


def make(phones: int, points: int) -> dict[str, Any]:
    """Plan an observation with so many points and sign so many watchers up, through the real actions."""
    import django  # noqa: PLC0415 - only inside the site

    django.setup()
    from datetime import timedelta  # noqa: PLC0415

    from rembug.calls.actions import watch  # noqa: PLC0415
    from rembug.calls.actions.call import Asking  # noqa: PLC0415
    from rembug.lib import clock  # noqa: PLC0415
    from rembug.lib.actor import ANONYMOUS, Actor, Grant, system  # noqa: PLC0415
    from rembug.people.models import Body  # noqa: PLC0415
    from rembug.places import queries as places  # noqa: PLC0415
    from rembug.water.actions.forecast import forecast_all  # noqa: PLC0415

    city = places.cities()[0]
    forecast_all(actor=system("benchmark"))
    body = Body.objects.filter(city=city).order_by("id")[0]
    actor = Actor("benchmark", "person", (Grant("facilitator", city, body.public_id),))
    now = clock.now()
    said = Asking(
        action_id=uuid.uuid4(),
        body=body.public_id,
        title="Benchmark",
        what="Observe",
        place="Everywhere",
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=2),
        wanted=phones,
        safety="None",
        role="Coordinator",
        kind="watch",
        level_cm=60.0,
        sigma_cm=20.0,
    )
    row = watch.plan(actor=actor, city=city, said=said, count=points)
    numbers = list(row.points.order_by("number").values_list("number", flat=True))[:points]
    tokens = [
        watch.sign_up(actor=ANONYMOUS, city=city, code=row.code, action_id=uuid.uuid4())
        for _ in range(phones)
    ]
    return {"tokens": tokens, "points": numbers}


def send_all(port: int, tokens: list[str], points: list[int]) -> dict[str, Any]:
    """Send everything over some lines at once; return the time and what happened."""
    shares = [tokens[line::LINES] for line in range(LINES)]
    found: dict[str, Any] = {"cut": 0, "refused": 0, "waits": []}
    lock = threading.Lock()
    began = time.monotonic()
    running = [
        threading.Thread(target=_line, args=(port, share, points, found, lock, number))
        for number, share in enumerate(shares)
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    waits = sorted(found.pop("waits"))
    return found | {"seconds": time.monotonic() - began, "p95_ms": 1000 * waits[int(len(waits) * 0.95)]}


def _line(
    port: int, tokens: list[str], points: list[int], found: dict[str, Any], lock: threading.Lock, number: int
) -> None:
    rng, line = random.Random(number), Connection(port)
    for token in tokens:
        rows = [
            {"client_id": str(uuid.UUID(int=rng.getrandbits(128), version=4)), "point": point, "age_s": 60}
            | {"depth_class": rng.choice(DEPTHS)}
            for point in points
        ]
        for start in range(0, len(rows), BATCH):
            body = json.dumps({"observations": rows[start : start + BATCH]}).encode()
            head = (
                f"POST /ajakan/titik/{token}/kirim/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode()
            if rng.random() < CUT:
                _cut(line, port, head, body, rng)
                with lock:
                    found["cut"] += 1
            began = time.monotonic()
            status, _, answer = line.request(head, body)
            faults = (
                sum(bool(one["fault"]) for one in json.loads(answer)["observations"])
                if status == 200
                else BATCH
            )
            with lock:
                found["waits"].append(time.monotonic() - began)
                found["refused"] += faults
    line.close()


def _cut(line: Connection, port: int, head: bytes, body: bytes, rng: random.Random) -> None:
    """Send a part or all of an upload and hang up before the answer comes."""
    import socket  # noqa: PLC0415

    line.close()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as broken:
        whole = head + body
        broken.sendall(whole[: rng.choice((len(head) + len(body) // 2, len(whole)))])


if __name__ == "__main__":
    main()
