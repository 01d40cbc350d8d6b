"""Running a what-if beside today: looked up from onset levels, or as a moving flood where pumps work."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rembug.water.engine.faults import told
from rembug.water.engine.ground import Floats, Line, faces, terrain_of
from rembug.water.rules.exposure import Standing
from rembug.water.rules.land import Land
from rembug.water.rules.whatif import MEMBERS
from rob.consequences.counts import Assets
from rob.flood.structures import Pump
from rob.scenario import model
from rob.scenario.run import compare

HOURS = 12.0  # a moving flood runs through one high water
STEPS = 24
Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Works:
    """Dykes as lines in degrees, pumps as (from, to, m³/s)."""

    dykes: tuple[Line, ...]
    pumps: tuple[tuple[tuple[float, float], tuple[float, float], float], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A what-if: ground, today's works and those of the what-if, sea level and rise (metres), sinking by cell.

    `standing`: who and what is on the ground, of which the figures count what stands in the water.
    """

    title: str
    land: Land
    today: Works
    then: Works
    level_m: float
    sigma_m: float
    rise_m: float
    sinking_m: Floats
    standing: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Depth before and after in centimetres, and figures as JSON values."""

    before_cm: Floats
    after_cm: Floats
    figures: Mapping[str, Any]


def run(asked: Asked, tell: Tell | None = None) -> Outcome:
    """Run a what-if and the same sea over today's ground and works. Raises `Invalid` with the field and remedy."""
    ground = terrain_of(asked.land)
    pumps = tuple(_pump(asked.land, *row) for row in asked.then.pumps)
    moving = bool(pumps)
    with told():
        scenario = model.Scenario(
            title=asked.title,
            terrain=ground,
            sea=model.Sea(asked.land.sea, asked.level_m, asked.sigma_m, asked.rise_m, _wave(asked.level_m)),
            sinking=np.where(asked.land.sea, 0.0, asked.sinking_m),
            dykes=_lines(asked.land, asked.then, asked.today),
            before=_lines(asked.land, asked.today, asked.today),
            pumps=pumps,
            dynamic=moving,
            hours=HOURS,
            every_minutes=60.0 * HOURS / STEPS,
            members=1 if moving else MEMBERS,
            assets=tuple(_assets(one) for one in asked.standing),
        )
        found = compare(scenario, tell=tell)
    figures = {key: value for key, value in found.figures.items() if key != "inputs_sha256"} | {
        "moving": moving
    }
    return Outcome(
        np.asarray(found.baseline.depth, float) * 100, np.asarray(found.scenario.depth, float) * 100, figures
    )


def _assets(standing: Standing) -> Assets:
    rows, columns = np.nonzero(standing.amount > 0)
    return Assets(
        standing.kind,
        rows.astype(np.int32),
        columns.astype(np.int32),
        standing.amount[rows, columns],
        standing.uncertainty,
    )


def _lines(land: Land, works: Works, today: Works) -> tuple[model.Line, ...]:
    """Return dykes as faces; one that stands today and is not raised sinks with the ground under it."""
    unraised = {(points[:2], crest) for points, crest in today.dykes}
    return tuple(
        model.Line(
            f"dyke {number}", faces(land, (line,)), existing=True, sinks=(line[0][:2], line[1]) in unraised
        )
        for number, line in enumerate(works.dykes, start=1)
    )


def _pump(land: Land, start: tuple[float, float], end: tuple[float, float], capacity: float) -> Pump:
    grid = terrain_of(land).grid
    with told():
        (x, y), (u, v) = land.metres((start, end))
        cell = grid.cell_at(x, y, "pump")
        low = float(land.z[cell])
        return Pump(cell, grid.cell_at(u, v, "pump"), capacity, on=low + 0.10, off=low + 0.02)


def _wave(level_m: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return one high water: half a wave that rises from and falls back to mean sea level within the run."""
    times = tuple(HOURS * 3600.0 * n / STEPS for n in range(STEPS + 1))
    return times, tuple(level_m * math.sin(math.pi * n / STEPS) for n in range(STEPS + 1))
