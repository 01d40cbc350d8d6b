"""What one forecast of the city costs, and how soon a reader has it.

Run: `python -m benchmarks.forecast`. It makes a city of its own in a temporary SQLite database. The last line is JSON.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

ROUNDS = 24
READS = 200
HOURS_OF_A_MONTH = 720
SAID = {"said_cm": 40.0, "sigma_cm": 6.0, "seen_cm": 43.0, "raw_cm": 39.0}
NOW = datetime(2026, 11, 26, 12, 10, tzinfo=UTC)


def main() -> None:
    """Measure, print, and end with one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "REMBUG_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "rembug.config.settings",
            "ALLOWED_HOSTS": "*",
        }
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 - after the settings' environment stands

        django.setup()
        print(json.dumps(measure(Path(__file__).resolve().parents[1] / "cities" / "pekalongan")))


def measure(pack: Path) -> dict[str, float]:
    """Return the figures."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from rembug.lib import clock  # noqa: PLC0415

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        call_command("migrate", verbosity=0, stdout=nowhere)
        call_command("collectstatic", verbosity=0, interactive=False, stdout=nowhere)
        call_command("city", "load", str(pack), stdout=nowhere)
    with clock.led(NOW - timedelta(hours=ROUNDS)) as hand:
        figures = _writing(hand)
        client = Client()
        for name, path in (
            ("area_page", "/rob/degayu/"),
            ("city_page", "/rob/"),
            ("api", "/api/v1/forecast"),
        ):
            figures |= _reading(name, partial(client.get, path))
    figures["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    return figures


def _writing(hand: object) -> dict[str, float]:
    from rembug.lib import clock  # noqa: PLC0415
    from rembug.water.actions.forecast import make_forecast  # noqa: PLC0415
    from rembug.water.actions.prepare import prepare  # noqa: PLC0415
    from rembug.water.actions.score import score_city  # noqa: PLC0415
    from rembug.water.tests.made import ACTOR, CITY, levels  # noqa: PLC0415

    began = time.process_time()
    prepare(actor=ACTOR, city=CITY)
    prepared = time.process_time() - began
    levels(NOW, hours=30 + ROUNDS)
    make_forecast(actor=ACTOR, city=CITY)  # compiles once
    costs = []
    for number in range(1, ROUNDS):
        hand.to(NOW - timedelta(hours=ROUNDS - number))  # type: ignore[attr-defined]
        began = time.process_time()
        make_forecast(actor=ACTOR, city=CITY)
        costs.append(time.process_time() - began)
    hand.to(NOW)  # type: ignore[attr-defined]
    began = time.process_time()
    scores = score_city(actor=ACTOR, city=CITY)
    scored = time.process_time() - began
    assert clock.now() == NOW
    costs.sort()
    learnt = _after_a_month(hand)
    return {
        "prepare_cpu_s": round(prepared, 3),
        "forecast_median_cpu_ms": round(1000 * costs[len(costs) // 2], 1),
        "forecast_worst_cpu_ms": round(1000 * costs[-1], 1),
        "score_cpu_ms_each": round(1000 * scored / max(scores, 1), 3),
        "forecast_after_a_month_cpu_ms": round(1000 * learnt, 1),
    }


def _after_a_month(hand: object) -> float:
    """Return the CPU seconds of a forecast that learns from a month of hourly forecasts, all scored."""
    from rembug.water.actions.forecast import make_forecast  # noqa: PLC0415
    from rembug.water.models import Forecast, Score  # noqa: PLC0415
    from rembug.water.rules.scoring import LEADS_H  # noqa: PLC0415
    from rembug.water.tests.made import ACTOR, CITY  # noqa: PLC0415

    row = Forecast.objects.order_by("-hour")[0]
    older = []
    for number in range(HOURS_OF_A_MONTH):
        row.pk, row.hour = None, NOW - timedelta(hours=48 + number)
        older.append(Forecast(**{f.attname: getattr(row, f.attname) for f in Forecast._meta.concrete_fields}))
    Forecast.objects.bulk_create(older, batch_size=100)
    scores = []
    for made in Forecast.objects.filter(hour__lt=NOW - timedelta(hours=47)).only("pk", "hour"):
        at = min(made.hour + timedelta(hours=48), NOW)
        for lead in (*LEADS_H, *(float(n) + 0.5 for n in range(0, 168, 12))):
            kind = Score.Kind.LEVEL if lead in LEADS_H else Score.Kind.CREST
            scores.append(Score(city=CITY, forecast=made, kind=kind, lead_h=lead, at=at, **SAID))
    Score.objects.bulk_create(scores, batch_size=1000)
    hand.to(NOW + timedelta(hours=1))  # type: ignore[attr-defined]
    began = time.process_time()
    assert make_forecast(actor=ACTOR, city=CITY) is not None
    return time.process_time() - began


def _reading(name: str, ask: Callable[[], object]) -> dict[str, float]:
    ask()
    costs = []
    for _ in range(READS):
        began = time.process_time()
        ask()
        costs.append(time.process_time() - began)
    costs.sort()
    return {
        f"{name}_median_cpu_ms": round(1000 * costs[READS // 2], 1),
        f"{name}_p95_cpu_ms": round(1000 * costs[int(READS * 0.95)], 1),
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    main()
