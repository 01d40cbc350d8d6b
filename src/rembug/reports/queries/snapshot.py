"""The live map in memory: every process keeps the public live reports of a city and reads only what changed.

A hundred thousand reports are 8 MB; a question takes less than a millisecond and no database. The list of the same
reports is a plain query, and a test compares the two.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import h3.api.basic_int as h3
import numpy as np
from django.db.models import Q, QuerySet

from rembug.lib import clock
from rembug.reports.models import Report
from rembug.reports.queries.categories import categories
from rembug.reports.rules.depth import DEPTHS
from rembug.reports.rules.ladder import Rung
from rembug.reports.rules.pyramid import Pyramid
from rembug.reports.rules.screen import FINEST, Columns

LOOK_AGAIN_S = 0.5
# A slow transaction may show a row that changed a little earlier: each look reaches back a little, now and then far.
OVERLAP = timedelta(seconds=2)
FAR_OVERLAP, FAR_EVERY_S = timedelta(seconds=15), 5.0
DEPTH_INDEX = {depth.code: index for index, depth in enumerate(DEPTHS)}
RUNG_INDEX = {rung.name.lower(): int(rung) for rung in Rung}
FIELDS = (
    "id",
    "code",
    "category",
    "depth_class",
    "rung",
    "probability",
    "public_lon",
    "public_lat",
    "observed_at",
    "state",
    "visibility",
    "processed_at",
    "changed_at",
)
Row = tuple[Any, ...]
EMPTY = Columns(
    id=np.zeros(0, dtype=np.int64),
    lon=np.zeros(0),
    lat=np.zeros(0),
    cell=np.zeros(0, dtype=np.uint64),
    category=np.zeros(0, dtype=np.int64),
    depth=np.zeros(0, dtype=np.int64),
    rung=np.zeros(0, dtype=np.int64),
    percent=np.zeros(0, dtype=np.int64),
    until=np.zeros(0),
)


@dataclass(slots=True)
class Held:
    """What a process keeps of one city."""

    pyramid: Pyramid = field(default_factory=lambda: Pyramid(EMPTY))
    codes: dict[int, str] = field(default_factory=dict)
    read_at: datetime | None = None  # when the database was last asked
    looked: float = -1e9
    looked_far: float = -1e9
    categories: list[str] = field(default_factory=list)


class Snapshots:
    """The cities that this process has been asked for."""

    def __init__(self) -> None:
        self._cities: dict[str, Held] = {}
        self._lock = threading.Lock()

    def of(self, city: str) -> Held:
        """Return the city's reports, at most half a second behind the database."""
        known = self._cities.get(city)
        if known is not None and time.monotonic() - known.looked < LOOK_AGAIN_S:
            return known
        # While one thread refreshes, the others answer with what is there.
        if known is not None and not self._lock.acquire(blocking=False):
            return known
        if known is None:
            self._lock.acquire()
        try:
            known = self._cities.get(city) or Held()
            if time.monotonic() - known.looked >= LOOK_AGAIN_S:
                known = self._cities[city] = refreshed(city, known)
            return known
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Forget everything (tests)."""
        self._cities.clear()


SNAPSHOTS = Snapshots()


def live_reports(city: str, now: datetime) -> QuerySet[Report]:
    """Return the public reports that are live: the plain query behind the map and its list."""
    alive = Q(pk__in=[])
    for kind in categories(city).values():
        alive |= Q(category=kind.code, observed_at__gt=now - timedelta(seconds=kind.live_s))
    return public_reports(city).filter(alive)


def public_reports(city: str) -> QuerySet[Report]:
    """Return every report that anybody may read, live or not."""
    rows = Report.objects.filter(city=city, state=Report.State.ACTIVE, visibility="public")
    return rows.exclude(processed_at=None).exclude(public_lon=None)


def refreshed(city: str, before: Held) -> Held:
    """Read what changed since the last look and return the city anew; what is over is dropped."""
    started, now = time.monotonic(), clock.now()
    kinds = categories(city)
    names = list(kinds)
    longest = max((kind.live_s for kind in kinds.values()), default=0.0)
    rows = Report.objects.filter(city=city, observed_at__gt=now - timedelta(seconds=longest))
    far = started - before.looked_far >= FAR_EVERY_S
    if before.read_at is None or names != before.categories:
        before = Held()
        rows = rows & live_reports(city, now)
    else:
        rows = rows.filter(changed_at__gt=before.read_at - (FAR_OVERLAP if far else OVERLAP))
    changed: list[Row] = list(rows.values_list(*FIELDS).iterator(chunk_size=20_000))
    shown = [
        row
        for row in changed
        if row[9] == "active" and row[10] == "public" and row[11] and row[6] is not None
    ]
    live_s = {name: kind.live_s for name, kind in kinds.items()}
    fresh = _columns(shown, {name: index for index, name in enumerate(names)}, live_s)
    pyramid = _merged(before.pyramid, fresh, [row[0] for row in changed], now.timestamp())
    # Only added to, so that whoever still answers from the pyramid before finds its codes.
    codes = before.codes
    codes.update((row[0], row[1]) for row in shown)
    if len(codes) > 2 * len(pyramid.columns) + 1000:
        codes = {key: codes[key] for key in pyramid.columns.id.tolist()}
    return Held(pyramid, codes, now, started, started if far else before.looked_far, names)


def _merged(before: Pyramid, fresh: Columns, changed: list[int], now: float) -> Pyramid:
    """Return what is shown now; the same pyramid, with its sums, when nothing is."""
    held = before.columns
    over = held.until <= now
    if not changed and not over.any():
        return before
    kept = held.take(~np.isin(held.id, np.array(changed, dtype=np.int64)) & ~over)
    names = Columns.__dataclass_fields__
    return Pyramid.over(Columns(*(np.concatenate([getattr(kept, n), getattr(fresh, n)]) for n in names)))


def _columns(rows: list[Row], category: dict[str, int], live_s: dict[str, float]) -> Columns:
    if not rows:
        return EMPTY
    column = list(zip(*rows, strict=True))
    ends = [at.timestamp() + live_s.get(kind, 0.0) for kind, at in zip(column[2], column[8], strict=True)]
    cells = [h3.latlng_to_cell(lat, lon, FINEST) for lon, lat in zip(column[6], column[7], strict=True)]
    return Columns(
        id=np.array(column[0], dtype=np.int64),
        lon=np.array(column[6], dtype=np.float64),
        lat=np.array(column[7], dtype=np.float64),
        cell=np.array(cells, dtype=np.uint64),
        category=np.array([category.get(name, -1) for name in column[2]], dtype=np.int64),
        depth=np.array([DEPTH_INDEX.get(name, -1) for name in column[3]], dtype=np.int64),
        rung=np.array([RUNG_INDEX.get(name, 0) for name in column[4]], dtype=np.int64),
        percent=np.rint(np.array(column[5]) * 100).astype(np.int64),
        until=np.array(ends, dtype=np.float64),
    )
