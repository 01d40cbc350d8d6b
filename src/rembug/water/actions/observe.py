"""Taking what people saw at a place: plain values from reports, by their public code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rembug.lib.actor import Actor
from rembug.places.rules import cell
from rembug.water.models import Observation, Setup
from rembug.water.queries.context import PLACE


@dataclass(frozen=True, slots=True)
class Seen:
    """What one report says of a place. `depth_cm` is None where nobody said; `holds` is False once it was withdrawn."""

    report: str
    at: datetime
    lon: float
    lat: float
    area_code: str
    is_wet: bool
    depth_cm: float | None
    level_cm: float
    probability: float
    as_of: datetime
    holds: bool = True


@transaction.atomic
def observe(*, actor: Actor, city: str, seen: Sequence[Seen]) -> int:
    """Keep wet and dry sightings for learning; the same report again replaces what it said. Return how many changed."""
    known = {
        row.report: row for row in Observation.objects.filter(city=city, report__in=[s.report for s in seen])
    }
    gone = [row.pk for one in seen if not one.holds and (row := known.get(one.report))]
    new, changed = [], []
    for one in (one for one in seen if one.holds):
        row = known.get(one.report)
        values = _values(one)
        if row is None:
            new.append(Observation(city=city, report=one.report, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.taught_at = None
            changed.append(row)
    if gone:
        cells = list(Observation.objects.filter(pk__in=gone).values_list("cell", flat=True))
        Observation.objects.filter(pk__in=gone).delete()
        Observation.objects.filter(city=city, cell__in=cells).update(taught_at=None)
    Observation.objects.bulk_create(new)
    Setup.objects.filter(city=city).update(taken_until=max(one.as_of for one in seen))
    Observation.objects.bulk_update(changed, [*_values(seen[0]), "taught_at"] if changed else ["taught_at"])
    return len(gone) + len(new) + len(changed)


def _values(one: Seen) -> dict[str, object]:
    return {
        "at": one.at,
        "cell": cell(one.lon, one.lat, PLACE),
        "area_code": one.area_code,
        "wet": one.is_wet,
        "depth_cm": one.depth_cm,
        "level_cm": one.level_cm,
        "probability": round(one.probability, 4),
    }
