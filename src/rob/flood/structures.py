"""Dykes, breaches, gates, pumps, valves, culverts, rivers and rain, as a run of the flood takes them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rob.types import Faces, Floats, RobError

Table = tuple[tuple[float, ...], tuple[float, ...]]
"""Seconds from the start of the run, and the value at each; held constant beyond the ends, linear between."""


@dataclass(frozen=True)
class Barrier:
    """Faces with one behaviour: a dyke, a breach in one, a gate.

    Attributes
    ----------
    faces
        Where, and the crest, metres.
    way
        0 lets water pass both ways, 1 only east and south, -1 only west and north (a flap gate).
    crest
        Crest in time for all the faces, metres; None keeps the crest of `faces`.
    """

    faces: Faces
    way: int = 0
    crest: Table | None = None


def breach(faces: Faces, start: float, duration: float, bottom: float) -> Barrier:
    """A dyke whose crest falls to `bottom` (m) from `start` (s) on, evenly over `duration` (s).

    Parameters
    ----------
    faces
        Where, with the crest before the breach, metres.
    start, duration
        Seconds from the start of the run, and seconds that the fall takes.
    bottom
        Crest after it, metres; never above the crest before.
    """
    top = float(faces.crest.max())
    return Barrier(faces, 0, ((start, start + max(duration, 1.0)), (top, min(bottom, top))))


def gate(faces: Faces, sill: float, closed: float, moves: Table) -> Barrier:
    """A gate whose crest moves between `sill` (open, m) and `closed` (m); `moves` holds the share open, 0 to 1.

    Parameters
    ----------
    faces
        Where it stands.
    sill, closed
        Crest when open and when shut, metres.
    moves
        Share open, 0 to 1, over seconds from the start; linear between.
    """
    return Barrier(faces, 0, (moves[0], tuple(closed + share * (sill - closed) for share in moves[1])))


@dataclass(frozen=True)
class Pump:
    """A pump from cell `start` to cell `end` (row, column), or out of the domain when `end` is None.

    `capacity` in m³/s; it starts when the level at `start` reaches `on` and stops at `off` (metres).
    """

    start: tuple[int, int]
    end: tuple[int, int] | None
    capacity: float
    on: float
    off: float


@dataclass(frozen=True)
class Culvert:
    """A pipe between two cells through a dyke; with `one_way` a check valve that only lets water from start to end.

    Q = C A √(2 g Δη) above the invert (metres); `area` in m², C = 0.6 for a sharp edge.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    area: float
    invert: float
    one_way: bool = False
    coefficient: float = 0.6


@dataclass(frozen=True)
class River:
    """Inflow over some cells (row, column), shared evenly; discharge in m³/s over seconds."""

    cells: tuple[tuple[int, int], ...]
    discharge: Table


@dataclass(frozen=True)
class Structures:
    """Everything built or flowing in, beside the sea."""

    barriers: tuple[Barrier, ...] = ()
    pumps: tuple[Pump, ...] = ()
    culverts: tuple[Culvert, ...] = ()
    rivers: tuple[River, ...] = ()
    rain: Table | None = None
    weir_coefficient: float = 0.6


@dataclass
class Row:
    """Builder of the arrays for the kernels: lists that grow together."""

    when: list[float] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    first: list[int] = field(default_factory=lambda: [0])

    def add(self, table: Table) -> None:
        """Append one table."""
        self.when += table[0]
        self.value += table[1]
        self.first.append(len(self.when))

    def arrays(self) -> tuple[np.ndarray, Floats, Floats]:
        """``first``, ``when``, ``value``."""
        return np.array(self.first, np.int32), np.array(self.when, float), np.array(self.value, float)


def check_table(table: Table, source: str, name: str) -> None:
    """Raise `RobError` when a table is empty, not in order, or holds a value that is not a number.

    Parameters
    ----------
    table
        Seconds and values.
    source, name
        File and field, for the message.

    Raises
    ------
    RobError
        When it is empty, not in order, or holds a value that is not a number.
    """
    when, value = np.array(table[0], float), np.array(table[1], float)
    if not len(when) or len(when) != len(value) or not np.isfinite(value).all() or (np.diff(when) <= 0).any():
        raise RobError(
            source,
            name,
            "its times must increase and each needs a value that is a number",
            "Write the times in seconds, in order, without gaps (NaN)",
        )


def check_cell(cell: tuple[int, int], shape: tuple[int, int], source: str, name: str) -> int:
    """Flat index of a cell, or `RobError` when it lies outside the grid.

    Parameters
    ----------
    cell
        Row and column.
    shape
        Rows and columns of the grid.
    source, name
        File and field, for the message.

    Raises
    ------
    RobError
        When the cell lies outside the grid.
    """
    if not (0 <= cell[0] < shape[0] and 0 <= cell[1] < shape[1]):
        raise RobError(
            source,
            name,
            f"cell {cell} lies outside the grid {shape}",
            "Give a row and column within the terrain",
        )
    return cell[0] * shape[1] + cell[1]
