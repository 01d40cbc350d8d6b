"""Pairs of points near in space and time, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .observations import Floats, Ints

CHUNK_PAIRS = 60_000  # their columns stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Points:
    """Positions in Mercator metres with local scale, and one instant each; arrays of equal length."""

    x: Floats
    y: Floats
    scale: Floats
    t: Floats

    def __len__(self) -> int:
        return len(self.x)

    def take(self, rows: Ints) -> Points:
        """Rows by index."""
        return Points(self.x[rows], self.y[rows], self.scale[rows], self.t[rows])


def ground_m(a: Points, i: Ints, b: Points, j: Ints) -> Floats:
    """Ground distance in metres of pairs (i of a, j of b); good to 0.1 % below 10 km."""
    return np.asarray(np.hypot(a.x[i] - b.x[j], a.y[i] - b.y[j]) * np.sqrt(a.scale[i] * b.scale[j]))


def near_pairs(targets: Points, others: Points, metres: float, seconds: float) -> Iterator[tuple[Ints, Ints]]:
    """Yield chunks (i, j): all pairs within `metres` and |t_i - t_j| <= `seconds`, and some a little farther.

    The caller filters exactly. Candidates come from a grid of cells of the search distance, each cell sorted
    by time.
    """
    if not len(targets) or not len(others):
        return
    side = metres * 1.001 / min(targets.scale.min(), others.scale.min())
    base = min(targets.t.min(), others.t.min()) - 2 * seconds
    span = np.int64(max(targets.t.max(), others.t.max()) + 4 * seconds - base + 4)
    width = np.int64(2**31)
    cell = _cells(others, side, width)
    codes, rank = np.unique(cell, return_inverse=True)
    stamp = rank * span + np.floor(others.t - base).astype(np.int64)
    order = np.argsort(stamp, kind="stable")
    stamp = stamp[order]
    # Cell by cell, so that searches near each other find near memory.
    homes, home = np.unique(_cells(targets, side, width), return_inverse=True)
    walk = np.lexsort((targets.t, home))
    home, t = home[walk], targets.t[walk]
    start = np.floor(t - base - seconds).astype(np.int64)
    stop = np.floor(t - base + seconds).astype(np.int64) + 1
    for offset in [dx + dy * width for dy in (-1, 0, 1) for dx in (-1, 0, 1)]:
        at = np.minimum(np.searchsorted(codes, homes + offset), len(codes) - 1)
        hit = np.flatnonzero((codes[at] == homes + offset)[home])
        row = at[home[hit]] * span
        low = np.searchsorted(stamp, row + start[hit], side="left")
        high = np.searchsorted(stamp, row + stop[hit], side="left")
        for i, j in _expand(walk[hit], low, high, order):
            near = (targets.x[i] - others.x[j]) ** 2 + (targets.y[i] - others.y[j]) ** 2 <= side * side
            yield i[near], j[near]


def _cells(points: Points, side: float, width: np.int64) -> Ints:
    return np.floor(points.x / side).astype(np.int64) + np.floor(points.y / side).astype(np.int64) * width


def _expand(hit: Ints, low: Ints, high: Ints, order: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Ranges [low, high) of each hit, flattened in chunks of about CHUNK_PAIRS."""
    full = high > low
    hit, low, count = hit[full], low[full], (high - low)[full]
    total = np.cumsum(count)
    begin = 0
    while begin < len(hit):
        done = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + CHUNK_PAIRS, side="right")))
        part = count[begin:end]
        first = np.repeat(low[begin:end] - (np.cumsum(part) - part), part)
        yield np.repeat(hit[begin:end], part), order[first + np.arange(len(first))]
        begin = end
