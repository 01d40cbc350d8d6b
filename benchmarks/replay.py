"""A real gauge lived through hour by hour: what the platform would have said, against what came.

Run: `python -m benchmarks.replay [FILE --utc-offset 7 --zero -1.88]`. Without a file the Jakarta series of the
shared trial data is used (with Jakarta's own constants, which the pack borrows). Each forecast uses only levels
measured before it. The last line is JSON.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
JAKARTA = Path("tide/jakarta/observed_pasar_ikan_2026.csv")
BEFORE = timedelta(hours=26)


def main() -> None:
    """Replay, print, and end with one JSON object."""
    shared = Path(os.environ.get("REMBUG_DATA") or ROOT.parent.parent / "shared" / "data")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=shared / JAKARTA)
    parser.add_argument("--utc-offset", default="7")
    parser.add_argument("--zero", default="-1.88")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"REMBUG_VAR": folder, "DJANGO_SETTINGS_MODULE": "rembug.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 - after the settings' environment stands

        django.setup()
        print(json.dumps(replay(asked.file, asked.utc_offset, asked.zero)))


def replay(path: Path, utc_offset: str, zero: str) -> dict[str, Any]:
    """Return errors by lead time of hourly forecasts over the whole series."""
    from django.core.management import call_command  # noqa: PLC0415

    from rembug.lib import clock  # noqa: PLC0415
    from rembug.water.models import Level  # noqa: PLC0415
    from rembug.water.queries.skill import skill  # noqa: PLC0415
    from rembug.water.tests.made import CITY  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("city", "load", str(ROOT / "cities" / "pekalongan"), stdout=StringIO())
    words = ["levels", "import", str(path), "--utc-offset", utc_offset, "--zero", zero]
    call_command("water", *words, stdout=sys.stderr)
    times = list(Level.objects.filter(fault="").order_by("at").values_list("at", flat=True))
    with clock.led(times[0] + BEFORE) as hand:
        made = _live(hand, times[-1])
        found = skill(CITY)
    return {
        "forecasts": made,
        "levels": len(times),
        "rms_cm_by_lead_h": {f"{row.lead_h:g}": row.rms_cm for row in found.leads},
        "mean_abs_cm_by_lead_h": {f"{row.lead_h:g}": row.mae_cm for row in found.leads},
        "inside_80_by_lead_h": {f"{row.lead_h:g}": row.inside for row in found.leads},
        "calls": [asdict(row) for row in found.events],
    }


def _live(hand: Any, end: datetime) -> int:
    from rembug.lib import clock  # noqa: PLC0415
    from rembug.water.actions.forecast import make_forecast  # noqa: PLC0415
    from rembug.water.actions.score import score_city  # noqa: PLC0415
    from rembug.water.tests.made import ACTOR, CITY  # noqa: PLC0415

    made = 0
    while clock.now() < end:
        made += make_forecast(actor=ACTOR, city=CITY) is not None
        if made % 24 == 0:
            score_city(actor=ACTOR, city=CITY)
        hand.to(clock.now() + timedelta(hours=1))
    score_city(actor=ACTOR, city=CITY)
    return made


if __name__ == "__main__":
    main()
