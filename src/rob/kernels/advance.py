"""Time steps until a given moment: forcing, sweep, mending, structures. One compiled call for each output interval."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from rob.kernels.flux import CHUNK
from rob.kernels.jit import compiled, fast, threaded
from rob.kernels.sweep import Field, Step, band, mend, seam
from rob.kernels.weir import Dykes, Links, at, move_crests, run_links
from rob.types import GRAVITY, Bytes, Floats, Ints


class Forcing(NamedTuple):
    """What drives the flood: tables in seconds, held constant beyond their ends.

    ``walls`` are flat indexes of cells without ground, on which rain does not stay; ``sea`` those held at
    ``sea_level`` (m) over ``sea_when``; ``rain_rate`` is m/s over ``rain_when``;
    source n adds ``source_rate`` (m³/s) over ``source_when``, both in ``source_first[n:n + 2]``, to ``source_cell[n]``.
    """

    walls: NDArray[np.int64]
    sea: NDArray[np.int64]
    sea_when: Floats
    sea_level: Floats
    rain_when: Floats
    rain_rate: Floats
    source_cell: NDArray[np.int64]
    source_first: Ints
    source_when: Floats
    source_rate: Floats


class Rules(NamedTuple):
    """Numbers of a run: cell side m, Courant factor, longest step s, thin depth m, θ, dry ground skipped."""

    dx: float
    courant: float
    longest: float
    thin: float
    theta: float
    skip: bool


class Room(NamedTuple):
    """Work space: ``rows (bands, 5, columns + 2)``, ``edges (bands + 1, 2, columns)``, and lists of cells."""

    rows: Floats
    edges: Floats
    drained: Ints
    stack: NDArray[np.int64]
    deepest: Floats


# Places in the totals: time s, greatest depth m, steps, cells mended, then m³ in by sea, rain, sources, and out.
TIME, DEEPEST, STEPS, MENDED, SEA, RAIN, SOURCES, OUT = range(8)


@compiled
def bounds(rows: int, bands: int, b: int) -> int:
    """First row of band `b`."""
    return rows * b // bands


@compiled
def next_step(totals: Floats, rules: Rules, forcing: Forcing, until: float, old: int) -> Step:
    """The next step, as long as the Courant condition allows: Δt = α Δx / √(g h)."""
    deep = max(totals[DEEPEST], rules.thin)
    dt = min(rules.courant * rules.dx / math.sqrt(GRAVITY * deep), rules.longest, until - totals[TIME])
    rain = 0.0
    if forcing.rain_when.size:
        rain = (
            at(forcing.rain_when, forcing.rain_rate, 0, forcing.rain_when.size, totals[TIME] + 0.5 * dt) * dt
        )
    skip = rules.skip and rain == 0.0
    return Step(dt, GRAVITY * dt / rules.dx, dt / rules.dx, rain, rules.thin, rules.theta, old, skip)


@compiled
def hold_sea(field: Field, forcing: Forcing, t: float, wet: Bytes, area: float) -> tuple[float, float]:
    """Set the sea cells to the level of the sea; returns the volume that this brought in, m³, and the deepest."""
    if forcing.sea.size == 0:
        return 0.0, 0.0
    level = at(forcing.sea_when, forcing.sea_level, 0, forcing.sea_when.size, t)
    z, h, columns = field.z.ravel(), field.h.ravel(), field.z.shape[1]
    brought, deepest = 0.0, 0.0
    for n in range(forcing.sea.size):
        cell = forcing.sea[n]
        new = max(level - z[cell], 0.0)
        brought += new - h[cell]
        h[cell] = new
        deepest = max(deepest, new)
        if new > 0.0:
            wet[cell // columns, (cell % columns) // CHUNK] = 1
    return brought * area, deepest


@compiled
def add_sources(field: Field, forcing: Forcing, t: float, dt: float, area: float) -> float:
    """Add the inflow of rivers and drains; returns its volume, m³."""
    added, h = 0.0, field.h.ravel()
    for n in range(forcing.source_cell.size):
        rate = at(
            forcing.source_when, forcing.source_rate, forcing.source_first[n], forcing.source_first[n + 1], t
        )
        h[forcing.source_cell[n]] += rate * dt / area
        added += rate * dt
    return added


@compiled
def clear(h: Floats, cells: NDArray[np.int64]) -> float:
    """Empty the given cells; returns the sum of their depths, m."""
    removed = 0.0
    for n in range(cells.size):
        removed += h[cells[n]]
        h[cells[n]] = 0.0
    return removed


@compiled
def wake(field: Field, cells: NDArray[np.int64], wet: Bytes, deepest: float) -> float:
    """Mark as wet the chunks of cells whose depth something other than the sweep has changed."""
    h, columns = field.h.ravel(), field.z.shape[1]
    for n in range(cells.size):
        if cells[n] >= 0 and h[cells[n]] > 0.0:
            wet[cells[n] // columns, (cells[n] % columns) // CHUNK] = 1
            deepest = max(deepest, h[cells[n]])
    return deepest


@fast
def finish(
    field: Field,
    dykes: Dykes,
    links: Links,
    forcing: Forcing,
    rules: Rules,
    step: Step,
    room: Room,
    totals: Floats,
) -> None:
    """After the sweep: mend negative depths, run structures and sources, hold the sea, add up."""
    rows, columns = field.z.shape
    area = rules.dx * rules.dx
    deepest = 0.0
    for b in range(room.deepest.size):
        deepest = max(deepest, room.deepest[b])
    totals[MENDED] += mend(field, step, room.drained, room.stack)
    totals[TIME] += step.dt
    totals[STEPS] += 1.0
    if step.rain > 0.0:
        totals[RAIN] += step.rain * area * rows * columns - clear(field.h.ravel(), forcing.walls) * area
    t, wet = totals[TIME], field.wet[1 - step.old]
    totals[SOURCES] += add_sources(field, forcing, t - 0.5 * step.dt, step.dt, area)
    totals[OUT] += run_links(links, field.z.ravel(), field.h.ravel(), step.dt, area)
    for cells in (forcing.source_cell, links.start, links.end):
        deepest = wake(field, cells, wet, deepest)
    brought, held = hold_sea(field, forcing, t, wet, area)
    totals[SEA] += brought
    totals[DEEPEST] = max(deepest, held)
    move_crests(dykes, t)


@fast
def run_alone(
    field: Field,
    dykes: Dykes,
    links: Links,
    forcing: Forcing,
    rules: Rules,
    room: Room,
    totals: Floats,
    until: float,
) -> None:
    """Step to time `until` (s) on one core."""
    rows = field.z.shape[0]
    old = 0
    while totals[TIME] < until - 1e-9:
        step = next_step(totals, rules, forcing, until, old)
        room.deepest[0] = band(
            field, step, dykes, 0, rows, room.edges[0], room.edges[1, 1], room.rows[0], room.drained
        )
        finish(field, dykes, links, forcing, rules, step, room, totals)
        old = 1 - old
    if old:
        field.wet[0] = field.wet[1]


@threaded
def bands_together(
    z: Floats,
    h: Floats,
    qx: Floats,
    qy: Floats,
    drag_x: Floats,
    drag_y: Floats,
    wet: Bytes,
    active: Bytes,
    numbers: Floats,
    old: int,
    skip: bool,
    first: Ints,
    column: Ints,
    crest: Floats,
    way: Ints,
    rows_room: Floats,
    edges: Floats,
    drained: Ints,
    deepest: Floats,
) -> None:
    """All bands of a step, spread over the threads. Named tuples cannot cross into a `prange`: they are made inside."""
    rows, bands = z.shape[0], deepest.size
    for b in prange(bands):
        nothing = first[0, :1]
        field = Field(z, h, qx, qy, drag_x, drag_y, wet, active)
        step = Step(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], old, skip)
        dykes = Dykes(first, column, crest, way, numbers[6], nothing, nothing, crest, crest)
        deepest[b] = band(
            field, step, dykes, bounds(rows, bands, b), bounds(rows, bands, b + 1), edges[b], edges[b + 1, 1],
            rows_room[b], drained,
        )  # fmt: skip


def run_together(
    field: Field,
    dykes: Dykes,
    links: Links,
    forcing: Forcing,
    rules: Rules,
    room: Room,
    totals: Floats,
    until: float,
) -> None:
    """Step to time `until` (s), the bands of rows spread over the threads; the result is that of `run_alone`.

    The loop itself is plain Python: on the large grids that this is for a step outweighs a call a hundred times, and
    compiling it once more would cost more than it gives.
    """
    rows, bands = field.z.shape[0], room.deepest.size
    old = 0
    while totals[TIME] < until - 1e-9:
        step = Step(*next_step(totals, rules, forcing, until, old))
        for b in range(1, bands):
            seam(field, step, dykes, bounds(rows, bands, b) - 1, room.rows[b], room.edges[b])
        numbers = np.array([*step[:6], dykes.coefficient])
        bands_together(
            *field, numbers, old, step.skip, *dykes[:4], room.rows, room.edges, room.drained, room.deepest
        )
        finish(field, dykes, links, forcing, rules, step, room, totals)
        old = 1 - old
    if old:
        field.wet[0] = field.wet[1]
