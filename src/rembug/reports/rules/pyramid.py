"""The live map's answers: each cell of each coarseness is summed once, and a question only opens the cells on its edge.

Rows are sorted by H3 cell, and an H3 index begins with its ancestors: so the rows of a cell of any resolution stand one
after another. A screen from afar costs as much as the cells that it shows, however many reports lie in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .screen import (
    CELLS_MAX,
    FINEST,
    POINTS_FROM_ZOOM,
    POINTS_MAX,
    RESOLUTION,
    Answer,
    Bools,
    Box,
    Columns,
    Floats,
    Ints,
    live_in,
    parents,
)

SUMMED = 9  # finest resolution whose sums are kept; in finer ones a screen holds few enough reports to sum each time
COARSEST = 3
SHOWN_RUNG = 3  # contested and refuted reports do not raise a cell's rung
Row = list[float | int]


@dataclass(frozen=True, slots=True)
class Level:
    """The cells of one resolution, arrays (k,). `start` (k + 1,) is where the rows of each begin in the columns."""

    start: Ints
    lon: Floats  # sums over the reports
    lat: Floats
    deepest: Ints
    rung: Ints
    west: Floats  # bounds of the reports, not of the cell
    south: Floats
    east: Floats
    north: Floats
    until: Floats  # until then all of them are live

    @property
    def sizes(self) -> Ints:
        """Return how many reports each cell holds."""
        return np.diff(self.start)

    def against(self, box: Box, now: float) -> tuple[Bools, Bools]:
        """Return (whole, edge): cells that lie in the box with all their reports, and those to be looked through."""
        edge = (self.north >= box.south) & (self.south <= box.north)
        if box.west > box.east:  # across the date line
            return np.zeros(len(edge), dtype=np.bool_), edge
        edge &= (self.east >= box.west) & (self.west <= box.east)
        whole = edge & (self.south >= box.south) & (self.north <= box.north) & (self.until > now)
        whole &= (self.west >= box.west) & (self.east <= box.east)
        return whole, edge & ~whole

    def rows_of(self, cells: Bools) -> Ints:
        """Return the rows of these cells, in their order."""
        start, size = self.start[:-1][cells], self.sizes[cells]
        skipped = np.repeat(start - (np.cumsum(size) - size), size)
        return skipped + np.arange(len(skipped))


def level_of(columns: Columns, resolution: int) -> Level:
    """Sum the rows, which are sorted by cell, over the cells of a resolution."""
    cell = parents(columns.cell, resolution)
    first = np.flatnonzero(np.concatenate([[len(cell) > 0], cell[1:] != cell[:-1]])[: len(cell)])
    if not len(first):
        nothing = np.zeros(0)
        whole = np.zeros(0, dtype=np.int64)
        return Level(np.zeros(1, dtype=np.int64), nothing, nothing, whole, whole, *[nothing] * 5)
    return Level(
        start=np.append(first, len(cell)),
        lon=np.add.reduceat(columns.lon, first),
        lat=np.add.reduceat(columns.lat, first),
        deepest=np.maximum.reduceat(columns.depth, first),
        rung=np.maximum.reduceat(np.where(columns.rung <= SHOWN_RUNG, columns.rung, 0), first),
        west=np.minimum.reduceat(columns.lon, first),
        south=np.minimum.reduceat(columns.lat, first),
        east=np.maximum.reduceat(columns.lon, first),
        north=np.maximum.reduceat(columns.lat, first),
        until=np.minimum.reduceat(columns.until, first),
    )


@dataclass(slots=True)
class Pyramid:
    """Public live reports, sorted by cell, with the sums that were asked for. Never changed, only replaced."""

    columns: Columns
    _levels: dict[int, Level] = field(default_factory=dict)
    _alone: dict[int, Pyramid] = field(default_factory=dict)  # by category

    @classmethod
    def over(cls, columns: Columns) -> Pyramid:
        """Return the pyramid over these rows, which may come in any order."""
        return cls(columns.take(np.argsort(columns.cell, kind="stable")))

    def answer(self, box: Box, zoom: int, now: float, category: int | None = None) -> Answer:
        """Return what the screen can show of the live reports in the box.

        From zoom `POINTS_FROM_ZOOM` on, up to `POINTS_MAX` reports are shown one by one; more of them, or from farther,
        as cells with counts. A cell that is too crowded even at the finest resolution keeps its count: the list of the
        same box has every report, page by page.
        """
        if category is not None:
            return self._of(category).answer(box, zoom, now)
        wanted = RESOLUTION.get(min(max(zoom, 8), 19), FINEST)
        level = self._level(min(wanted, SUMMED))
        whole, edge = level.against(box, now)
        inside = self._inside(level.rows_of(edge), box, now)
        total = int(level.sizes[whole].sum()) + len(inside)
        nothing = self.columns.take(np.zeros(0, dtype=np.int64))
        if zoom >= POINTS_FROM_ZOOM and total <= POINTS_MAX:
            rows = np.sort(np.concatenate([level.rows_of(whole), inside]))
            return Answer([], self.columns.take(rows), total, 0)
        if wanted > SUMMED:
            seen = self.columns.take(np.sort(np.concatenate([level.rows_of(whole), inside])))
            for resolution in range(wanted, SUMMED, -1):
                found = level_of(seen, resolution)
                if len(found.deepest) <= CELLS_MAX:
                    return Answer(_rows(found), nothing, total, resolution)
        for resolution in range(min(wanted, SUMMED), COARSEST - 1, -1):
            cells = self._cells(resolution, box, now)
            if len(cells) <= CELLS_MAX or resolution == COARSEST:
                break
        return Answer(cells, nothing, total, resolution)

    def _cells(self, resolution: int, box: Box, now: float) -> list[Row]:
        level = self._level(resolution)
        whole, edge = level.against(box, now)
        inside = self._inside(level.rows_of(edge), box, now)
        return _rows(level, whole) + _rows(level_of(self.columns.take(inside), resolution))

    def _inside(self, rows: Ints, box: Box, now: float) -> Ints:
        return rows[live_in(self.columns.take(rows), box, now)]

    def _level(self, resolution: int) -> Level:
        known = self._levels.get(resolution)
        if known is None:  # two threads may sum the same; either result will do
            known = self._levels[resolution] = level_of(self.columns, resolution)
        return known

    def _of(self, category: int) -> Pyramid:
        known = self._alone.get(category)
        if known is None:
            known = self._alone[category] = Pyramid(self.columns.take(self.columns.category == category))
        return known


def _rows(level: Level, chosen: Bools | None = None) -> list[Row]:
    """Return cells as (lon, lat, count, deepest, rung)."""
    take = slice(None) if chosen is None else chosen
    sizes = level.sizes[take]
    lon, lat = np.round(level.lon[take] / sizes, 5), np.round(level.lat[take] / sizes, 5)
    columns = (lon, lat, sizes, level.deepest[take], level.rung[take])
    return [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
