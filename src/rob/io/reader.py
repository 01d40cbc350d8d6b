"""The reading of one scenario file: its folder, its inputs by their hash, and values checked one by one."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import Any

import numpy as np

from rob.flood.structures import Table
from rob.io import toml
from rob.io.terrain import read_raster
from rob.scenario.lines import Point
from rob.types import Floats, RobError, Terrain


class Reader:
    """One scenario file under way: its folder, its name for messages, and the hashes of what it reads."""

    def __init__(self, path: Path) -> None:
        self.path, self.source = path, str(path)
        self.inputs: dict[str, str] = {}

    def file(self, table: toml.Table, where: str, key: str = "file") -> Path:
        """The file that ``key = "…"`` names, beside the scenario; noted with its SHA-256.

        Parameters
        ----------
        table, key
            Where the name of the file stands; it is relative to the folder of the scenario.
        where
            Section, for the message.

        Raises
        ------
        RobError
            When the key is missing or there is no such file.
        """
        name = toml.text(table, key, f"{self.source}: {where}")
        path = self.path.parent / name
        if not path.is_file():
            raise RobError(
                self.source, f"{where}.{key}", f"there is no {path}", "Give a path relative to the scenario"
            )
        self.note(path, name)
        return path

    def note(self, path: Path, name: str) -> None:
        """Keep the hash of an input."""
        self.inputs[name] = hashlib.sha256(path.read_bytes()).hexdigest()

    def raster(self, table: toml.Table, key: str, where: str, ground: Terrain) -> Floats:
        """The values of a raster on the terrain's grid, which ``key = "…"`` names; NaN where it has none.

        Parameters
        ----------
        table, key, where
            As for `file`.
        ground
            The terrain whose grid it must have.

        Raises
        ------
        RobError
            When it is no raster or has another shape.
        """
        grid, values = read_raster(self.file(table, where, key))
        if grid.shape != ground.z.shape:
            raise RobError(
                self.source,
                f"{where}.{key}",
                f"{grid.shape} cells, not {ground.z.shape}",
                "Resample it to the terrain's grid",
            )
        return values

    def point(self, value: Any, where: str) -> Point:
        """A pair of coordinates.

        Raises
        ------
        RobError
            When it is not a pair of finite numbers.
        """
        if not (isinstance(value, list) and len(value) == 2 and all(real(v) for v in value)):
            raise RobError(
                self.source, where, f"{value!r} is not a point", "Write [x, y] in the terrain's coordinates"
            )
        return float(value[0]), float(value[1])

    def table(self, value: Any, where: str, scale: float) -> Table:
        """Pairs ``[[hour, value], …]`` as seconds and values times `scale`.

        Parameters
        ----------
        value
            What stands in the file.
        where
            Field, for the message.
        scale
            Factor on the values.

        Raises
        ------
        RobError
            When it is no list of pairs, a value is not a number, or the hours do not increase.
        """
        if not (
            isinstance(value, list) and value and all(isinstance(p, list) and len(p) == 2 for p in value)
        ):
            raise RobError(self.source, where, "not a table of pairs", "Write [[hour, value], [hour, value]]")
        if not all(real(v) for pair in value for v in pair):
            raise RobError(
                self.source, where, "a value is not a number", "Write [[hour, value], [hour, value]]"
            )
        if any(b[0] <= a[0] for a, b in itertools.pairwise(value)):
            raise RobError(self.source, where, "the hours do not increase", "Put the pairs in order of time")
        return tuple(3600.0 * float(p[0]) for p in value), tuple(scale * float(p[1]) for p in value)


def real(value: Any) -> bool:
    """Whether it is a finite number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))


def above(value: float, field: str, source: str, most: float = 1e9) -> float:
    """The value when it is above zero and at most `most`.

    Parameters
    ----------
    value, most
        The number and its upper bound.
    field, source
        Where it stands, for the message.

    Raises
    ------
    RobError
        When it is not.
    """
    if value <= 0:
        raise RobError(source, field, f"{value:g} is not above zero", "Write a positive number")
    if value > most:
        raise RobError(source, field, f"{value:g} is too large", f"Write at most {most:g}")
    return value


def not_below(value: float, field: str, source: str) -> float:
    """The value, or a fault when it is below zero."""
    if value < 0:
        raise RobError(source, field, f"{value:g} is below zero", "Write zero or a positive number")
    return value
