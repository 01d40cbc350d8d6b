"""A scenario as plain values: what is there, what is changed, how it is run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from rob.consequences.counts import Assets
from rob.flood.structures import Barrier, Culvert, Pump, River, Structures, Table
from rob.types import Bools, Faces, Floats, Terrain


@dataclass(frozen=True)
class Sea:
    """The sea: its cells, highest level and standard error (m), rise of the mean (m), and tide in time."""

    cells: Bools
    level: float
    sigma: float = 0.0
    rise: float = 0.0
    tide: Table | None = None


@dataclass(frozen=True)
class Line:
    """A dyke, breach or gate by name: its faces, and how it moves (None for a dyke)."""

    name: str
    faces: Faces
    existing: bool = False
    barrier: Barrier | None = None


@dataclass(frozen=True)
class Scenario:
    """Everything a run needs.

    Attributes
    ----------
    title
        One line.
    terrain, sea
        Ground and sea; heights and levels above the same datum.
    sinking
        How far the ground sinks until the year of the scenario, metres: one number or a map.
    dykes
        Dykes, existing or new, with the crest of the scenario.
    before
        Crest of existing dykes without the scenario.
    moving
        Breaches and gates.
    pumps, culverts, rivers, rain
        As in `rob.flood.structures`.
    dynamic
        Run the moving flood instead of looking up the onset.
    hours, every_minutes, roughness
        Of the moving flood.
    members
        Members of the ensemble (static only).
    assets
        Who and what may stand in the water.
    inputs
        SHA-256 of every file read, by name.
    """

    title: str
    terrain: Terrain
    sea: Sea
    sinking: Floats | float = 0.0
    dykes: tuple[Line, ...] = ()
    before: tuple[Line, ...] = ()
    moving: tuple[Line, ...] = ()
    pumps: tuple[Pump, ...] = ()
    culverts: tuple[Culvert, ...] = ()
    rivers: tuple[River, ...] = ()
    rain: Table | None = None
    dynamic: bool = False
    hours: float = 12.0
    every_minutes: float = 30.0
    roughness: float = 0.04
    members: int = 1
    assets: tuple[Assets, ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)

    def ground(self) -> Terrain:
        """The terrain after sinking."""
        return replace(self.terrain, z=self.terrain.z - self.sinking)

    def static_dykes(self) -> Faces:
        """Faces for the onset: dykes, gates shut, breaches at their bottom."""
        crests: dict[tuple[int, int, bool], float] = {}
        for line in (*self.dykes, *self.moving):
            tops = line.faces.crest
            if line.barrier is not None and line.barrier.crest is not None:
                # A breach ends at its bottom; a gate is shut when the sea is highest.
                falls = line.barrier.crest[1][-1] < line.barrier.crest[1][0]
                tops = np.full(len(tops), min(line.barrier.crest[1]) if falls else max(line.barrier.crest[1]))
            keys = zip(
                line.faces.row.tolist(), line.faces.column.tolist(), line.faces.south.tolist(), strict=True
            )
            crests.update(zip(keys, tops.tolist(), strict=True))
        if not crests:
            return Faces.none()
        rows, columns, south = zip(*crests, strict=True)
        return Faces(
            np.array(rows, np.int32),
            np.array(columns, np.int32),
            np.array(south, bool),
            np.array(list(crests.values())),
        )

    def structures(self) -> Structures:
        """For the moving flood; breaches and gates come last and so replace the dyke they stand in."""
        barriers = tuple(Barrier(line.faces) for line in self.dykes)
        barriers += tuple(line.barrier for line in self.moving if line.barrier is not None)
        return Structures(barriers, self.pumps, self.culverts, self.rivers, self.rain)

    def baseline(self) -> Scenario:
        """The same sea's tide over today's ground and works: no sinking, no rise, no change."""
        return replace(
            self,
            title="today",
            sea=replace(self.sea, rise=0.0),
            sinking=0.0,
            dykes=self.before,
            moving=(),
            pumps=(),
            culverts=(),
        )
