"""Handing what reports saw of water down to `water`, which learns from it: plain values, by public code."""

from rembug.lib.actor import Actor
from rembug.places import queries as places
from rembug.reports.models import Report
from rembug.reports.queries.categories import categories
from rembug.water.actions.observe import Seen, observe
from rembug.water.queries.learnt import learns, taken_until

BATCH = 5000  # more than one judgement ever stamps with the same moment


def teach(*, actor: Actor) -> int:
    """Push reports of water that changed since the last push, city by city; return how many sightings changed."""
    return sum(_teach_city(actor, city) for city in places.cities() if learns(city))


def _teach_city(actor: Actor, city: str) -> int:
    flood = [kind.code for kind in categories(city).values() if kind.is_flood]
    rows = Report.objects.filter(city=city, category__in=flood, stirred_at=None)
    rows = rows.exclude(processed_at=None).exclude(tide_level_cm=None)
    until = taken_until(city)
    if until is not None:
        rows = rows.filter(changed_at__gte=until)
    seen = [_seen(row) for row in rows.order_by("changed_at", "id")[:BATCH]]
    return observe(actor=actor, city=city, seen=seen) if seen else 0


def _seen(row: Report) -> Seen:
    depth = None
    if row.depth_low_cm is not None and row.depth_high_cm is not None:
        depth = (row.depth_low_cm + row.depth_high_cm) / 2
    return Seen(
        report=row.code,
        at=row.observed_at,
        lon=row.lon,
        lat=row.lat,
        area_code=row.area_code,
        is_wet=row.claim == "present",
        depth_cm=depth,
        level_cm=row.tide_level_cm or 0.0,
        probability=row.probability,
        as_of=row.changed_at,
        holds=row.state == Report.State.ACTIVE and row.visibility == "public",
    )
