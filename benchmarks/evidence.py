"""Freeze a version of many observations in all formats, then ask OGC API - Features for pages of it.

The database is filled beforehand and not counted. Peak memory is that of the freezing process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from tests.support import postgres
from tests.support.site import PACK, ROOT

from benchmarks.machine import tell

ASKED, WARM = 300, 20
TITLE = "Rob di kota"
ABOUT = "Semua laporan rob di kota, untuk ukuran waktu dan memori. Bukan kejadian nyata."


def main() -> None:
    """Run for one or more sizes and print one JSON object on the last line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--step", choices=("fill", "freeze", "ask"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        print(json.dumps(step(given.step, given.reports[0])))
        return
    if given.database == "sqlite":
        tell({str(count): measure(count, "") for count in given.reports})
        return
    with postgres.cluster() as address:
        found = {
            str(count): measure(count, postgres.create(address, f"of{count}")) for count in given.reports
        }
    tell(found)


def measure(count: int, database_url: str) -> dict[str, Any]:
    """Fill, freeze and ask, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="rembug-evidence-") as folder:
        environ = {
            **os.environ,
            "REMBUG_VAR": folder,
            "DATABASE_URL": database_url,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        for words in (["migrate", "-v0"], ["city", "load", str(PACK)]):
            subprocess.run(
                [sys.executable, "-m", "rembug", *words], env=environ, check=True, stdout=subprocess.DEVNULL
            )
        _step("fill", count, environ)
        return _step("freeze", count, environ) | _step("ask", count, environ)


def _step(name: str, count: int, environ: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.evidence", "--step", name, "--reports", str(count)]
    done = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def step(name: str, count: int) -> dict[str, Any]:
    """Do one step in this process."""
    import django  # noqa: PLC0415 - Django must be set up first, and only in this process

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    django.setup()
    if name == "fill":
        from benchmarks.fill import fill  # noqa: PLC0415

        fill("pekalongan", count, hours=24 * 90, hot_spots=1_500, crowd=0.9)
        return {}
    return _freeze() if name == "freeze" else _ask()


def _freeze() -> dict[str, Any]:
    import resource  # noqa: PLC0415

    from rembug.evidence.actions import ask, make  # noqa: PLC0415
    from rembug.evidence.models import Version  # noqa: PLC0415
    from rembug.evidence.rules.question import Asked  # noqa: PLC0415
    from rembug.lib.actor import Actor, Grant, system  # noqa: PLC0415
    from rembug.people.models import Body  # noqa: PLC0415

    body = Body.objects.filter(city="pekalongan").order_by("id")[0]
    Body.objects.filter(pk=body.pk).update(state=Body.State.CONFIRMED)
    actor = Actor("bench", "person", (Grant("member", "pekalongan", body.public_id),))
    made = ask.save_question(
        actor=actor, body=body.public_id, title=TITLE, about=ABOUT, asked=Asked("reports")
    )
    ask.freeze(actor=actor, city="pekalongan", slug=made.slug)
    started, cpu = time.monotonic(), time.process_time()
    make.make_waiting(actor=system("benchmark"))
    seconds = time.monotonic() - started
    row = Version.objects.get()
    return {
        "rows": row.row_count,
        "freeze_seconds": round(seconds, 1),
        "freeze_cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "package_bytes": row.files["package"]["bytes"],
    }


def _ask() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    client, chance, taken = Client(), random.Random(1), []
    for number in range(WARM + ASKED):
        west, south = 109.60 + chance.random() * 0.1, -6.95 + chance.random() * 0.1
        width = 0.002 + chance.random() * 0.05
        box = f"{west},{south},{west + width},{south + width}"
        started = time.perf_counter()
        answer = client.get("/ogc/collections/rob-di-kota/items", {"bbox": box, "limit": "100"})
        if number >= WARM:
            taken.append(1000 * (time.perf_counter() - started))
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code}: {answer.content[:200]!r}")
    cuts = statistics.quantiles(taken, n=20)
    return {"items_p50_ms": round(statistics.median(taken), 1), "items_p95_ms": round(cuts[18], 1)}


if __name__ == "__main__":
    main()
