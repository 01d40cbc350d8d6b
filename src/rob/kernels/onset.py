"""Minimax paths from the sea by a queue of one-millimetre levels: each cell is settled once, in order of its level."""

from __future__ import annotations

import numpy as np

from rob.kernels.jit import compiled
from rob.types import Bools, Bytes, Floats, Ints

NEVER = np.int32(2**31 - 1)
"""Level of a cell that the sea cannot reach."""
WALL = np.int32(-(2**31))
"""Mark of a cell without ground (and of the frame around the grid): water cannot pass."""


@compiled
def frame(z: Floats, ground: Ints, level: Ints) -> tuple[int, int]:
    """Ground in whole millimetres with a frame of walls, and the levels still to find; returns lowest and highest.

    `z` is ``(rows, columns)`` in metres (NaN is a wall), `ground` and `level` are ``(rows + 2, columns + 2)``.
    """
    low, high = 2**31 - 1, -(2**31)
    level[0, :], level[-1, :], level[:, 0], level[:, -1] = WALL, WALL, WALL, WALL
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            height = z[i, j] * 1000.0
            if height != height:
                level[i + 1, j + 1] = WALL
                continue
            whole = np.int32(np.floor(height + 0.5))
            ground[i + 1, j + 1] = whole
            level[i + 1, j + 1] = NEVER
            low, high = min(low, int(whole)), max(high, int(whole))
    return low, high


@compiled
def settle(cell: int, floor: int, low: int, ground: Ints, level: Ints, head: Ints, following: Ints) -> None:
    """Give `cell` its onset level and queue it there."""
    onset = max(floor, ground[cell])
    level[cell] = onset
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
    ground: Ints, level: Ints, width: int, low: int, head: Ints, following: Ints, sides: Bytes, crest: Ints
) -> None:
    """Settle every cell that the sea can reach; seeds are already queued.

    Parameters
    ----------
    ground, level, following
        Flat framed arrays, int32; `following` is longer by four places for each dyke cell (waiting crossings).
    width
        Columns of the framed grid.
    low
        Level of the first queue, millimetres.
    head
        First entry of the queue of each level, -1 when empty.
    sides
        Flat uint8 or empty: bits 1, 2, 4, 8 mark a dyke on the north, west, east, south face of the cell. Empty when
        there is no dyke.
    crest
        ``(k, 6)``, int32: framed cell, then the crest on those faces, then unused; in order of the cell.

    Notes
    -----
    Without dykes the first neighbour that reaches a cell sets its final level, for levels never fall. A dyke delays
    a crossing: it waits in the queue of its crest as an entry of its own, and finds the cell settled or settles it.
    """
    cells = ground.size
    steps = np.array([-width, -1, 1, width])
    dyked = sides.size > 0
    for queue in range(head.size):
        now = queue + low
        while head[queue] >= 0:
            entry = head[queue]
            head[queue] = following[entry]
            if entry >= cells:
                other = crest[(entry - cells) >> 2, 0] + steps[(entry - cells) & 3]
                if level[other] == NEVER:
                    settle(other, now, low, ground, level, head, following)
                continue
            flags = sides[entry] if dyked else 0
            for side in range(4):
                other = entry + steps[side]
                if level[other] == NEVER and not (
                    flags & (1 << side) and delayed(entry, side, queue, low, cells, head, following, crest)
                ):
                    settle(other, now, low, ground, level, head, following)


@compiled
def sow(sea: Bools, ground: Ints, level: Ints, low: int, head: Ints, following: Ints) -> None:
    """Queue the sea cells (``(rows, columns)``, bool) at their own height."""
    rows, columns = sea.shape
    flat_ground, flat_level = ground.ravel(), level.ravel()
    for i in range(rows):
        for j in range(columns):
            cell = (i + 1) * (columns + 2) + j + 1
            if sea[i, j] and flat_level[cell] == NEVER:
                settle(cell, flat_ground[cell], low, flat_ground, flat_level, head, following)


def queues(low: int, high: int, cells: int, crossings: int) -> tuple[Ints, Ints]:
    """Empty queues for the levels `low` to `high`, and the links of cells and waiting crossings."""
    return np.full(high - low + 1, -1, np.int32), np.empty(cells + crossings, np.int32)
