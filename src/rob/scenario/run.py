"""Run a scenario and its baseline; maps, differences and counts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from rob.consequences.counts import (
    CLASS_NAMES,
    CLASSES,
    Assets,
    Range,
    closed_metres,
    count,
    damaged,
    probability,
)
from rob.flood.solver import Flood, Peak, Setup
from rob.onset.minimax import onset
from rob.scenario.ensemble import moving_member, run_all, static_member
from rob.scenario.model import Scenario
from rob.types import Bools, Faces, Floats, Terrain

Tell = Callable[[float], None]


@dataclass(frozen=True)
class Outcome:
    """What a scenario gives.

    Attributes
    ----------
    depth
        Depth (median of the members, or peak of the moving flood), metres; NaN without ground.
    onset
        Sea level from which each cell floods, metres.
    probability
        P(depth > 10 cm); of one member 0 or 1.
    members
        Depth maps of the members.
    balance_error
        Greatest relative error of the water balance of a moving flood's members; zero else.
    """

    depth: Floats
    onset: Floats
    probability: Floats
    members: list[Floats]
    balance_error: float


@dataclass(frozen=True)
class Comparison:
    """A scenario beside its baseline: both outcomes and the figures for a report."""

    scenario: Outcome
    baseline: Outcome
    figures: dict[str, object]


def outcome(scenario: Scenario, *, cluster: str = "", tell: Tell | None = None) -> Outcome:
    """Run one scenario.

    Parameters
    ----------
    scenario
        What to run.
    cluster
        Address of a Dask scheduler for the members; empty for this machine.
    tell
        Called with the share done, 0 to 1.

    Raises
    ------
    RobError
        When the sea, a structure or the cluster is at fault.
    """
    ground, dykes = scenario.ground(), scenario.static_dykes()
    level = scenario.sea.level + scenario.sea.rise
    static = onset(ground, scenario.sea.cells, dykes)
    error = 0.0
    if scenario.dynamic and scenario.members == 1:
        depth, error = _moving(scenario, ground, tell)
        members = [depth]
    elif scenario.dynamic:
        flood = functools.partial(
            _moving_member, setup_of(scenario, ground), scenario.sea.sigma, _looks(scenario)
        )
        found = run_all(flood, range(scenario.members), cluster=cluster, tell=tell)
        members, error = [each[0] for each in found], max((each[1] for each in found), key=abs)
    elif scenario.members == 1:
        members = [static.depth(level)]
        if tell is not None:
            tell(1.0)
    else:
        member = functools.partial(_member, ground, scenario.sea.cells, dykes, (level, scenario.sea.sigma))
        members = run_all(member, range(scenario.members), cluster=cluster, tell=tell)
    depth = np.median(np.stack(members), axis=0)
    return Outcome(depth, static.level, probability(members, 0.10), members, error)


def _member(terrain: Terrain, sea: Bools, dykes: Faces, level: tuple[float, float], seed: int) -> Floats:
    return static_member(terrain, sea, dykes, level, seed)


def _moving(scenario: Scenario, ground: Terrain, tell: Tell | None) -> tuple[Floats, float]:
    """Peak depth of the moving flood and the error of its water balance."""
    flood, peak, error = Flood(setup_of(scenario, ground)), Peak.empty(ground.z.shape), 0.0
    seconds, count_ = _looks(scenario)
    for n in range(1, count_ + 1):
        frame = flood.run(seconds * n / count_)
        peak.see(frame)
        error = frame.balance.error
        if tell is not None:
            tell(n / count_)
    return np.where(np.isnan(ground.z), np.nan, peak.depth), error


def setup_of(scenario: Scenario, ground: Terrain) -> Setup:
    """The moving flood of a scenario over its ground (`Scenario.ground`)."""
    table = scenario.sea.tide or ((0.0,), (scenario.sea.level,))
    level = (table[0], tuple(value + scenario.sea.rise for value in table[1]))
    return Setup(ground, scenario.sea.cells, level, scenario.roughness, structures=scenario.structures())


def _looks(scenario: Scenario) -> tuple[float, int]:
    """Seconds of the moving flood, and how often to look for its peak."""
    seconds = scenario.hours * 3600.0
    return seconds, max(1, int(np.ceil(seconds / (60.0 * scenario.every_minutes))))


def _moving_member(setup: Setup, sigma: float, until: tuple[float, int], seed: int) -> tuple[Floats, float]:
    return moving_member(setup, sigma, until, seed)


def compare(scenario: Scenario, *, cluster: str = "", tell: Tell | None = None) -> Comparison:
    """Run a scenario and the same sea over today's ground and works.

    Parameters
    ----------
    scenario
        What to run.
    cluster
        Address of a Dask scheduler for the members.
    tell
        Called with the share done.

    Raises
    ------
    RobError
        As `outcome`.
    """

    def half(start: float) -> Tell | None:
        return None if tell is None else lambda share: tell(0.5 * (start + share))

    ours = outcome(scenario, cluster=cluster, tell=half(0.0))
    today = outcome(scenario.baseline(), cluster=cluster, tell=half(1.0))
    return Comparison(ours, today, figures(scenario, ours, today))


def figures(scenario: Scenario, ours: Outcome, today: Outcome) -> dict[str, object]:
    """Plain numbers of a comparison, ready for JSON.

    Parameters
    ----------
    scenario
        What was run.
    ours, today
        Its outcome and that of its baseline.

    Returns
    -------
    dict
        Areas in km², levels in metres, counts as low, middle, high.
    """
    land = ~scenario.sea.cells & np.isfinite(scenario.terrain.z)
    cell_km2 = (scenario.terrain.grid.cell / 1000.0) ** 2
    rows, columns = np.nonzero(land)
    area = Assets("land_km2", rows, columns, np.full(len(rows), cell_km2))
    drier = land & (today.depth >= CLASSES[0]) & (ours.depth < CLASSES[0])
    wetter = land & (today.depth < CLASSES[0]) & (ours.depth >= CLASSES[0])
    return {
        "title": scenario.title,
        "sea_level_m": round(scenario.sea.level + scenario.sea.rise, 3),
        "members": len(ours.members),
        "classes_m": dict(zip(CLASS_NAMES, CLASSES, strict=True)),
        "scenario": {kind.kind: _ranges(count(kind, ours.members)) for kind in (area, *scenario.assets)},
        "baseline": {kind.kind: _ranges(count(kind, today.members)) for kind in (area, *scenario.assets)},
        "houses_lost": _each(damaged, "houses", scenario.assets, ours, today),
        "roads_closed_m": _each(closed_metres, "roads", scenario.assets, ours, today),
        "stays_dry_km2": round(float(drier.sum()) * cell_km2, 4),
        "newly_wet_km2": round(float(wetter.sum()) * cell_km2, 4),
        "deepest_m": round(float(np.nanmax(np.where(land, ours.depth, 0.0))), 3),
        "balance_error": ours.balance_error,
        "inputs_sha256": scenario.inputs,
    }


def _each(
    figure: Callable[[Assets, list[Floats]], Range],
    kind: str,
    assets: tuple[Assets, ...],
    ours: Outcome,
    today: Outcome,
) -> dict[str, dict[str, float]]:
    """A figure of all assets of one kind, in the scenario and today; empty when there are none."""
    found = {}
    for name, outcome_ in (("scenario", ours), ("baseline", today)):
        ranges = [figure(each, outcome_.members) for each in assets if each.kind == kind]
        if ranges:
            found[name] = {
                key: round(sum(getattr(each, key) for each in ranges), 4) for key in ("low", "middle", "high")
            }
    return found


def _ranges(found: dict[str, Range]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value, 4) for key, value in asdict(each).items()} for name, each in found.items()
    }
