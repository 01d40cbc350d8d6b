"""Walking distance over the grid that never crosses a dyke."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rob.kernels.jit import compiled
from rob.types import Bools, Floats


@compiled
def sift_up(heap_key: Floats, heap_cell: NDArray[np.int64], n: int) -> None:
    """Restore the heap after a push at place `n`."""
    while n > 0:
        parent = (n - 1) >> 1
        if heap_key[parent] <= heap_key[n]:
            break
        heap_key[parent], heap_key[n] = heap_key[n], heap_key[parent]
        heap_cell[parent], heap_cell[n] = heap_cell[n], heap_cell[parent]
        n = parent


@compiled
def sift_down(heap_key: Floats, heap_cell: NDArray[np.int64], size: int) -> None:
    """Restore the heap after its first entry was replaced by its last."""
    n = 0
    while 2 * n + 1 < size:
        child = 2 * n + 1
        if child + 1 < size and heap_key[child + 1] < heap_key[child]:
            child += 1
        if heap_key[n] <= heap_key[child]:
            break
        heap_key[child], heap_key[n] = heap_key[n], heap_key[child]
        heap_cell[child], heap_cell[n] = heap_cell[n], heap_cell[child]
        n = child


@compiled
def free(closed_east: Bools, closed_south: Bools, i: int, j: int, di: int, dj: int) -> bool:
    """Whether a step from (i, j) crosses no closed face; a diagonal step needs both ways around the corner."""
    a, b = min(i, i + di), min(j, j + dj)
    if di == 0:
        return not closed_east[i, b]
    if dj == 0:
        return not closed_south[a, j]
    around = closed_east[i, b] or closed_south[a, j + dj]
    other = closed_south[a, j] or closed_east[i + di, b]
    return not (around or other)


@compiled
def regions(closed_east: Bools, closed_south: Bools, out: NDArray[np.int32]) -> int:
    """Number from 0 on the parts into which the dykes cut the grid, into `out` (rows, columns); returns how many."""
    rows, columns = out.shape
    out[:] = -1
    stack = np.empty(rows * columns, np.int64)
    found = 0
    for start in range(rows * columns):
        if out[start // columns, start % columns] >= 0:
            continue
        out[start // columns, start % columns] = found
        stack[0], size = start, 1
        while size > 0:
            size -= 1
            i, j = stack[size] // columns, stack[size] % columns
            for side in range(4):
                a, b = i + (-1, 1, 0, 0)[side], j + (0, 0, -1, 1)[side]
                if not (0 <= a < rows and 0 <= b < columns) or out[a, b] >= 0:
                    continue
                if free(closed_east, closed_south, i, j, a - i, b - j):
                    out[a, b] = found
                    stack[size] = a * columns + b
                    size += 1
        found += 1
    return found


@compiled
def distances(
    closed_east: Bools, closed_south: Bools, row: int, column: int, radius: float, out: Floats
) -> None:
    """Distance in cells from (row, column) to every cell within `radius` into `out` (infinite beyond).

    Eight neighbours; ``closed_east (rows, columns)`` marks a dyke between a cell and its eastern neighbour,
    ``closed_south`` its southern one. Dijkstra's method with a binary heap.
    """
    rows, columns = out.shape
    out[:] = np.inf
    room = 8 * rows * columns + 8
    heap_key, heap_cell = np.empty(room), np.empty(room, np.int64)
    heap_key[0], heap_cell[0], size = 0.0, row * columns + column, 1
    out[row, column] = 0.0
    while size > 0:
        key, cell = heap_key[0], heap_cell[0]
        size -= 1
        heap_key[0], heap_cell[0] = heap_key[size], heap_cell[size]
        sift_down(heap_key, heap_cell, size)
        i, j = cell // columns, cell % columns
        if key > out[i, j]:
            continue
        for step in range(9):
            di, dj = step // 3 - 1, step % 3 - 1
            a, b = i + di, j + dj
            if a < 0 or b < 0 or a >= rows or b >= columns or (di == 0 and dj == 0):
                continue
            far = key + np.sqrt(float(di * di + dj * dj))
            if far > radius or far >= out[a, b] or not free(closed_east, closed_south, i, j, di, dj):
                continue
            out[a, b] = far
            heap_key[size], heap_cell[size] = far, a * columns + b
            sift_up(heap_key, heap_cell, size)
            size += 1


def window(size: int, centre: int, radius: int) -> tuple[int, int]:
    """First and last (not included) index within `radius` of a centre, inside an axis of so many cells."""
    return max(0, centre - radius), min(size, centre + radius + 1)


def blank(shape: tuple[int, int]) -> Floats:
    """Room for distances."""
    return np.empty(shape)
