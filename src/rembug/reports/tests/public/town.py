"""A small invented flood for tests of public pages: rows as the worker leaves them."""

import math
import uuid
from datetime import datetime, timedelta

import numpy as np

from rembug.lib import clock
from rembug.reports.models import Category, Incident, Report
from rembug.reports.rules.packed import NUMBERS, SCALE
from rembug.reports.rules.parameters import SIGNALS

CITY = "bandarkecil"
HULU = "99.71.01.1001"


def categories() -> None:
    """Two kinds of thing: a flood that lives six hours, a street light that lives a day."""
    for code, flood, live_s in (("rob", True, 21_600), ("light", False, 86_400)):
        Category.objects.create(
            city=CITY,
            code=code,
            names={"id": {"rob": "Rob", "light": "Lampu mati"}[code], "en": code},
            icon="other",
            dimension="environment",
            is_flood=flood,
            link_m=150,
            link_s=10_800,
            live_s=live_s,
        )


def report(*, ago_min: float = 10, probability: float = 0.8, **given: object) -> Report:
    """One public report that has been judged."""
    at = clock.now() - timedelta(minutes=ago_min)
    facts: dict[str, object] = {
        "city": CITY,
        "client_id": uuid.uuid4(),
        "payload_hash": "0" * 64,
        "receipt_hash": uuid.uuid4().hex * 2,
        "channel": "web",
        "received_at": at,
        "salt": b"salt",
        "category": "rob",
        "observed_from": at,
        "observed_at": at,
        "lon": 119.085321,
        "lat": -4.98137,
        "located_by": "gps",
        "source": uuid.uuid4().hex,
        "area_code": HULU,
        "cell": "8",
        "public_lon": 119.085,
        "public_lat": -4.981,
        "processed_at": at,
        "log_odds": math.log(probability / (1 - probability)),
        "probability": probability,
        "rung": "plausible",
        "entry_hash": "0" * 64,
        "changed_at": at,
    }
    return Report.objects.create(**{**facts, **given})


def incident(*reports: Report, last_at: datetime | None = None, **given: object) -> Incident:
    """One public incident of these reports."""
    first = reports[0]
    facts: dict[str, object] = {
        "city": CITY,
        "category": first.category,
        "area_code": first.area_code,
        "anchor_id": first.pk,
        "started_at": min(one.observed_at for one in reports),
        "last_at": last_at or max(one.observed_at for one in reports),
        "report_count": len(reports),
        "witness_count": len(reports),
        "depth_class": first.depth_class,
        "probability": first.probability,
        "rung": first.rung,
        "public_lon": first.public_lon,
        "public_lat": first.public_lat,
        "is_public": True,
        "changed_at": clock.now(),
    }
    made = Incident.objects.create(**{**facts, **given})
    Report.objects.filter(pk__in=[one.pk for one in reports]).update(incident=made)
    return made


def why(**weights: float) -> bytes:
    """Reasons as the judge packs them: contributions in log-odds by signal; three witnesses in 150 m and 40 minutes."""
    numbers = {"count": 30, "metres": 150, "minutes": 40}
    row = [round(weights.get(signal, 0.0) * SCALE) for signal in SIGNALS]
    return np.array(row + [numbers.get(name, 0) for name in NUMBERS], dtype="<i2").tobytes()
