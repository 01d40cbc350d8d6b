"""The sum of tidal constituents with nodal factors taken at every time step."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from rob.kernels.jit import fast
from rob.types import Floats, Ints

TURN = 2.0 * math.pi


class Table(NamedTuple):
    """Arrays that a sum reads: `n` constituents, made of `m` main ones with satellites.

    ``cosine (n)`` and ``sine (n)`` in metres; ``part_first (n + 1)`` into ``part`` (index of a main constituent) and
    its ``power``; ``doodson (m, 6)``, ``semi (m)`` in cycles; ``first (m + 1)`` into ``shift (k, 3)`` (p, N', p1) and
    ``ratio (k, 2)`` (complex amplitude ratio).
    """

    cosine: Floats
    sine: Floats
    part_first: Ints
    part: Ints
    power: Ints
    doodson: Floats
    semi: Floats
    first: Ints
    shift: Ints
    ratio: Floats


@fast
def longitudes(day: float, out: Floats) -> None:
    """Mean longitudes tau, s, h, p, N', p1 in cycles, `day` counted from 1899-12-31 12:00 UTC.

    Polynomials of the Explanatory Supplement (1961), as used by Foreman (1977).
    """
    d = day * 1e-4
    out[1] = (270.434164 + 13.1763965268 * day - 0.0000850 * d * d + 0.000000039 * d * d * d) / 360.0
    out[2] = (279.696678 + 0.9856473354 * day + 0.00002267 * d * d) / 360.0
    out[3] = (334.329556 + 0.1114040803 * day - 0.0007739 * d * d - 0.00000026 * d * d * d) / 360.0
    out[4] = (-259.183275 + 0.0529539222 * day - 0.0001557 * d * d - 0.000000050 * d * d * d) / 360.0
    out[5] = (281.220844 + 0.0000470684 * day + 0.0000339 * d * d + 0.000000070 * d * d * d) / 360.0
    out[0] = day + 0.5 - math.floor(day + 0.5) + out[2] - out[1]


@fast
def powers(cycles: float, out: Floats) -> None:
    """cos and sin of -3 to 3 times an angle, `out` of shape (7, 2), by multiplication."""
    c, s = math.cos(TURN * cycles), math.sin(TURN * cycles)
    out[3, 0], out[3, 1] = 1.0, 0.0
    for k in range(3):
        out[4 + k, 0] = out[3 + k, 0] * c - out[3 + k, 1] * s
        out[4 + k, 1] = out[3 + k, 0] * s + out[3 + k, 1] * c
        out[2 - k, 0], out[2 - k, 1] = out[4 + k, 0], -out[4 + k, 1]


@fast
def waves(table: Table, where: Floats, slow: Floats, wave: Floats) -> None:
    """f exp(i(V + u)) of every main constituent into `wave` (mains, 2), from the powers of p, N', p1 in `slow`."""
    for m in range(wave.shape[0]):
        real, imag = 1.0, 0.0
        for k in range(table.first[m], table.first[m + 1]):
            a, b, c = table.shift[k, 0] + 3, table.shift[k, 1] + 3, table.shift[k, 2] + 3
            xr = slow[0, a, 0] * slow[1, b, 0] - slow[0, a, 1] * slow[1, b, 1]
            xi = slow[0, a, 0] * slow[1, b, 1] + slow[0, a, 1] * slow[1, b, 0]
            yr = xr * slow[2, c, 0] - xi * slow[2, c, 1]
            yi = xr * slow[2, c, 1] + xi * slow[2, c, 0]
            real += table.ratio[k, 0] * yr - table.ratio[k, 1] * yi
            imag += table.ratio[k, 0] * yi + table.ratio[k, 1] * yr
        cycles = table.semi[m]
        for i in range(6):
            cycles += table.doodson[m, i] * where[i]
        c, s = math.cos(TURN * cycles), math.sin(TURN * cycles)
        wave[m, 0], wave[m, 1] = real * c - imag * s, real * s + imag * c


@fast
def product(table: Table, j: int, wave: Floats) -> tuple[float, float]:
    """f cos(V + u) and f sin(V + u) of constituent `j`: a product of main waves, conjugate for negative powers."""
    real, imag = 1.0, 0.0
    for k in range(table.part_first[j], table.part_first[j + 1]):
        a, b = wave[table.part[k], 0], wave[table.part[k], 1]
        if table.power[k] < 0:
            b = -b
        for _ in range(abs(table.power[k])):
            real, imag = real * a - imag * b, real * b + imag * a
    return real, imag


@fast
def basis(table: Table, days: Floats, out: Floats) -> None:
    """Columns f cos(V + u), f sin(V + u) of each constituent into `out` (times, 2 n); see `rob.tide.fit`."""
    where, slow = np.empty(6), np.empty((3, 7, 2))
    wave = np.empty((table.first.size - 1, 2))
    for t in range(days.size):
        longitudes(days[t], where)
        for i in range(3):
            powers(where[3 + i], slow[i])
        waves(table, where, slow, wave)
        for j in range(table.cosine.size):
            out[t, 2 * j], out[t, 2 * j + 1] = product(table, j, wave)


@fast
def synthesise(table: Table, days: Floats, out: Floats) -> None:
    """Tide in metres at `days` (from 1899-12-31 12:00 UTC) into `out`; see `rob.tide.synthesis`."""
    where, slow = np.empty(6), np.empty((3, 7, 2))
    wave = np.empty((table.first.size - 1, 2))
    for t in range(days.size):
        longitudes(days[t], where)
        for i in range(3):
            powers(where[3 + i], slow[i])
        waves(table, where, slow, wave)
        level = 0.0
        for j in range(table.cosine.size):
            real, imag = product(table, j, wave)
            level += table.cosine[j] * real + table.sine[j] * imag
        out[t] = level
