"""A scenario as plain values: what is there, what is changed, how it is run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rob.consequences.counts import Assets
from rob.flood.structures import Barrier, Culvert, Pump, River, Structures, Table
from rob.types import Bools, Faces, Floats, Terrain


@dataclass(frozen=True)
class Sea:
    """The sea.

    Attributes
    ----------
    cells
        True where the sea is.
    level, sigma
        Highest level and its standard error, metres.
    rise
        Rise of the mean sea level, metres, everywhere alike.
    tide
        Level over seconds from the start, for the moving flood; without `rise`.
    rise_map
        Further rise that differs from place to place, metres, shape of the terrain or one number: over ground that the
        sea reaches, a higher sea and a lower ground are the same.
    """

    cells: Bools
    level: float
    sigma: float = 0.0
    rise: float = 0.0
    tide: Table | None = None
    rise_map: Floats | float = 0.0


@dataclass(frozen=True)
class Line:
    """A dyke, breach or gate by name: its faces, and how it moves (None for a dyke).

    `sinks` says that its crest was measured with the terrain and sinks with it until the year of the scenario; the
    crest of a new or raised dyke is the one it has in that year.
    """

    name: str
    faces: Faces
    existing: bool = False
    barrier: Barrier | None = None
    sinks: bool = False


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
        Members of the ensemble, each with a ground and a sea drawn from their errors.
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
        """The terrain relative to the sea of the scenario: after sinking, and less the map of the sea's rise."""
        return replace(self.terrain, z=self.terrain.z - self.sinking - self.sea.rise_map)

    def static_dykes(self) -> Faces:
        """Faces for the onset: dykes, gates shut, breaches at their bottom."""
        crests: dict[tuple[int, int, bool], float] = {}
        for line in map(self._relative, (*self.dykes, *self.moving)):
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
        lines = [self._relative(line) for line in (*self.dykes, *self.moving)]
        barriers = tuple(line.barrier or Barrier(line.faces) for line in lines)
        up = self.sea.rise_map
        pumps = tuple(
            replace(pump, on=pump.on - _at(up, pump.start), off=pump.off - _at(up, pump.start))
            for pump in self.pumps
        )
        culverts = tuple(replace(pipe, invert=pipe.invert - _at(up, pipe.start)) for pipe in self.culverts)
        return Structures(barriers, pumps, culverts, self.rivers, self.rain)

    def _relative(self, line: Line) -> Line:
        """The line with its crest relative to the sea of the scenario, as `ground` is."""
        fall = self.sea.rise_map + (self.sinking if line.sinks else 0.0)
        faces = line.faces
        other = (faces.row + faces.south, faces.column + ~faces.south)
        shift = 0.5 * (_at(fall, (faces.row, faces.column)) + _at(fall, other)) * np.ones(len(faces.row))
        faces = replace(faces, crest=faces.crest - shift)
        barrier = line.barrier
        if barrier is not None:
            table, mean = barrier.crest, float(shift.mean()) if len(shift) else 0.0
            moved = None if table is None else (table[0], tuple(height - mean for height in table[1]))
            barrier = replace(barrier, faces=faces, crest=moved)
        return replace(line, faces=faces, barrier=barrier)

    def baseline(self) -> Scenario:
        """The same sea's tide over today's ground and works: no sinking, no rise, no change."""
        return replace(
            self,
            title="today",
            sea=replace(self.sea, rise=0.0, rise_map=0.0),
            sinking=0.0,
            dykes=self.before,
            moving=(),
            pumps=(),
            culverts=(),
        )


def _at(values: Floats | float, cell: tuple[Any, Any]) -> Any:
    """A map's value in one cell or several; a plain number everywhere."""
    return values if np.ndim(values) == 0 else np.asarray(values)[cell]
