"""Small floods that several tests share."""

from __future__ import annotations

import numpy as np

from rob.flood.solver import Flood, Frame, Numerics, Setup
from rob.flood.structures import Structures, Table
from rob.types import Bools, Faces, Floats, Grid, Terrain

PLAIN = Numerics(theta=1.0)


def terrain(z: Floats, cell: float = 10.0) -> Terrain:
    """Ground with every fact it needs."""
    z = np.asarray(z, float)
    return Terrain(Grid(z.shape[0], z.shape[1], cell), z, "MSL", "2026-01-01", source="test")


def edge(shape: tuple[int, int], side: str) -> Bools:
    """Sea along one edge."""
    sea = np.zeros(shape, bool)
    {"north": sea[0], "south": sea[-1], "west": sea[:, 0], "east": sea[:, -1]}[side][:] = True
    return sea


def run(
    z: Floats,
    seconds: float,
    *,
    cell: float = 10.0,
    side: str | None = None,
    level: Table | None = None,
    depth: Floats | None = None,
    roughness: float = 0.04,
    structures: Structures | None = None,
    numerics: Numerics | None = None,
) -> Frame:
    """Run one flood to its end."""
    z = np.asarray(z, float)
    sea = np.zeros(z.shape, bool) if side is None else edge(z.shape, side)
    setup = Setup(
        terrain(z, cell), sea, level, roughness, depth, structures or Structures(), numerics or Numerics()
    )
    return Flood(setup).run(seconds)


def wall(column: int, rows: int, crest: float) -> Faces:
    """A north-south dyke east of a column."""
    return Faces(
        np.arange(rows, dtype=np.int32),
        np.full(rows, column, np.int32),
        np.zeros(rows, bool),
        np.full(rows, crest, float),
    )


def bowl(size: int = 40, seed: int = 3, slope: float = 1.5, noise: float = 0.2) -> Floats:
    """Rough ground that rises to the north."""
    rng = np.random.default_rng(seed)
    return np.linspace(slope, 0.0, size)[:, None] + rng.normal(0.0, noise, (size, size))
