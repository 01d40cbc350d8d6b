"""From the values of a run to the arrays that the kernels read."""

from __future__ import annotations

import numpy as np

from rob.flood.structures import Barrier, Row, Structures, check_cell, check_table
from rob.kernels.advance import Forcing, Room
from rob.kernels.flux import chunks
from rob.kernels.sweep import Field
from rob.kernels.weir import Dykes, Links
from rob.types import GRAVITY, Bools, Faces, Floats

WALL = 1.0e4
"""Height given to cells without ground, metres: no water passes them."""


def field_of(z: Floats, h: Floats, roughness: Floats | float) -> Field:
    """The grid state; `z` without NaN, `roughness` is Manning's n, one number or one for each cell."""
    rows, columns = z.shape
    n = np.asarray(roughness, float)
    if n.ndim == 0:
        n = np.full((1, columns), n)
    drag_x, drag_y = n.copy(), n.copy()
    drag_x[:, :-1] = 0.5 * (n[:, :-1] + n[:, 1:])
    if n.shape[0] > 1:
        drag_y[:-1] = 0.5 * (n[:-1] + n[1:])
    count = chunks(columns)
    return Field(
        np.ascontiguousarray(z),
        np.ascontiguousarray(h),
        np.zeros((rows, columns + 2)),
        np.zeros((rows + 1, columns)),
        GRAVITY * drag_x**2,
        GRAVITY * drag_y**2,
        np.ones((2, rows, count), np.uint8),
        np.zeros((rows, count), np.uint8),
    )


def room_of(rows: int, columns: int, bands: int) -> Room:
    """Work space for so many bands."""
    return Room(
        np.zeros((bands, 5, columns + 2)),
        np.zeros((bands + 1, 2, columns)),
        np.zeros((rows, chunks(columns) + 1), np.int32),
        np.zeros(max(rows * columns, 1024), np.int64),
        np.zeros(bands),
    )


def dykes_of(barriers: tuple[Barrier, ...], shape: tuple[int, int], coefficient: float, source: str) -> Dykes:
    """All barriers as faces in the order the sweep meets them; where two share a face, the later one counts."""
    faces, way, table = Faces.none(), [], []
    for number, barrier in enumerate(barriers):
        barrier.faces.check(*shape, source)
        if barrier.crest is not None:
            check_table(barrier.crest, source, f"barrier {number + 1} crest")
        faces = faces.joined(barrier.faces)
        way += [barrier.way] * len(barrier.faces.row)
        table += [barrier.crest] * len(barrier.faces.row)
    rank = np.arange(len(way))
    order = np.lexsort((rank, faces.column, faces.row, faces.south))
    key = (faces.south * (shape[0] + 1) + faces.row) * shape[1] + faces.column
    order = order[np.append(np.diff(key[order]) != 0, True)] if len(order) else order
    first = np.searchsorted(
        (faces.south * (shape[0] + 1) + faces.row)[order],
        np.stack([np.arange(shape[0] + 1), np.arange(shape[0] + 1) + shape[0] + 1]),
    )
    timed = [k for k, n in enumerate(order) if table[n] is not None]
    tables = Row()
    for k in timed:
        crest = table[order[k]]
        assert crest is not None
        tables.add(crest)
    spans, when, height = tables.arrays()
    return Dykes(
        first.astype(np.int32),
        faces.column[order].astype(np.int32),
        faces.crest[order].astype(float),
        np.array(way, np.int32)[order] if len(order) else np.empty(0, np.int32),
        coefficient,
        np.array(timed, np.int32),
        spans,
        when,
        height,
    )


def links_of(structures: Structures, shape: tuple[int, int], source: str) -> Links:
    """Pumps first, then culverts."""
    rows: list[tuple[int, int, int, float, float, float, int]] = []
    for pump in structures.pumps:
        end = -1 if pump.end is None else check_cell(pump.end, shape, source, "pump")
        rows.append(
            (0, check_cell(pump.start, shape, source, "pump"), end, pump.capacity, pump.on, pump.off, 1)
        )
    for pipe in structures.culverts:
        ends = [check_cell(cell, shape, source, "culvert") for cell in (pipe.start, pipe.end)]
        rows.append((1, ends[0], ends[1], pipe.coefficient * pipe.area, 0.0, pipe.invert, int(pipe.one_way)))
    whole = [np.array([row[k] for row in rows], np.int64) for k in (0, 1, 2, 6)]
    real = [np.array([row[k] for row in rows], float) for k in (3, 4, 5)]
    running = np.zeros(len(rows), np.int64)
    return Links(
        whole[0], whole[1], whole[2], real[0], real[1], real[2], whole[3], running, np.zeros(len(rows))
    )


def forcing_of(
    structures: Structures, sea: Bools, walls: Bools, level: tuple[Floats, Floats], source: str
) -> Forcing:
    """Sea, rain and rivers."""
    tables, cells = Row(), []
    for number, river in enumerate(structures.rivers):
        check_table(river.discharge, source, f"river {number + 1} discharge")
        share = 1.0 / len(river.cells)
        for cell in river.cells:
            cells.append(check_cell(cell, sea.shape, source, f"river {number + 1}"))
            tables.add((river.discharge[0], tuple(q * share for q in river.discharge[1])))
    if structures.rain is not None:
        check_table(structures.rain, source, "rain")
    rain = structures.rain or ((), ())
    first, when, rate = tables.arrays()
    return Forcing(
        np.flatnonzero(walls).astype(np.int64),
        np.flatnonzero(sea & ~walls).astype(np.int64),
        level[0],
        level[1],
        np.array(rain[0], float),
        np.array(rain[1], float) / 3.6e6,
        np.array(cells, np.int64),
        first,
        when,
        rate,
    )
