"""Judge a million stored reports again and group them into incidents, with at least one in twenty rungs changing.

Peak memory is that of the judging process. The database is filled beforehand and not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from django.db.models.functions import Mod
from tests.support import postgres
from tests.support.site import PACK, ROOT

from benchmarks.machine import tell


def main() -> None:
    """Run on each database and print one JSON object on the last line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=1_000_000)
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--step", choices=("fill", "judge"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        print(json.dumps(step(given)))
        return
    result: dict[str, Any] = {"reports": given.reports}
    if given.database in {"sqlite", "both"}:
        result["sqlite"] = measure("", given)
    if given.database in {"postgresql", "both"}:
        with postgres.cluster() as address:
            result["postgresql"] = measure(postgres.create(address, "rembug"), given)
    tell(result)


def measure(database_url: str, given: argparse.Namespace) -> dict[str, Any]:
    """Fill a database in one process and judge it in another."""
    with tempfile.TemporaryDirectory(prefix="rembug-reassess-") as folder:
        environ = {**os.environ, "REMBUG_VAR": folder, "DATABASE_URL": database_url}
        environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
        for words in (["migrate", "-v0"], ["city", "load", str(PACK)]):
            subprocess.run(
                [sys.executable, "-m", "rembug", *words], env=environ, check=True, stdout=subprocess.DEVNULL
            )
        _step("fill", given, environ)
        return _step("judge", given, environ)


def _step(name: str, given: argparse.Namespace, environ: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.reassess", "--step", name, "--reports", str(given.reports)]
    done = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def step(given: argparse.Namespace) -> dict[str, Any]:
    """Do one step in this process."""
    import resource  # noqa: PLC0415 - Django must be set up first, and only in this process

    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    django.setup()
    from benchmarks.fill import fill  # noqa: PLC0415
    from rembug.lib.actor import system  # noqa: PLC0415
    from rembug.reports.actions.process import reassess  # noqa: PLC0415

    started, cpu = time.monotonic(), time.process_time()
    if given.step == "fill":
        fill("pekalongan", given.reports, hours=24 * 90, hot_spots=1_500, crowd=0.9)
        reassess("pekalongan", actor=system("benchmark"))
        change_minds()
        return {"seconds": round(time.monotonic() - started, 1)}
    outcome = reassess("pekalongan", actor=system("benchmark"))
    return {
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rungs_changed_share": round(outcome.rungs_changed / max(outcome.read, 1), 3),
        "written": outcome.written,
        "incidents": outcome.incidents,
    }


def change_minds() -> None:
    """Let persons decide more reports, so that track records and with them rungs change at the next run."""
    from rembug.reports.models import Report  # noqa: PLC0415

    for verdict, remainder in (("true", 3), ("false", 7)):
        Report.objects.annotate(r=Mod("id", 40)).filter(r=remainder, decided="").update(decided=verdict)


if __name__ == "__main__":
    main()
