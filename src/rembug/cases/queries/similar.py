"""Open cases of the same kind near in place and time: one answer may serve them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import h3

from rembug.cases.models import Case
from rembug.cases.rules.states import NAMES, OPEN
from rembug.lib.masking import distance_m

REACH_M = 100.0
SPAN = timedelta(hours=1)
RESOLUTION = 9  # cells about 174 m wide at the side: the reach lies within a cell and its ring
LISTED = 10


@dataclass(frozen=True, slots=True)
class Similar:
    """One open case near by."""

    code: str
    state_name: str
    metres: float
    opened_at: datetime


def similar(
    city: str, category: str, lon: float, lat: float, at: datetime, *, but: str = "", english: bool = False
) -> list[Similar]:
    """Return open cases of a category within 100 m and an hour, nearest first."""
    cells = h3.grid_disk(h3.latlng_to_cell(lat, lon, RESOLUTION), 1)
    rows = Case.objects.filter(
        cell__in=cells, category=category, opened_at__gte=at - SPAN, opened_at__lte=at + SPAN
    )
    rows = rows.filter(city=city, state__in=OPEN).exclude(code=but)
    near = []
    for code, state, x, y, opened in rows.values_list("code", "state", "lon", "lat", "opened_at"):
        metres = distance_m(lon, lat, x, y) if x is not None and y is not None else REACH_M + 1
        if metres <= REACH_M:
            near.append(Similar(code, NAMES[state][english], metres, opened))
    return sorted(near, key=lambda one: (one.metres, one.code))[:LISTED]


def is_near(row: Case, lon: float, lat: float) -> bool:
    """Tell whether a case lies within the reach of a place."""
    return row.lon is not None and row.lat is not None and distance_m(lon, lat, row.lon, row.lat) <= REACH_M
