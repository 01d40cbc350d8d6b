"""Pages that gather from every step, with many threads: the thread, a body, an area, the four actors.

Each thread is a proposal on an incident, handed to two bodies, with one promise that was measured. Prints one JSON
object on its last line. `python -m benchmarks.thread [threads ...] [--database postgresql]`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from time import perf_counter
from typing import Any

from tests.support import postgres
from tests.support.site import PACK, ROOT

from benchmarks.machine import tell

ASKED, WARM = 200, 10


def main() -> None:
    """Measure for each size in a process of its own."""
    if os.environ.get("REMBUG_BENCH_THREADS"):
        print(json.dumps(measure(int(os.environ["REMBUG_BENCH_THREADS"]))))
        return
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("threads", type=int, nargs="*", default=[100, 1_000, 10_000])
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = options.parse_args()
    if given.database == "sqlite":
        tell({str(count): apart(count, "") for count in given.threads})
        return
    with postgres.cluster() as address:
        found = {str(count): apart(count, postgres.create(address, f"of{count}")) for count in given.threads}
    tell(found)


def apart(count: int, database_url: str) -> dict[str, Any]:
    """Fill a fresh database with so many threads and measure, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="rembug-thread-") as folder:
        environ = {
            **os.environ,
            "REMBUG_VAR": folder,
            "DATABASE_URL": database_url,
            "REMBUG_BENCH_THREADS": str(count),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        steps = (
            ["migrate", "-v0"],
            ["city", "load", str(PACK)],
            ["collectstatic", "--noinput", "-v0"],
        )
        for words in steps:
            subprocess.run(
                [sys.executable, "-m", "rembug", *words], env=environ, check=True, stdout=subprocess.DEVNULL
            )
        command = [sys.executable, "-m", "benchmarks.thread"]
        done = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer


def measure(count: int) -> dict[str, Any]:
    """Fill the city and ask each page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    import django  # noqa: PLC0415 only in the measuring process

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from benchmarks.thread_fill import fill  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    codes, body = fill(count)
    pages = {
        "thread": [f"/alur/usulan/{code}/" for code in codes],
        "proposal": [f"/usulan/{code}/" for code in codes],
        "body": [f"/neraca/pihak/{body}/"],
        "area": ["/neraca/wilayah/panjang-baru/"],
        "city": ["/neraca/"],
        "list": ["/usulan/"],
    }
    return {name: _times(Client(), paths) for name, paths in pages.items()}


def _times(client: Any, paths: list[str]) -> dict[str, float]:
    times = []
    for number in range(ASKED + WARM):
        start = perf_counter()
        answer = client.get(paths[number % len(paths)])
        times.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.status_code
    kept = sorted(times[WARM:])
    return {"p50_ms": round(statistics.median(kept), 1), "p95_ms": round(kept[int(len(kept) * 0.95)], 1)}


if __name__ == "__main__":
    main()
