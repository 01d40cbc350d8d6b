"""What a screen can show: cells with counts from afar, points from near. The answer is bounded by the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FINEST = 13  # H3 resolution that is kept for each report (a cell of about 4 m)
CELLS_MAX = 400
POINTS_MAX = 300
# Web map zoom -> H3 resolution whose cells are some forty pixels wide there.
RESOLUTION = {8: 5, 9: 6, 10: 6, 11: 7, 12: 8, 13: 8, 14: 9, 15: 10, 16: 11, 17: 11, 18: 12, 19: 13}
POINTS_FROM_ZOOM = 13

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Columns:
    """Public live reports, one row each, shape (n,). Places are masked WGS 84 degrees, `cell` is H3 of `FINEST`."""

    id: Ints
    lon: Floats
    lat: Floats
    cell: NDArray[np.uint64]
    category: Ints
    depth: Ints  # index in the depth ladder, -1 unknown
    rung: Ints
    percent: Ints
    until: Floats  # epoch seconds until which it counts as live

    def __len__(self) -> int:
        return len(self.id)

    def take(self, rows: Any) -> Columns:
        """Rows by index or mask."""
        return Columns(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Box:
    """What the screen shows, in degrees. West may be greater than east across the date line."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Cells as rows of (lon, lat, count, deepest, rung), or single reports; `resolution` is that of the cells."""

    cells: list[list[float | int]]
    points: Columns
    total: int
    resolution: int


def live_in(columns: Columns, box: Box, now: float, category: int | None = None) -> Bools:
    """Return the mask of reports that are live and inside the box (edges included)."""
    inside = (columns.lat >= box.south) & (columns.lat <= box.north) & (columns.until > now)
    if box.west <= box.east:
        inside &= (columns.lon >= box.west) & (columns.lon <= box.east)
    else:
        inside &= (columns.lon >= box.west) | (columns.lon <= box.east)
    if category is not None:
        inside &= columns.category == category
    return inside


def parents(cells: NDArray[np.uint64], resolution: int) -> NDArray[np.uint64]:
    """Return the ancestors of H3 cells at a coarser resolution.

    An H3 index holds its resolution in bits 52–55 and a digit of 3 bits for each of 15 levels; unused digits are 7.
    """
    kept = cells & ~np.uint64(0xF << 52) | np.uint64(resolution << 52)
    return np.asarray(kept | np.uint64((1 << 3 * (15 - resolution)) - 1), dtype=np.uint64)
