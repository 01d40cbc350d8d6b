"""The local-inertial flux through the faces of a row (Bates 2010, de Almeida 2012), written so that it vectorises."""

from __future__ import annotations

import math
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from rob.kernels.jit import inline, loose, swift
from rob.types import Floats

CHUNK = 64
"""Cells of a row that are skipped together when they and their neighbours are dry."""


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def _root_guess(_typing: Any, _x: Any) -> Any:
    """A first guess of x^(-1/3), 4 % off at most, from the exponent bits of a 32-bit number.

    A call of ``pow`` for each face would cost half of the whole step and keep the loop from vectorising.
    """

    def build(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        narrow, whole = ir.FloatType(), ir.IntType(32)
        bits = builder.bitcast(builder.fptrunc(args[0], narrow), whole)
        guess = builder.sub(ir.Constant(whole, 0x54A2FA8C), builder.udiv(bits, ir.Constant(whole, 3)))
        return builder.fpext(builder.bitcast(guess, narrow), ir.DoubleType())

    return types.float64(types.float64), build


@inline
def inverse_root(x: float) -> float:
    """x^(-1/3) to 1e-9 relative, for x from 1e-6 to 1e6: a step of fourth order, then one of second."""
    r: float = _root_guess(x)  # type: ignore[call-arg, unused-ignore]
    e = 1.0 - x * r * r * r
    r += r * e * (1.0 / 3.0 + e * (2.0 / 9.0 + e * (14.0 / 81.0)))
    return r * (4.0 - x * r * r * r) * (1.0 / 3.0)


@inline
def face(
    z0: float,
    z1: float,
    h0: float,
    h1: float,
    q: float,
    mixed: float,
    speed: float,
    drag: float,
    push: float,
    thin: float,
) -> float:
    """New unit discharge through one face.

    Parameters
    ----------
    z0, z1, h0, h1
        Ground and depth on both sides, m.
    q, mixed
        Discharge before, and its de Almeida mean with the faces up and down stream, m²/s.
    speed
        Length of the discharge vector before, m²/s: friction acts along the flow, not along the grid.
    drag
        g n² Δt.
    push
        g Δt / Δx.
    thin
        Depth under which nothing flows, m.
    """
    level0, level1 = z0 + h0, z1 + h1
    deep = max(level0, level1) - max(z0, z1)
    depth = max(deep, thin)
    rise = level1 - level0
    start = q if mixed * rise > 0.0 else mixed
    r = inverse_root(depth)
    r2 = r * r
    new = (start - push * depth * rise) / (1.0 + drag * speed * (r2 * r2 * r2 * r))
    return new if deep > thin else 0.0


# The loops below run from zero over slices: an index that might be negative would keep them from vectorising.


@swift
def mix(q: Floats, before: Floats, after: Floats, theta: float, first: int, last: int, out: Floats) -> None:
    """θ q + (1 − θ)(q before + q after)/2 for a span of faces whose neighbours lie in other rows.

    `before` then takes the values of `q`, ready for the next row.
    """
    side = 0.5 * (1.0 - theta)
    q, before, after, out = q[first:last], before[first:last], after[first:last], out[first:last]
    for j in range(last - first):
        here = q[j]
        out[j] = theta * here + side * (before[j] + after[j])
        before[j] = here


@swift
def across(one: Floats, other: Floats, shift: int, first: int, last: int, out: Floats) -> None:
    """Mean discharge across the faces of a span, from the four faces at right angles around each.

    Two stand in `one`, two in `other`: at j and at j + 1; `shift` moves both along the row.
    """
    a, b = one[first + shift : last + shift], one[first + shift + 1 : last + shift + 1]
    c, d = other[first + shift : last + shift], other[first + shift + 1 : last + shift + 1]
    out = out[first:last]
    for j in range(last - first):
        out[j] = 0.25 * ((a[j] + b[j]) + (c[j] + d[j]))


@swift
def east(
    z: Floats, h: Floats, q: Floats, cross: Floats, drag: Floats, dt: float, push: float, thin: float, theta: float,
    first: int, last: int, out: Floats,
) -> None:  # fmt: skip
    """Faces between columns j and j + 1 of one row; `q` has one more place in front (face j is ``q[j + 1]``)."""
    side = 0.5 * (1.0 - theta)
    z0, z1, h0, h1 = z[first:last], z[first + 1 : last + 1], h[first:last], h[first + 1 : last + 1]
    west, here, next_ = q[first:last], q[first + 1 : last + 1], q[first + 2 : last + 2]
    cross, drag, out = cross[first:last], drag[first:last], out[first:last]
    for j in range(last - first):
        mixed = theta * here[j] + side * (west[j] + next_[j])
        speed = math.sqrt(here[j] * here[j] + cross[j] * cross[j])
        out[j] = face(z0[j], z1[j], h0[j], h1[j], here[j], mixed, speed, drag[j] * dt, push, thin)


@swift
def south(
    z0: Floats, z1: Floats, h0: Floats, h1: Floats, q: Floats, mixed: Floats, cross: Floats, drag: Floats, dt: float,
    push: float, thin: float, first: int, last: int, out: Floats,
) -> None:  # fmt: skip
    """Faces between one row and the next."""
    z0, z1, h0, h1 = z0[first:last], z1[first:last], h0[first:last], h1[first:last]
    q, mixed, cross, drag = q[first:last], mixed[first:last], cross[first:last], drag[first:last]
    out = out[first:last]
    for j in range(last - first):
        # The span of `cross` becomes the friction first: nine arrays in one loop would not vectorise.
        cross[j] = drag[j] * dt * math.sqrt(q[j] * q[j] + cross[j] * cross[j])
    for j in range(last - first):
        out[j] = face(z0[j], z1[j], h0[j], h1[j], q[j], mixed[j], cross[j], 1.0, push, thin)


@loose
def fill(
    h: Floats,
    west_east: Floats,
    north: Floats,
    south_: Floats,
    ratio: float,
    rain: float,
    first: int,
    last: int,
    most: Floats,
) -> tuple[float, float]:
    """Add what flows through the faces of a row to its depths.

    `west_east` has one more place in front; `ratio` is Δt/Δx and `rain` the depth that falls in the step; `most` keeps
    the greatest depth of each column. Returns the sum of the depths and that of the negative ones: sums and columns,
    for a minimum or maximum along the row would not vectorise.
    """
    total, below = 0.0, 0.0
    h, west, east_ = h[first:last], west_east[first:last], west_east[first + 1 : last + 1]
    north, south_, most = north[first:last], south_[first:last], most[first:last]
    for j in range(last - first):
        new = h[j] + (ratio * ((west[j] - east_[j]) + (north[j] - south_[j])) + rain)
        h[j] = new
        most[j] = max(most[j], new)
        total += new
        below += min(new, 0.0)
    return total, below


def chunks(columns: int) -> int:
    """Chunks in a row of so many columns."""
    return -(-columns // CHUNK)
