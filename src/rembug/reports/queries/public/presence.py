"""Where water stands now, kelurahan by kelurahan, from reports and from what verifiers found.

Reasons and formulas: docs/algorithms/verification.md, "Where water stands".
"""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
import shapely
from django.db.models import Case, Count, IntegerField, Sum, Value, When

from rembug.lib import clock
from rembug.places import queries as places
from rembug.reports.models import Incident
from rembug.reports.queries.categories import categories
from rembug.reports.queries.public.faces import counted_reports
from rembug.reports.queries.public_types import HourOfWater
from rembug.reports.queries.town import Town, town
from rembug.reports.rules import presence
from rembug.reports.rules.observations import Floats
from rembug.reports.rules.presence import Evidence, Statements, Word

HOURS = 24  # shown
WARM_UP = 12  # read before them, so that the first hour shown has a past
FRESH_S = 5  # a crowd that reads asks the database no more often
NEAR_DEG = 0.0003  # about 30 m: shapes drawn apart are still neighbours


def water_by_hour(city: str, area_code: str) -> tuple[HourOfWater, ...]:
    """Return the last `HOURS` clock hours of a kelurahan, oldest first; the last one runs until now.

    Empty when the area is no kelurahan of the city. At most `FRESH_S` old. Raises `NotFound` for an unknown city.
    """
    return _by_area(city, int(time.monotonic() // FRESH_S)).get(area_code, ())


@lru_cache(maxsize=16)
def _by_area(city: str, _period: int) -> Mapping[str, tuple[HourOfWater, ...]]:
    place, now = town(city), clock.now()
    last = now.replace(minute=0, second=0, microsecond=0)
    starts = [last - timedelta(hours=back) for back in reversed(range(HOURS + WARM_UP))]
    rows = _rows(city, place)
    belief = presence.follow(
        _evidence(city, rows, starts, now),
        np.arange(len(starts)),
        _neighbours(place),
        statements=_statements(city, rows, starts, now),
    )
    ends = [*starts[1:], now]
    shown = range(WARM_UP, len(starts))
    return {
        ward.code: tuple(HourOfWater(ends[hour], float(belief[hour, row])) for hour in shown)
        for row, ward in enumerate(place.wards)
    }


def forget() -> None:
    """Forget what this process keeps (between tests)."""
    _by_area.cache_clear()


def _rows(city: str, place: Town) -> dict[str, int]:
    """Return the row of the neighbour matrix for each kelurahan and for each RW inside it."""
    wards = {ward.code: row for row, ward in enumerate(place.wards)}
    inside = {area.code: wards[area.parent_code] for area in places.areas(city) if area.parent_code in wards}
    return inside | wards


def _neighbours(place: Town) -> Floats:
    near = [shapely.buffer(ward.shape, NEAR_DEG) for ward in place.wards]
    touch = np.array([shapely.intersects(area, [ward.shape for ward in place.wards]) for area in near])
    matrix = touch.reshape(len(near), len(near)).astype(np.float64)
    np.fill_diagonal(matrix, 0.0)
    return np.asarray(matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1.0))


def _floods(city: str) -> list[str]:
    return [code for code, kind in categories(city).items() if kind.is_flood]


def _evidence(city: str, rows: Mapping[str, int], starts: list[datetime], now: datetime) -> Evidence:
    """Add up the reports of each area and hour; those that a verifier found false are no evidence."""
    hour = Case(
        *(
            When(observed_at__gte=start, then=Value(number))
            for number, start in reversed([*enumerate(starts)])
        ),
        output_field=IntegerField(),
    )
    found = (
        counted_reports(city)
        .filter(category__in=_floods(city), area_code__in=list(rows))
        .filter(observed_at__gte=starts[0], observed_at__lte=now)
        .exclude(decided="false")
        .annotate(hour=hour)
        .values_list("area_code", "hour", "claim")
        .annotate(number=Count("pk"), likely=Sum("probability"))
        .order_by()
    )
    sums = [
        (rows[area], at, (1 if claim == "present" else -1) * presence.weight_of(number, likely), number)
        for area, at, claim, number, likely in found
    ]
    area, at, weight, number = zip(*sums, strict=True) if sums else ((), (), (), ())
    return Evidence(
        np.array(area, np.int64),
        np.array(at, np.int64),
        np.array(weight, np.float64),
        np.array(number, np.int64),
    )


def _statements(city: str, rows: Mapping[str, int], starts: list[datetime], now: datetime) -> Statements:
    """Verifiers' words: water where an incident was found true; the word is taken back where the last one ended."""
    wet: set[tuple[int, int]] = set()
    over: set[tuple[int, int]] = set()
    found = Incident.objects.filter(
        city=city,
        category__in=_floods(city),
        area_code__in=list(rows),
        rung="verified",
        is_public=True,
        last_at__gte=starts[0],
        started_at__lte=now,
    )
    for code, begun, last, ended in found.values_list("area_code", "started_at", "last_at", "ended_at"):
        wet.update((rows[code], _hour(at, starts)) for at in (begun, last) if at >= starts[0])
        if ended is not None and ended <= now:
            over.add((rows[code], _hour(ended, starts)))
    said = [(*key, Word.PASSED_OVER) for key in over - wet] + [(*key, Word.WET) for key in wet]
    area, hour, word = zip(*said, strict=True) if said else ((), (), ())
    return Statements(*(np.array(column, np.int64) for column in (area, hour, word)))


def _hour(at: datetime, starts: list[datetime]) -> int:
    return min(max(int((at - starts[0]).total_seconds() // 3600), 0), len(starts) - 1)
