"""From lines on the map to faces between cells: a chain of cell sides without a gap, so that no water slips through."""

from __future__ import annotations

import itertools

import numpy as np

from rob.types import Faces, Grid, RobError

Point = tuple[float, float]


def faces_along(
    grid: Grid, points: tuple[Point, ...], crest: float | tuple[float, ...], source: str, name: str
) -> Faces:
    """Faces of a dyke along a line.

    Parameters
    ----------
    grid
        Cells.
    points
        Corners of the line in the grid's coordinates; each is moved to the nearest corner of a cell.
    crest
        One height, or one for each point (metres), interpolated between them.
    source, name
        File and dyke, for messages.

    Raises
    ------
    RobError
        When there are fewer than two points, a point lies outside the grid, or heights are missing.
    """
    heights = (crest,) * len(points) if isinstance(crest, int | float) else tuple(crest)
    if len(points) < 2 or len(heights) != len(points):
        raise RobError(
            source, f"{name}.points", "a line needs two points and a crest for each", "Add points or heights"
        )
    if not np.isfinite(heights).all() or not np.isfinite(points).all():
        raise RobError(
            source, f"{name}.crest", "a height or coordinate is not a number", "Write metres above the datum"
        )
    corners = [_corner(grid, point, source, name) for point in points]
    found: dict[tuple[int, int, bool], float] = {}
    for (a, b), (low, high) in zip(itertools.pairwise(corners), itertools.pairwise(heights), strict=True):
        steps = _walk(a, b)
        for n, (here, there) in enumerate(steps):
            face = _face(grid, here, there)
            top = low + (high - low) * (n + 0.5) / len(steps)
            if face is not None:
                found[face] = max(found.get(face, -np.inf), top)
    if not found:
        raise RobError(
            source,
            f"{name}.points",
            "the line is shorter than a cell",
            "Use a finer terrain or a longer line",
        )
    rows, columns, south = zip(*found, strict=True)
    return Faces(
        np.array(rows, np.int32),
        np.array(columns, np.int32),
        np.array(south, bool),
        np.array(list(found.values()), float),
    )


def _corner(grid: Grid, point: Point, source: str, name: str) -> tuple[int, int]:
    """Row and column of the nearest corner of a cell."""
    row, column = round((grid.north - point[1]) / grid.cell), round((point[0] - grid.west) / grid.cell)
    if not (0 <= row <= grid.rows and 0 <= column <= grid.columns):
        raise RobError(
            source,
            f"{name}.points",
            f"({point[0]:g}, {point[1]:g}) lies outside the grid, which spans {grid.extent}",
            "Clip the line to the terrain, and give it in the terrain's reference system",
        )
    return row, column


def _walk(a: tuple[int, int], b: tuple[int, int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Steps along cell sides from corner `a` to corner `b`, close to the straight line."""
    steps, here = [], a
    down, right = b[0] - a[0], b[1] - a[1]
    total = abs(down) + abs(right)
    done_down = done_right = 0
    for _ in range(total):
        lag_down = abs(down) * (done_down + done_right + 1) - done_down * total
        lag_right = abs(right) * (done_down + done_right + 1) - done_right * total
        if lag_down >= lag_right and done_down < abs(down):
            there, done_down = (here[0] + (1 if down > 0 else -1), here[1]), done_down + 1
        else:
            there, done_right = (here[0], here[1] + (1 if right > 0 else -1)), done_right + 1
        steps.append((here, there))
        here = there
    return steps


def _face(grid: Grid, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int, bool] | None:
    """The face that lies between two neighbouring corners; None on the rim of the grid."""
    if a[0] == b[0]:
        row, column = a[0] - 1, min(a[1], b[1])
        return (row, column, True) if 0 <= row < grid.rows - 1 else None
    row, column = min(a[0], b[0]), a[1] - 1
    return (row, column, False) if 0 <= column < grid.columns - 1 else None
