"""Discharge over dykes, through gates, valves and culverts, and by pumps."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from rob.kernels.flux import face
from rob.kernels.jit import compiled, swift
from rob.types import GRAVITY, Floats, Ints


class Dykes(NamedTuple):
    """Faces with a crest, in order of their row: eastern faces first, then southern ones.

    ``first (2, rows + 1)`` into ``column``, ``crest`` (m) and ``way`` (0 both ways, 1 only east or south, -1 only west
    or north); ``timed`` holds the faces whose crest moves, ``timed_first`` their spans in ``when`` (s), ``height`` (m).
    """

    first: Ints
    column: Ints
    crest: Floats
    way: Ints
    coefficient: float
    timed: Ints
    timed_first: Ints
    when: Floats
    height: Floats


class Links(NamedTuple):
    """Pumps (kind 0) and culverts (kind 1) from cell ``start`` to cell ``end`` (-1: out of the domain), flat indexes.

    ``capacity`` is m³/s for a pump and the coefficient times the area, m², for a culvert; ``on`` and ``off`` are the
    levels at which a pump starts and stops, ``off`` the invert of a culvert; ``one_way`` 1 stops the way back;
    ``running`` is the state of a pump and ``moved`` the volume moved so far, m³ (``end`` gets what ``start`` loses).
    """

    kind: Ints
    start: Ints
    end: Ints
    capacity: Floats
    on: Floats
    off: Floats
    one_way: Ints
    running: Ints
    moved: Floats


@compiled
def at(when: Floats, value: Floats, first: int, last: int, t: float) -> Any:
    """Linear interpolation in ``when[first:last]``, held constant beyond its ends."""
    if t <= when[first]:
        return value[first]
    low, high = first, last - 1
    if t >= when[high]:
        return value[high]
    while high - low > 1:
        middle = (low + high) >> 1
        if when[middle] <= t:
            low = middle
        else:
            high = middle
    part = (t - when[low]) / (when[high] - when[low])
    return value[low] + part * (value[high] - value[low])


@swift
def over_crest(level0: float, level1: float, crest: float, coefficient: float) -> float:
    """Unit discharge over a crest by the head on both sides, m²/s, positive from 0 to 1.

    Free: q = C (2/3) √(2g) H^1.5; drowned: times (1 − (H2/H1)^1.5)^0.385 (Villemonte 1947).
    """
    head = max(level0, level1) - crest
    if head <= 0.0:
        return 0.0
    q = coefficient * (2.0 / 3.0) * math.sqrt(2.0 * GRAVITY) * head * math.sqrt(head)
    back = min(level0, level1) - crest
    if back > 0.0:
        ratio = back / head
        q *= max(1.0 - ratio * math.sqrt(ratio), 0.0) ** 0.385
    return q if level0 >= level1 else -q


@swift
def dyke_face(
    z0: float,
    z1: float,
    h0: float,
    h1: float,
    crest: float,
    way: int,
    coefficient: float,
    q: float,
    drag: float,
    push: float,
    thin: float,
) -> float:
    """Discharge through a face with a crest above the ground on both sides, m²/s.

    A drowned crest passes over smoothly from the weir formula to the momentum equation with the crest as bed: near
    equal levels the slope of the weir formula is infinite and an explicit step would swing.
    """
    level0, level1 = z0 + h0, z1 + h1
    bed = max(crest, z0, z1)
    # The momentum equation with both grounds raised to the crest.
    inertial = face(bed, bed, max(level0 - bed, 0.0), max(level1 - bed, 0.0), q, q, abs(q), drag, push, thin)
    new = inertial
    if crest > max(z0, z1):
        head, back = max(level0, level1) - crest, min(level0, level1) - crest
        drowned = min(max((back / head - 0.8) / 0.15, 0.0), 1.0) if head > 0.0 else 0.0
        weir = over_crest(level0, level1, crest, coefficient)
        # No more than a quarter of what would level the two cells within this step (push = g Δt/Δx).
        most = 0.25 * abs(level0 - level1) * GRAVITY / push
        new = (1.0 - drowned) * min(max(weir, -most), most) + drowned * inertial
    if way * new < 0.0:
        return 0.0
    return new


@swift
def dyke_row(
    dykes: Dykes,
    side: int,
    i: int,
    z0: Floats,
    z1: Floats,
    shift: int,
    h0: Floats,
    h1: Floats,
    q: Floats,
    skip: int,
    drag: Floats,
    dt: float,
    push: float,
    thin: float,
    out: Floats,
) -> None:
    """Replace the flow of the dykes of row `i` in `out`; ``q[j + skip]`` is the old, the far cell ``j + shift``."""
    for k in range(dykes.first[side, i], dykes.first[side, i + 1]):
        j = dykes.column[k]
        out[j] = dyke_face(
            z0[j], z1[j + shift], h0[j], h1[j + shift], dykes.crest[k], dykes.way[k], dykes.coefficient,
            q[j + skip], drag[j] * dt, push, thin,
        )  # fmt: skip


@compiled
def move_crests(dykes: Dykes, t: float) -> None:
    """Set the crests of breaches and gates for time `t` (s)."""
    for n in range(dykes.timed.size):
        dykes.crest[dykes.timed[n]] = at(
            dykes.when, dykes.height, dykes.timed_first[n], dykes.timed_first[n + 1], t
        )


@compiled
def link_flow(links: Links, n: int, z: Floats, h: Floats, dt: float, area: float) -> Any:
    """Volume that link `n` moves from its start to its end in a step, m³ (negative: the other way)."""
    a, b = links.start[n], links.end[n]
    level = z[a] + h[a]
    if links.kind[n] == 0:
        if level >= links.on[n]:
            links.running[n] = 1
        elif level <= links.off[n]:
            links.running[n] = 0
        wanted = links.capacity[n] * dt if links.running[n] else 0.0
        return min(wanted, max(level - max(links.off[n], z[a]), 0.0) * area)
    other = z[b] + h[b] if b >= 0 else -1e9
    sill = max(links.off[n], z[a], z[b] if b >= 0 else -1e9)
    head = max(level, sill) - max(other, sill)
    if head == 0.0 or (head < 0.0 and links.one_way[n] == 1):
        return 0.0
    wanted = links.capacity[n] * math.sqrt(2.0 * GRAVITY * abs(head)) * dt
    # Half the volume that would level both, and no more than lies above the sill.
    volume = min(wanted, 0.25 * abs(head) * area)
    return volume if head > 0.0 else -volume


@compiled
def run_links(links: Links, z: Floats, h: Floats, dt: float, area: float) -> float:
    """Move the water of all links; returns the volume that left the domain, m³."""
    gone = 0.0
    for n in range(links.start.size):
        a, b = links.start[n], links.end[n]
        volume = link_flow(links, n, z, h, dt, area)
        # The bounds of `link_flow` leave no less than zero but for the last bit.
        h[a] = max(h[a] - volume / area, 0.0)
        if b >= 0:
            h[b] = max(h[b] + volume / area, 0.0)
        else:
            gone += volume
        links.moved[n] += volume
    return gone
