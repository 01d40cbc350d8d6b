"""Run a flood: the local-inertial equations with structures, mass kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numba
import numpy as np

from rob.flood import arrays
from rob.flood.structures import Structures, Table, check_table
from rob.kernels import advance as kernel
from rob.kernels.jit import config
from rob.types import Bools, Floats, RobError, Terrain

TOGETHER_FROM = 200_000
"""Cells from which more than one thread pays."""


@dataclass(frozen=True)
class Numerics:
    """How to compute.

    Attributes
    ----------
    courant
        α of the time step, at most 0.7.
    theta
        1 is Bates (2010); 0.9 damps (de Almeida 2012).
    thin
        Depth under which nothing flows, metres.
    longest
        Longest step, seconds.
    skip
        Leave out dry ground.
    threads
        Threads; 0 takes all that Numba was given, but one for small grids.
    """

    courant: float = 0.7
    theta: float = 0.9
    thin: float = 1e-3
    longest: float = 10.0
    skip: bool = True
    threads: int = 0


@dataclass(frozen=True)
class Setup:
    """A flood to run.

    Attributes
    ----------
    terrain
        Ground, metres; cells with NaN are walls.
    sea
        True where the sea holds the level, shape of the terrain.
    level
        Sea level, metres over seconds from the start; None without a sea.
    roughness
        Manning's n, one number or one for each cell, s/m^(1/3).
    depth
        Depth at the start, metres; None for dry land (sea cells start at the level of the sea).
    structures
        Dykes, pumps, rivers, rain (mm/h).
    numerics
        How to compute.
    """

    terrain: Terrain
    sea: Bools
    level: Table | None = None
    roughness: Floats | float = 0.04
    depth: Floats | None = None
    structures: Structures = field(default_factory=Structures)
    numerics: Numerics = field(default_factory=Numerics)


@dataclass(frozen=True)
class Balance:
    """Where the water went, m³: `end` − `start` must equal what came in less what went out."""

    start: float
    end: float
    sea: float
    rain: float
    rivers: float
    out: float

    @property
    def error(self) -> float:
        """What is missing, relative to the greatest of the volumes."""
        gap = self.end - self.start - (self.sea + self.rain + self.rivers - self.out)
        scale = max(abs(v) for v in (self.start, self.end, self.sea, self.rain, self.rivers, self.out, 1e-9))
        return gap / scale


@dataclass(frozen=True)
class Frame:
    """The flood at one moment: seconds, depth (m, NaN without ground), steps so far, volume moved by each link (m³)."""

    time: float
    depth: Floats
    steps: int
    balance: Balance
    moved: Floats
    discharge_east: Floats
    discharge_south: Floats


class Flood:
    """A flood under way; `run` moves it on.

    Parameters
    ----------
    setup
        What to run; checked here.

    Raises
    ------
    RobError
        When shapes differ, a number is not finite, the sea has no level, or a structure lies outside the grid.
    """

    def __init__(self, setup: Setup) -> None:
        _check(setup)
        terrain, rules, source = setup.terrain, setup.numerics, setup.terrain.source
        walls = np.isnan(terrain.z)
        z = np.where(walls, arrays.WALL, terrain.z)
        h = np.zeros_like(z) if setup.depth is None else np.where(walls, 0.0, setup.depth)
        level = setup.level or ((0.0,), (0.0,))
        sea = setup.sea if setup.level is not None else np.zeros_like(setup.sea)
        h = np.where(sea & ~walls, np.maximum(level[1][0] - z, 0.0), h)
        rows, columns = z.shape
        self.walls, self.setup = walls, setup
        self.bands = _bands(rules.threads, rows, columns)
        self.field = arrays.field_of(z, h, setup.roughness)
        self.dykes = arrays.dykes_of(
            setup.structures.barriers, (rows, columns), setup.structures.weir_coefficient, source
        )
        self.links = arrays.links_of(setup.structures, (rows, columns), source)
        table = (np.array(level[0], float), np.array(level[1], float))
        self.forcing = arrays.forcing_of(setup.structures, sea, walls, table, source)
        self.rules = kernel.Rules(
            terrain.grid.cell, rules.courant, rules.longest, rules.thin, rules.theta, rules.skip
        )
        self.room = arrays.room_of(rows, columns, self.bands)
        self.totals = np.zeros(8)
        self.totals[kernel.DEEPEST] = float(h.max())
        self.start = self.volume()

    def volume(self) -> float:
        """Water on the grid, m³."""
        return float(self.field.h.sum()) * self.setup.terrain.grid.cell**2

    def run(self, until: float) -> Frame:
        """Move on to `until` seconds from the start and look.

        Raises
        ------
        RobError
            When a depth is no longer a number (the run has blown up).
        """
        step = (
            self.field,
            self.dykes,
            self.links,
            self.forcing,
            self.rules,
            self.room,
            self.totals,
            float(until),
        )
        if self.bands == 1:
            kernel.run_alone(*step)
        else:
            before = numba.get_num_threads()
            numba.set_num_threads(self.bands)
            try:
                kernel.run_together(*step)
            finally:
                numba.set_num_threads(before)
        return self.look()

    def look(self) -> Frame:
        """The state now.

        Raises
        ------
        RobError
            When a depth is no longer a number (the run has blown up).
        """
        volume, totals = self.volume(), self.totals
        if not np.isfinite(volume):
            raise RobError(
                self.setup.terrain.source,
                "numerics",
                f"the run blew up after {totals[kernel.STEPS]:.0f} steps",
                "Lower `courant` to 0.5, and look for heights that are errors of the survey",
            )
        balance = Balance(
            self.start,
            volume,
            totals[kernel.SEA],
            totals[kernel.RAIN],
            totals[kernel.SOURCES],
            totals[kernel.OUT],
        )
        depth = np.where(self.walls, np.nan, self.field.h)
        return Frame(
            float(totals[kernel.TIME]),
            depth,
            int(totals[kernel.STEPS]),
            balance,
            self.links.moved.copy(),
            self.field.qx[:, 1:-1].copy(),
            self.field.qy[1:].copy(),
        )


@dataclass
class Peak:
    """The greatest depth seen in each cell (m), and when it was first seen to be wet (s, infinite if never)."""

    depth: Floats
    wet_from: Floats

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> Peak:
        """Nothing seen yet."""
        return cls(np.zeros(shape), np.full(shape, np.inf))

    def see(self, frame: Frame, wet: float = 0.05) -> None:
        """Take a frame into account; `wet` is the depth that counts as flooded, metres."""
        np.fmax(self.depth, frame.depth, out=self.depth)
        first = (frame.depth >= wet) & np.isinf(self.wet_from)
        self.wet_from[first] = frame.time


def frames(
    setup: Setup, times: tuple[float, ...], tell: Callable[[float], None] | None = None
) -> Iterator[Frame]:
    """The flood at each of the given seconds; `tell` is called with the share done.

    Parameters
    ----------
    setup
        What to run.
    times
        Seconds from the start, in order.
    tell
        Called with the share done, 0 to 1.

    Raises
    ------
    RobError
        As `Flood`.
    """
    flood = Flood(setup)
    for time in times:
        yield flood.run(time)
        if tell is not None:
            tell(time / times[-1])


def _bands(threads: int, rows: int, columns: int) -> int:
    if threads == 0:
        threads = numba.get_num_threads() if rows * columns >= TOGETHER_FROM else 1
    return max(1, min(threads, int(config.NUMBA_NUM_THREADS), rows // 4))


def _check(setup: Setup) -> None:
    terrain, source = setup.terrain, setup.terrain.source
    shape = terrain.z.shape
    if min(shape) < 3:
        raise RobError(
            source, "grid", f"{shape[0]} × {shape[1]} cells are too few", "Use at least 3 × 3 cells"
        )
    for name, value in (("sea", setup.sea), ("depth", setup.depth), ("roughness", setup.roughness)):
        if value is not None and not np.isscalar(value) and np.shape(value) != shape:
            raise RobError(
                source, name, f"its shape {np.shape(value)} is not that of the terrain", "Resample it"
            )
    if setup.level is not None:
        check_table(setup.level, source, "sea level")
        if not (setup.sea & np.isfinite(terrain.z)).any():
            raise RobError(source, "sea", "a sea level is given but no cell is sea", "Mark the sea cells")
    _check_numbers(setup, source)


def _check_numbers(setup: Setup, source: str) -> None:
    lowest, highest = float(np.min(setup.roughness)), float(np.max(setup.roughness))
    if not (lowest >= 0.0 and highest <= 1.0):
        raise RobError(
            source, "roughness", "Manning's n must lie between 0 and 1", "Use 0.02 (paved) to 0.15 (mangrove)"
        )
    if setup.depth is not None and not (setup.depth[np.isfinite(setup.terrain.z)] >= 0).all():
        raise RobError(source, "depth", "a depth is negative or not a number", "Give depths of zero or more")
    rules = setup.numerics
    if not 0.0 < rules.courant <= 0.7 or not 0.0 <= rules.theta <= 1.0:
        raise RobError(
            source, "numerics", "courant must lie in (0, 0.7] and theta in [0, 1]", "Use 0.7 and 0.9"
        )
