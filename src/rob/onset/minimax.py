"""Flood onset: the lowest sea level at which each cell floods, by the minimax path from the sea."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rob.kernels import onset as kernel
from rob.types import Bools, Faces, Floats, Ints, RobError, Terrain


@dataclass(frozen=True)
class Onset:
    """The onset level of every cell.

    Attributes
    ----------
    level
        Metres, shape of the terrain; infinite where the sea never comes, NaN where the ground is unknown.
    z
        The ground it was computed for, metres, rounded to the millimetre.
    """

    level: Floats
    z: Floats

    def depth(self, sea_level: float) -> Floats:
        """Depth at a sea level, metres: η − z where η ≥ onset, else 0 (NaN where the ground is unknown)."""
        return np.where(
            np.isnan(self.z), np.nan, np.where(sea_level >= self.level, np.maximum(sea_level - self.z, 0), 0)
        )

    def flooded(self, sea_level: float) -> Bools:
        """Cells under water at a sea level."""
        return np.asarray((sea_level >= self.level) & (sea_level > self.z))

    def low_but_dry(self, sea_level: float) -> Bools:
        """Ground below the sea level that no path connects to it: shown apart, for rain and seepage still collect."""
        return np.asarray((sea_level > self.z) & (sea_level < self.level))


def onset(terrain: Terrain, sea: Bools, dykes: Faces | None = None) -> Onset:
    """Lowest sea level at which each cell floods: min over paths from the sea of the highest ground or crest passed.

    Parameters
    ----------
    terrain
        Ground; cells with NaN stop the water.
    sea
        True where the sea is, shape of the terrain.
    dykes
        Faces with a crest; a face lower than the ground beside it changes nothing.

    Returns
    -------
    Onset
        Levels rounded to 1 mm.

    Raises
    ------
    RobError
        When the sea has no cell, has another shape, or a height or crest is beyond ±1,000 m.

    Notes
    -----
    L(c) = min over paths of max(z, crest). Heights are rounded to the millimetre and cells settled in the order of
    their level from one queue for each millimetre, so the cost grows with the number of cells only.
    """
    source = terrain.source
    if sea.shape != terrain.z.shape:
        raise RobError(
            source, "sea", f"its shape {sea.shape} is not that of the terrain", "Draw it on the same grid"
        )
    if not (sea & np.isfinite(terrain.z)).any():
        raise RobError(
            source, "sea", "no cell of known ground is sea", "Mark the sea cells, or name an edge as sea"
        )
    dykes = dykes or Faces.none()
    rows, columns = terrain.z.shape
    state = np.empty((rows + 2, columns + 2), np.int32)
    _check_heights(terrain.z, dykes.crest, source)
    low, high = kernel.frame(terrain.z, state)
    sides, crest = _dyke_arrays(dykes, rows, columns, source)
    if len(crest):
        high = max(high, int(crest[:, 1:5].max()))
    head, following = kernel.queues(low, high, state.size, 4 * len(crest))
    kernel.sow(np.ascontiguousarray(sea), state, low, head, following)
    kernel.minimax(state.ravel(), columns + 2, low, head, following, sides, crest)
    level, ground = np.empty((rows, columns)), np.empty((rows, columns))
    kernel.metres(terrain.z, state, level, ground)
    return Onset(level, ground)


def _check_heights(z: Floats, crest: Floats, source: str) -> None:
    highest = max(float(np.nanmax(np.abs(z))), float(np.abs(crest).max(initial=0.0)))
    if not highest < 1000.0:
        raise RobError(
            source,
            "heights",
            f"a height of {highest:g} m",
            "Set missing heights to NaN and give metres above the datum",
        )


def _dyke_arrays(dykes: Faces, rows: int, columns: int, source: str) -> tuple[np.ndarray, Ints]:
    if not len(dykes.row):
        return np.empty(0, np.uint8), np.empty((0, 6), np.int32)
    dykes.check(rows, columns, source)
    width = columns + 2
    first = (dykes.row.astype(np.int64) + 1) * width + dykes.column + 1
    second = first + np.where(dykes.south, width, 1)
    cells, index = np.unique(np.concatenate((first, second)), return_inverse=True)
    top = np.rint(dykes.crest * 1000.0).astype(np.int32) + kernel.BASE
    crest = np.full((len(cells), 6), kernel.WALL, np.int32)
    crest[:, 0] = cells
    count = len(first)
    np.maximum.at(crest, (index[:count], np.where(dykes.south, 4, 3)), top)
    np.maximum.at(crest, (index[count:], np.where(dykes.south, 1, 2)), top)
    sides = np.zeros((rows + 2) * width, np.uint8)
    np.bitwise_or.at(sides, first, np.where(dykes.south, 8, 4).astype(np.uint8))
    np.bitwise_or.at(sides, second, np.where(dykes.south, 1, 2).astype(np.uint8))
    return sides, crest
