"""Minimax paths from the sea by a queue of one-millimetre levels: each cell is settled once, in order of its level."""

from __future__ import annotations

import numpy as np

from rob.kernels.jit import compiled
from rob.types import Bools, Bytes, Floats, Ints

BASE = 1_000_000
"""Added to every height in millimetres, so that none is negative."""
WALL = np.int32(-(2**31))
"""A cell without ground, and the frame around the grid: water cannot pass."""

# One number a cell holds both what is known before and after: from zero on the height of ground that is still to be
# reached, below zero the one's complement of the onset level. The search then touches one place of memory for each
# neighbour, which is what it costs.


@compiled
def frame(z: Floats, state: Ints) -> tuple[int, int]:
    """Ground in whole millimetres over `BASE` with a frame of walls, nothing reached yet; returns lowest and highest.

    `z` is ``(rows, columns)`` in metres (NaN is a wall), `state` is ``(rows + 2, columns + 2)``.
    """
    low, high = 2**31 - 1, -(2**31)
    state[0, :], state[-1, :], state[:, 0], state[:, -1] = WALL, WALL, WALL, WALL
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            height = z[i, j] * 1000.0
            if height != height:
                state[i + 1, j + 1] = WALL
                continue
            whole = np.int32(np.floor(height + 0.5)) + BASE
            state[i + 1, j + 1] = whole
            low, high = min(low, int(whole)), max(high, int(whole))
    return low, high


@compiled
def metres(z: Floats, state: Ints, level: Floats, ground: Floats) -> None:
    """Onset and ground in metres, whole millimetres; infinite where never reached, NaN without ground."""
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            found = state[i + 1, j + 1]
            if found == WALL:
                level[i, j] = ground[i, j] = np.nan
                continue
            ground[i, j] = np.floor(z[i, j] * 1000.0 + 0.5) * 0.001
            level[i, j] = (~found - BASE) * 0.001 if found < 0 else np.inf


@compiled
def settle(cell: int, floor: int, low: int, state: Ints, head: Ints, following: Ints) -> None:
    """Give `cell`, not reached before, its onset level and queue it there."""
    onset = max(floor, state[cell])
    state[cell] = ~onset
    following[cell] = head[onset - low]
    head[onset - low] = cell


@compiled
def delayed(
    entry: int, side: int, queue: int, low: int, cells: int, head: Ints, following: Ints, crest: Ints
) -> bool:
    """Whether the dyke on a side of the cell is still above the water; the crossing then waits for it."""
    row = np.searchsorted(crest[:, 0], entry)
    top = crest[row, 1 + side] - low
    if top <= queue:
        return False
    waiting = cells + 4 * row + side
    following[waiting] = head[top]
    head[top] = waiting
    return True


@compiled
def minimax(
    state: Ints, width: int, low: int, head: Ints, following: Ints, sides: Bytes, crest: Ints
) -> None:
    """Settle every cell that the sea can reach; seeds are already queued.

    Parameters
    ----------
    state, following
        Flat framed arrays, int32; `following` is longer by four places for each dyke cell (waiting crossings).
    width
        Columns of the framed grid.
    low
        Level of the first queue, millimetres over `BASE`.
    head
        First entry of the queue of each level, -1 when empty.
    sides
        Flat uint8 or empty: bits 1, 2, 4, 8 mark a dyke on the north, west, east, south face of the cell. Empty when
        there is no dyke.
    crest
        ``(k, 6)``, int32: framed cell, then the crest on those faces over `BASE`, then unused; in order of the cell.

    Notes
    -----
    Without dykes the first neighbour that reaches a cell sets its final level, for levels never fall. A dyke delays
    a crossing: it waits in the queue of its crest as an entry of its own, and finds the cell settled or settles it.
    """
    cells = state.size
    steps = np.array([-width, -1, 1, width])
    dyked = sides.size > 0
    for queue in range(head.size):
        now = queue + low
        while head[queue] >= 0:
            entry = head[queue]
            head[queue] = following[entry]
            if entry >= cells:
                other = crest[(entry - cells) >> 2, 0] + steps[(entry - cells) & 3]
                if state[other] >= 0:
                    settle(other, now, low, state, head, following)
                continue
            flags = sides[entry] if dyked else 0
            for side in range(4):
                other = entry + steps[side]
                if state[other] >= 0 and not (
                    flags & (1 << side) and delayed(entry, side, queue, low, cells, head, following, crest)
                ):
                    settle(other, now, low, state, head, following)


@compiled
def sow(sea: Bools, state: Ints, low: int, head: Ints, following: Ints) -> None:
    """Queue the sea cells (``(rows, columns)``, bool) at their own height."""
    rows, columns = sea.shape
    flat = state.ravel()
    for i in range(rows):
        for j in range(columns):
            cell = (i + 1) * (columns + 2) + j + 1
            if sea[i, j] and flat[cell] >= 0:
                settle(cell, flat[cell], low, flat, head, following)


def queues(low: int, high: int, cells: int, crossings: int) -> tuple[Ints, Ints]:
    """Empty queues for the levels `low` to `high`, and the links of cells and waiting crossings."""
    return np.full(high - low + 1, -1, np.int32), np.empty(cells + crossings, np.int32)
