"""The table of tidal constituents, and the arrays the compiled synthesis reads.

Doodson numbers and nodal satellites are those of Foreman (1977); a shallow-water constituent is a product of main ones,
its nodal factor the product of theirs.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import NamedTuple

import numpy as np

from rob.kernels.tide import Table
from rob.types import Constituent, Floats, Ints

# Names that other tables use for a constituent with the same Doodson numbers.
ALIASES = {
    "EP2": "EPS2", "LAMBDA2": "LDA2", "LAM2": "LDA2", "SGM": "SIG1", "SIGMA1": "SIG1", "RHO": "RHO1", "M1": "NO1",
    "MA2": "H1", "MB2": "H2", "THETA1": "THE1", "CHI": "CHI1", "2MS2": "MU2", "2SM": "2SM2", "PI": "PI1",
}  # fmt: skip


class Main(NamedTuple):
    """One line of the constituent file."""

    doodson: tuple[int, ...]
    semi: float
    made_of: tuple[tuple[int, str], ...]


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("rob.tide").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@functools.cache
def known() -> dict[str, Main]:
    """Every constituent that the engine knows, by its name."""
    found = {}
    for row in _rows("constituents.csv"):
        parts = tuple((int(p.split("*")[0]), p.split("*")[1]) for p in row["made_of"].split())
        numbers = tuple(int(row[key] or 0) for key in ("tau", "s", "h", "p", "np", "p1"))
        found[row["name"]] = Main(numbers, float(row["semi"] or 0.0), parts)
    return found


@functools.cache
def _satellites() -> dict[str, list[dict[str, float]]]:
    found: dict[str, list[dict[str, float]]] = {}
    for row in _rows("satellites.csv"):
        found.setdefault(row["name"], []).append({k: float(v) for k, v in row.items() if k != "name"})
    return found


def canonical(name: str) -> str | None:
    """The engine's name of a constituent, or None when it knows none by that name."""
    upper = name.strip().upper()
    upper = ALIASES.get(upper, upper)
    return upper if upper in known() else None


def parts_of(name: str) -> tuple[tuple[int, str], ...]:
    """The main constituents a constituent is made of, with their powers."""
    return known()[name].made_of or ((1, name),)


def speed(name: str, days_from_1900: float = 36524.0) -> float:
    """Angular speed in cycles a day, at the given day (the default is the year 2000)."""
    d = days_from_1900 * 1e-4
    rates = (
        13.1763965268 - 1.7e-8 * d + 1.17e-11 * d * d,
        0.9856473354 + 4.534e-9 * d,
        0.1114040803 - 1.5478e-7 * d - 7.8e-11 * d * d,
        0.0529539222 - 3.114e-8 * d - 1.5e-11 * d * d,
        0.0000470684 + 6.78e-9 * d + 2.1e-11 * d * d,
    )
    s, h, p, node, p1 = (rate / 360.0 for rate in rates)
    each = (1.0 + h - s, s, h, p, node, p1)
    return sum(
        power * number * rate
        for power, main in parts_of(name)
        for number, rate in zip(known()[main].doodson, each, strict=True)
    )


def latitude_weight(kind: float, latitude: float) -> float:
    """Factor on a satellite's ratio for the latitude in degrees (Foreman 1977).

    Within 5° of the equator the diurnal factor would grow without bound, so 5° is used there.
    """
    near = math.copysign(5.0, latitude) if abs(latitude) < 5.0 else latitude
    sine = math.sin(math.radians(near))
    return {0: 1.0, 1: 0.36309 * (1.0 - 5.0 * sine * sine) / sine, 2: 2.59808 * sine}[int(kind)]


def build(constituents: Iterable[Constituent], latitude: float) -> Table:
    """Arrays of the given constituents for the kernels; names must be known (`canonical`)."""
    chosen = list(constituents)
    mains = sorted({main for c in chosen for _, main in parts_of(c.name)})
    parts = [[(mains.index(main), power) for power, main in parts_of(c.name)] for c in chosen]
    amplitude = np.array([c.amplitude for c in chosen], float)
    lag = np.radians([c.phase for c in chosen])
    first, shift, ratio = _satellite_arrays(mains, latitude)
    return Table(
        amplitude * np.cos(lag),
        amplitude * np.sin(lag),
        np.cumsum([0] + [len(each) for each in parts], dtype=np.int32),
        np.array([main for each in parts for main, _ in each], np.int32),
        np.array([power for each in parts for _, power in each], np.int32),
        np.array([known()[main].doodson for main in mains], float).reshape(-1, 6),
        np.array([known()[main].semi for main in mains], float),
        first,
        shift,
        ratio,
    )


def _satellite_arrays(mains: Sequence[str], latitude: float) -> tuple[Ints, Ints, Floats]:
    first, shift, ratio = [0], [], []
    for main in mains:
        for sat in _satellites().get(main, []):
            size = sat["ratio"] * latitude_weight(sat["latitude"], latitude)
            angle = 2.0 * math.pi * sat["phase"]
            shift.append((int(sat["p"]), int(sat["np"]), int(sat["p1"])))
            ratio.append((size * math.cos(angle), size * math.sin(angle)))
        first.append(len(shift))
    return (
        np.array(first, np.int32),
        np.array(shift, np.int32).reshape(-1, 3),
        np.array(ratio, float).reshape(-1, 2),
    )
