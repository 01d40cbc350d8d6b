"""A real gauge lived through hour by hour: what the platform would have said, against what came.

Run: `python -m benchmarks.replay [FILE --utc-offset 7 --zero -1.88]`. Without a file the Jakarta series of the
shared trial data is used (with Jakarta's own constants, which the pack borrows; so the pack's error of borrowing is set
to none). `--fit-until DAY`: what was measured before is given to the platform, which fits and adopts its own constants
by its own command; only what came after is lived through and scored. Each forecast uses only levels measured before
it. `--flood-from 80`: a flood is a high water above this percentile of the daily maxima measured before. The last line
is JSON.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
JAKARTA = Path("tide/jakarta/observed_pasar_ikan_2026.csv")
BEFORE = timedelta(hours=26)


def main() -> None:
    """Replay, print, and end with one JSON object."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"REMBUG_VAR": folder, "DJANGO_SETTINGS_MODULE": "rembug.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 - after the settings' environment stands

        django.setup()
        print(json.dumps(replay(asked, _pack(Path(folder), asked))))


def _asked() -> argparse.Namespace:
    shared = Path(os.environ.get("REMBUG_DATA") or ROOT.parent / "shared" / "data")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=shared / JAKARTA)
    parser.add_argument("--utc-offset", default="7")
    parser.add_argument("--unit", default="m")
    parser.add_argument("--zero", default="-1.88")
    parser.add_argument("--lon", type=float, default=106.8)
    parser.add_argument("--lat", type=float, default=-6.12)
    parser.add_argument("--fit-until", type=date.fromisoformat)
    parser.add_argument("--borrowed", type=float, default=0.0, help="error of borrowed constants, metres")
    parser.add_argument("--every", type=int, default=1, help="hours between forecasts")
    parser.add_argument("--flood-from", type=float, help="percentile of earlier daily maxima")
    return parser.parse_args()


def _pack(folder: Path, asked: argparse.Namespace) -> Path:
    """Return the pack with the station of this gauge: nodal factors depend on its latitude."""
    pack = folder / "pekalongan"
    shutil.copytree(ROOT / "cities" / "pekalongan", pack)
    words = (pack / "water.toml").read_text(encoding="utf-8")
    head, rest = words.split("[constituents]", 1)
    for key, value in (("lon", asked.lon), ("lat", asked.lat), ("borrowed_sigma_m", asked.borrowed)):
        head = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", head)
    (pack / "water.toml").write_text(f"{head}[constituents]{rest}", encoding="utf-8")
    return pack


def replay(asked: argparse.Namespace, pack: Path) -> dict[str, Any]:
    """Return errors by lead time of the forecasts, and how floods were called."""
    from django.core.management import call_command  # noqa: PLC0415

    from rembug.lib import clock  # noqa: PLC0415
    from rembug.water.models import Level  # noqa: PLC0415
    from rembug.water.queries.setup import station_of  # noqa: PLC0415
    from rembug.water.tests.made import CITY  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("city", "load", str(pack), stdout=StringIO())
    words = ["levels", "import", str(asked.file), "--utc-offset", asked.utc_offset, "--zero", asked.zero]
    call_command("water", *words, "--unit", asked.unit, stdout=sys.stderr)
    start = _fitted(asked.fit_until) if asked.fit_until else None
    times = list(Level.objects.filter(fault="").order_by("at").values_list("at", flat=True))
    start = start or times[0] + BEFORE
    with clock.led(start) as hand:
        made = _live(hand, times[-1], asked.every)
        station = station_of(CITY)
    return {
        "forecasts": made,
        "levels": sum(time >= start for time in times),
        "from": start.isoformat(),
        "constants": station.origin,
        "tide_type": station.tide_type,
    } | _figures(start, asked.flood_from, float(station.data["msl_m"]) * 100)


def _fitted(day: date) -> datetime:
    """Let the platform fit its own constants to what was measured before a day, knowing nothing of later."""
    from django.core.management import call_command  # noqa: PLC0415

    from rembug.water.models import Level  # noqa: PLC0415

    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    later = list(Level.objects.filter(at__gte=start))
    Level.objects.filter(at__gte=start).delete()
    words = ["station", "fit", "--source", "replay", "--licence", "evaluation only", "--adopt"]
    call_command("water", *words, stdout=sys.stderr)
    Level.objects.bulk_create(later, batch_size=2000)
    return start


def _live(hand: Any, end: datetime, every: int) -> int:
    from rembug.lib import clock  # noqa: PLC0415
    from rembug.water.actions.forecast import make_forecast  # noqa: PLC0415
    from rembug.water.actions.score import score_city  # noqa: PLC0415
    from rembug.water.tests.made import ACTOR, CITY  # noqa: PLC0415

    made = 0
    while clock.now() < end:
        made += make_forecast(actor=ACTOR, city=CITY) is not None
        if made % max(6 // every, 1) == 0:  # the platform does so every hour; it costs the most here
            score_city(actor=ACTOR, city=CITY)
        hand.to(clock.now() + timedelta(hours=every))
    score_city(actor=ACTOR, city=CITY)
    return made


def _figures(start: datetime, percentile: float | None, msl_cm: float) -> dict[str, Any]:
    from rembug.water.models import Score  # noqa: PLC0415
    from rembug.water.queries.skill import _scores, skill  # noqa: PLC0415
    from rembug.water.rules.outlook import Onset  # noqa: PLC0415
    from rembug.water.rules.scoring import events, skill_by_lead  # noqa: PLC0415
    from rembug.water.tests.made import CITY  # noqa: PLC0415

    known = skill(CITY)
    onset = _threshold(start, percentile) - msl_cm if percentile else known.onset_cm
    leads = skill_by_lead(_scores(CITY, Score.Kind.LEVEL, start))
    assert onset is not None
    calls = {
        name: [
            asdict(row) for row in events(_scores(CITY, Score.Kind.CREST, start), Onset(onset, 0.0), share)
        ]
        for name, share in (("calls", known.called_from), ("calls_from_half", 0.5))
    }
    return {
        "rms_cm_by_lead_h": {f"{row.lead_h:g}": row.rms_cm for row in leads},
        "mean_abs_cm_by_lead_h": {f"{row.lead_h:g}": row.mae_cm for row in leads},
        "bias_cm_by_lead_h": {f"{row.lead_h:g}": row.bias_cm for row in leads},
        "inside_80_by_lead_h": {f"{row.lead_h:g}": row.inside for row in leads},
        "flood_from_cm": round(onset, 1),
        "called_from": known.called_from,
        **calls,
    }


def _threshold(start: datetime, percentile: float) -> float:
    """Return the percentile of the daily maxima measured before a moment, centimetres above the stated zero."""
    from rembug.water.models import Level  # noqa: PLC0415

    highest: dict[date, float] = {}
    rows = Level.objects.filter(fault="", at__lt=start).values_list("at", "level_cm")
    for at, level in rows:
        highest[at.date()] = max(highest.get(at.date(), level), level)
    return float(np.percentile(list(highest.values()), percentile))


if __name__ == "__main__":
    main()
