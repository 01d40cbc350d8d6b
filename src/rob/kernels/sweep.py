"""One time step of the flood over a band of rows: fluxes and depths in a single pass while the rows are in cache."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rob.kernels.flux import CHUNK, across, east, fill, mix, south
from rob.kernels.jit import compiled, fast
from rob.kernels.weir import Dykes, dyke_row
from rob.types import Bytes, Floats, Ints


class Field(NamedTuple):
    """Everything of a flood that lives on the grid.

    ``z``, ``h (rows, columns)`` m; ``qx (rows, columns + 2)``: the face east of column j at ``j + 1``; ``qy (rows + 1,
    columns)``: the face south of row i at ``i + 1``, m²/s; ``drag_x``, ``drag_y (1 or rows, columns)``: g n² at the
    faces; ``wet (2, rows, chunks)`` and ``active (rows, chunks)``: what may be skipped.
    """

    z: Floats
    h: Floats
    qx: Floats
    qy: Floats
    drag_x: Floats
    drag_y: Floats
    wet: Bytes
    active: Bytes


class Step(NamedTuple):
    """Numbers of one step: Δt s, Δx m, g Δt/Δx, Δt/Δx, rain m, thin m, θ, which half of ``wet`` is old, skip or not."""

    dt: float
    push: float
    ratio: float
    rain: float
    thin: float
    theta: float
    old: int
    skip: bool


DUST = 1e-13
"""Depth below zero that is rounding and nothing else, metres."""


@compiled
def mark_active(field: Field, step: Step, i: int) -> None:
    """Which chunks of row `i` must be computed: wet ones and their neighbours; faces of the others are cleared."""
    rows, columns = field.z.shape
    count = field.active.shape[1]
    old = field.wet[step.old]
    up, down = max(i - 1, 0), min(i + 1, rows - 1)
    for k in range(count):
        left, right = max(k - 1, 0), min(k + 1, count - 1)
        near = old[i, k] | old[i, left] | old[i, right] | old[up, k] | old[down, k]
        now = 1 if near or not step.skip else 0
        if field.active[i, k] and not now:
            first, last = k * CHUNK, min(k * CHUNK + CHUNK, columns)
            field.qx[i, first + 1 : last + 1] = 0.0
            field.qy[i + 1, first:last] = 0.0
        field.active[i, k] = now


@compiled
def span(active: Bytes, k: int) -> tuple[int, int]:
    """The next run of active chunks from chunk `k` on: its first and the one after its last (equal at the end)."""
    count = active.size
    while k < count and not active[k]:
        k += 1
    end = k
    while end < count and active[end]:
        end += 1
    return k, end


@fast
def south_row(
    field: Field, step: Step, dykes: Dykes, i: int, before: Floats, mixed: Floats, cross: Floats, out: Floats
) -> None:
    """New discharge through the faces south of row `i` into `out` (which may be the row itself).

    `before` comes in as the old discharge through the faces north of the row and goes out as that south of it.
    """
    columns = field.z.shape[1]
    flow, below = field.qy[i + 1], field.qy[i + 2]
    z0, z1, h0, h1 = field.z[i], field.z[i + 1], field.h[i], field.h[i + 1]
    drag = field.drag_y[i if field.drag_y.shape[0] > 1 else 0]
    active, done = field.active[i], 0
    k, end = span(active, 0)
    while k < end:
        first, last = k * CHUNK, min(end * CHUNK, columns)
        out[done:first] = 0.0
        before[done:first] = 0.0
        mix(flow, before, below, step.theta, first, last, mixed)
        across(field.qx[i], field.qx[i + 1], 0, first, last, cross)
        south(z0, z1, h0, h1, before, mixed, cross, drag, step.dt, step.push, step.thin, first, last, out)
        done = last
        k, end = span(active, end)
    before[done:] = 0.0
    out[done:] = 0.0
    if dykes.first[1, i + 1] > dykes.first[1, i]:
        dyke_row(dykes, 1, i, z0, z1, 0, h0, h1, before, 0, drag, step.dt, step.push, step.thin, out)


@fast
def east_row(
    field: Field, step: Step, dykes: Dykes, i: int, before: Floats, cross: Floats, new: Floats
) -> None:
    """New discharge through the faces east of the cells of row `i`, into `new`; `before` is the old one north of it."""
    columns = field.z.shape[1]
    z, h, q = field.z[i], field.h[i], field.qx[i]
    drag = field.drag_x[i if field.drag_x.shape[0] > 1 else 0]
    active = field.active[i]
    k, end = span(active, 0)
    while k < end:
        first, last = k * CHUNK, min(end * CHUNK, columns - 1)
        across(before, field.qy[i + 1], 0, first, last, cross)
        east(z, h, q, cross, drag, step.dt, step.push, step.thin, step.theta, first, last, new)
        k, end = span(active, end)
    if dykes.first[0, i + 1] > dykes.first[0, i]:
        dyke_row(dykes, 0, i, z, z, 1, h, h, q, 1, drag, step.dt, step.push, step.thin, new)


@fast
def store_east(field: Field, i: int, new: Floats) -> None:
    """Put the new discharge of `east_row` in place, once the faces south of the row no longer need the old one."""
    active, columns = field.active[i], field.z.shape[1]
    k, end = span(active, 0)
    while k < end:
        first, last = k * CHUNK, min(end * CHUNK, columns - 1)
        field.qx[i, first + 1 : last + 1] = new[first:last]
        k, end = span(active, end)


@fast
def fill_row(
    field: Field, step: Step, i: int, north: Floats, below: Floats, most: Floats, drained: Ints
) -> int:
    """Depths of row `i`; returns how many chunks hold a negative one (listed in `drained`)."""
    columns = field.z.shape[1]
    h, q, wet = field.h[i], field.qx[i], field.wet[1 - step.old, i]
    count = 0
    for k in range(field.active.shape[1]):
        wet[k] = 0
        if field.active[i, k]:
            first, last = k * CHUNK, min(k * CHUNK + CHUNK, columns)
            total, negative = fill(h, q, north, below, step.ratio, step.rain, first, last, most)
            wet[k] = 1 if total - negative > 0.0 else 0
            if negative < 0.0:
                drained[count] = k
                count += 1
    return count


@fast
def band(
    field: Field,
    step: Step,
    dykes: Dykes,
    first: int,
    last: int,
    above: Floats,
    edge: Floats,
    room: Floats,
    drained: Ints,
) -> float:
    """Rows `first` to `last` (not included); returns the greatest depth.

    Parameters
    ----------
    above
        ``(2, columns)``: old and new discharge through the faces north of row `first`.
    edge
        New discharge through the faces south of the last row, computed beforehand when another band follows.
    room
        ``(5, columns + 2)``.
    drained
        ``(rows, chunks)`` and in the last column the count: chunks with a negative depth.
    """
    columns = field.z.shape[1]
    before, mixed, new, deep, cross = room[0, :columns], room[1], room[2], room[3, :columns], room[4]
    before[:] = above[0]
    deep[:] = 0.0
    north = above[1]
    for i in range(first, last):
        mark_active(field, step, i)
        east_row(field, step, dykes, i, before, cross, new)
        flow = field.qy[i + 1]
        if i + 1 < last:
            south_row(field, step, dykes, i, before, mixed, cross, flow)
        else:
            flow[:] = edge
        store_east(field, i, new)
        drained[i, -1] = fill_row(field, step, i, north, flow, deep, drained[i])
        north = flow
    return float(deep.max())


@fast
def seam(field: Field, step: Step, dykes: Dykes, i: int, room: Floats, edge: Floats) -> None:
    """Before the bands run: the faces south of row `i`, the last of a band, into ``edge`` (old, new)."""
    columns = field.z.shape[1]
    mark_active(field, step, i)
    before, mixed = room[0, :columns], room[1]
    before[:] = field.qy[i]
    south_row(field, step, dykes, i, before, mixed, room[4], edge[1])
    edge[0] = before


@fast
def drain(field: Field, ratio: float, i: int, j: int, stack: NDArray[np.int64]) -> int:
    """Take back from a cell below zero what flowed out of it too much, share by share, and from who then falls dry.

    Clipping the depth instead would make water. Returns the number of cells mended.
    """
    columns = field.z.shape[1]
    h, qx, qy = field.h, field.qx, field.qy
    stack[0], count, mended = i * columns + j, 1, 0
    while count > 0:
        count -= 1
        i, j = stack[count] // columns, stack[count] % columns
        if h[i, j] >= -DUST:
            # The last bits of a rounding, which would else run in circles through cells that fill one another.
            h[i, j] = max(h[i, j], 0.0)
            continue
        mended += 1
        west, east_, north, south_ = qx[i, j], qx[i, j + 1], qy[i, j], qy[i + 1, j]
        out = max(-west, 0.0) + max(east_, 0.0) + max(-north, 0.0) + max(south_, 0.0)
        share = min(-h[i, j] / (ratio * out), 1.0) if out > 0.0 else 0.0
        h[i, j] = 0.0
        for side in range(4):
            flow = (-west, east_, -north, south_)[side]
            if flow <= 0.0:
                continue
            a, b = i + (0, 0, -1, 1)[side], j + (-1, 1, 0, 0)[side]
            back = flow * share
            if side < 2:
                qx[i, j + side] -= (-back, back)[side]
            else:
                qy[i + side - 2, j] -= (-back, back)[side - 2]
            h[a, b] -= back * ratio
            if h[a, b] < 0.0 and count < stack.size:
                stack[count] = a * columns + b
                count += 1
    return mended


@fast
def mend(field: Field, step: Step, drained: Ints, stack: NDArray[np.int64]) -> int:
    """Run `drain` on every negative cell of the listed chunks; returns the number of cells mended."""
    columns = field.z.shape[1]
    mended = 0
    for i in range(field.z.shape[0]):
        for n in range(drained[i, -1]):
            first = drained[i, n] * CHUNK
            for j in range(first, min(first + CHUNK, columns)):
                if field.h[i, j] < 0.0:
                    mended += drain(field, step.ratio, i, j, stack)
    return mended
