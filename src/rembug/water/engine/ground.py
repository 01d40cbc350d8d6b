"""Ground and the sea levels from which it floods."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rembug.water.engine.faults import told
from rembug.water.rules.land import Land
from rob.onset.minimax import onset
from rob.scenario.lines import faces_along
from rob.types import Faces, Grid, Terrain

Floats = npt.NDArray[np.float64]
Line = tuple[tuple[tuple[float, float], ...], float]  # points in degrees, crest in metres


@dataclass(frozen=True, slots=True)
class Floods:
    """Onset level of each cell, metres above mean sea level: infinite where the sea never comes."""

    onset: Floats


def flooding(land: Land, dykes: tuple[Line, ...] = ()) -> Floods:
    """Return the onset level of every cell behind dykes given as lines in degrees."""
    with told():
        found = onset(terrain_of(land), land.sea, faces(land, dykes))
        return Floods(np.asarray(found.level, float))


def faces(land: Land, dykes: tuple[Line, ...]) -> Faces:
    """Return dykes as faces between cells; one that leaves the raster is a fault that names it."""
    grid, found = terrain_of(land).grid, Faces.none()
    with told():
        for number, (points, crest) in enumerate(dykes, start=1):
            line = faces_along(grid, land.metres(points), crest, land.source, f"dyke {number}")
            found = found.joined(line)
    return found


def terrain_of(land: Land) -> Terrain:
    """Return the ground as the engine knows it: local metres from its south-west corner."""
    rows, columns = land.z.shape
    grid = Grid(rows, columns, land.cell_m, 0.0, rows * land.cell_m)
    return Terrain(grid, land.z, land.vertical_datum, land.survey_date, land.sigma_m, land.source)
