"""The plain values that every part of the engine shares: faults, grids, terrain, series, stations."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Times = np.ndarray[Any, np.dtype[np.datetime64[Any]]]

GRAVITY = 9.80665
"""Standard gravity, m/s²."""


class RobError(ValueError):
    """A fault in what the engine was given, with the way out of it.

    Parameters
    ----------
    source
        The file, or the argument when there is no file.
    field
        The part of it that is wrong.
    problem
        What is wrong, in one sentence without a full stop.
    remedy
        What to do, in one sentence without a full stop.
    """

    def __init__(self, source: str, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{source}: {field}: {problem}. {remedy}.")
        self.source, self.field, self.problem, self.remedy = source, field, problem, remedy


@dataclass(frozen=True)
class Grid:
    """A north-up raster of square cells.

    Attributes
    ----------
    rows, columns
        Shape; row 0 is the northern edge.
    cell
        Side of a cell, metres.
    west, north
        Coordinates of the outer corner of cell (0, 0), in the units of `crs`.
    crs
        Reference system as text, for instance ``EPSG:32749``; empty when local.
    """

    rows: int
    columns: int
    cell: float
    west: float = 0.0
    north: float = 0.0
    crs: str = ""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def extent(self) -> str:
        """What the grid spans, for messages."""
        return (
            f"{self.west:g} to {self.west + self.columns * self.cell:g} east and "
            f"{self.north - self.rows * self.cell:g} to {self.north:g} north"
        )

    def cell_at(self, x: float, y: float, source: str = "point") -> tuple[int, int]:
        """Row and column of the cell that holds (x, y).

        Parameters
        ----------
        x, y
            Coordinates in the units of `crs`.
        source
            File or field, for the message.

        Raises
        ------
        RobError
            When the point lies outside the grid.
        """
        finite = math.isfinite(x) and math.isfinite(y)
        row = int((self.north - y) // self.cell) if finite else -1
        column = int((x - self.west) // self.cell) if finite else -1
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise RobError(
                source,
                "coordinates",
                f"({x:g}, {y:g}) lies outside the grid, which spans {self.extent}",
                f"Give coordinates in the same reference system as the terrain ({self.crs or 'local metres'})",
            )
        return row, column


@dataclass(frozen=True)
class Terrain:
    """Ground heights with the facts without which they mean nothing.

    Attributes
    ----------
    grid
        Where the cells lie.
    z
        Ground height, metres above `vertical_datum`, shape ``(rows, columns)``; NaN where unknown.
    vertical_datum
        Name of the zero, for instance ``MSL`` or ``EGM2008``.
    survey_date
        ISO date of the survey (the ground sinks).
    sigma
        Standard error of a height, metres, one number or one for each cell.
    source
        File or origin, for messages.
    """

    grid: Grid
    z: Floats
    vertical_datum: str
    survey_date: str
    sigma: Floats | float = 0.0
    source: str = "terrain"


@dataclass(frozen=True)
class Faces:
    """Dykes as faces between neighbouring cells: the crest height that water must pass.

    Attributes
    ----------
    row, column
        The cell north or west of the face.
    south
        True when the face lies between the cell and its southern neighbour, False for its eastern one.
    crest
        Metres, same datum as the terrain.
    """

    row: Ints
    column: Ints
    south: Bools
    crest: Floats

    @classmethod
    def none(cls) -> Faces:
        """No dyke at all."""
        return cls(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, bool), np.empty(0))

    def joined(self, other: Faces) -> Faces:
        """Both sets; where a face is in both, the higher crest counts."""
        return Faces(
            np.concatenate((self.row, other.row)),
            np.concatenate((self.column, other.column)),
            np.concatenate((self.south, other.south)),
            np.concatenate((self.crest, other.crest)),
        )

    def check(self, rows: int, columns: int, source: str) -> None:
        """Raise `RobError` when a face lies outside a grid or a crest is not a number.

        Parameters
        ----------
        rows, columns
            Shape of the grid.
        source
            File, for the message.

        Raises
        ------
        RobError
            When a face lies outside the grid or a crest is not a number.
        """
        last_row, last_column = rows - 1 - self.south, columns - 2 + self.south
        beyond = (self.row < 0) | (self.column < 0) | (self.row > last_row) | (self.column > last_column)
        if beyond.any():
            n = int(np.flatnonzero(beyond)[0])
            raise RobError(
                source,
                "dykes",
                f"the face at row {self.row[n]}, column {self.column[n]} lies outside the grid",
                "Clip the dykes to the terrain, or use a larger terrain",
            )
        if not np.isfinite(self.crest).all():
            raise RobError(
                source, "dykes", "a crest is not a number", "Give the crest in metres above the datum"
            )


@dataclass(frozen=True)
class Series:
    """Water levels in time order.

    Attributes
    ----------
    times
        ``datetime64[s]``, UTC, strictly increasing.
    levels
        Metres; NaN where missing. Same shape as `times`.
    datum
        Name of the zero of the levels.
    source
        File or origin, for messages.
    """

    times: Times
    levels: Floats
    datum: str = "gauge"
    source: str = "series"

    def known(self) -> Series:
        """The series without its missing values."""
        keep = np.isfinite(self.levels)
        return Series(self.times[keep], self.levels[keep], self.datum, self.source)


@dataclass(frozen=True)
class Constituent:
    """One tidal constituent: name, amplitude in metres, Greenwich phase lag in degrees (UTC)."""

    name: str
    amplitude: float
    phase: float


@dataclass(frozen=True)
class Station:
    """A tide station and its constants.

    Attributes
    ----------
    name, latitude, longitude
        Where it stands (degrees north, degrees east).
    constituents
        Constants; phases are already referred to UTC.
    datums
        Named levels in metres above the gauge zero (``MSL``, ``LAT``, …).
    phase_hours
        Time zone that the phases of the file were referred to, hours east of UTC (kept for the record).
    source, licence, period
        Where the constants come from, under what licence, from which years.
    trust
        ``measured``, ``neighbour`` or ``low``.
    unused
        Names of constants in the file that the engine does not know and leaves out.
    """

    name: str
    latitude: float
    longitude: float
    constituents: tuple[Constituent, ...]
    datums: dict[str, float] = field(default_factory=dict)
    phase_hours: float = 0.0
    source: str = ""
    licence: str = ""
    period: str = ""
    trust: str = "measured"
    unused: tuple[str, ...] = ()

    @property
    def mean_level(self) -> float:
        """Mean sea level above the gauge zero, metres; zero when the station has no datum."""
        return self.datums.get("MSL", 0.0)


def as_times(values: Any) -> Times:
    """Any sequence of times as ``datetime64[s]`` (UTC)."""
    return np.asarray(values, dtype="datetime64[s]")
