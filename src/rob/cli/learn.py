"""``rob learn``: correct the flood by reports, judge each, and map what was learnt and how surely."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from rob.cli import show
from rob.io.out import check_new, write_maps
from rob.io.reports import Told, read_reports
from rob.io.scenarios import read_scenario
from rob.io.terrain import read_raster
from rob.learning.covariance import Ground, Places
from rob.learning.update import Learnt, Offset, learn, signed_depth
from rob.onset.minimax import onset
from rob.scenario.model import Scenario
from rob.types import Floats, Ints, RobError

TOGETHER = 20_000
"""Cells that are corrected at once, which bounds the memory."""
MAPS = ("depth", "low", "high", "probability_10cm", "offset", "sigma", "lasting_offset", "lasting_sigma")


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("learn", help="correct a flood map by citizens' reports")
    parser.add_argument("scenario", help="scenario file: terrain, dykes, sea level")
    parser.add_argument("reports", help="CSV: x,y,time,kind,depth,prior,quarter")
    parser.add_argument(
        "--utc-offset", type=float, help="hours east of UTC of times without a zone (WIB is 7)"
    )
    parser.add_argument("--quarters", help="raster with the number of each cell's neighbourhood")
    parser.add_argument("--out", help=f"new folder for figures and the maps {', '.join(MAPS)}")
    parser.add_argument("--format", choices=("asc", "tif"), default="asc", help="format of the maps")
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob learn``."""
    folder = check_new(options.out)
    scenario = read_scenario(options.scenario)
    told = read_reports(Path(options.reports), scenario.terrain.grid, options.utc_offset)
    static = onset(scenario.ground(), scenario.sea.cells, scenario.static_dykes())
    model = signed_depth(scenario.sea.level + scenario.sea.rise, static.z, static.level)
    where = (np.array([r.row for r in told.reports]), np.array([r.column for r in told.reports]))
    _check_ground(model[where], options.reports)
    area = _quarters(options.quarters, model.shape)
    quarters = list(told.quarters) if area is None else area[where].tolist()
    ground = Ground(model.shape, scenario.terrain.grid.cell, scenario.static_dykes())
    learnt = learn(told.reports, (model[where], quarters), ground)
    last = max(r.hours for r in told.reports)
    area = _nearest(model.shape, where, quarters) if area is None else area
    maps = correct(learnt, model, area, last, show.progress(options))
    figures = show.plain(_figures(learnt, maps, model, scenario, last))
    if folder is not None:
        write_maps(folder, scenario.terrain.grid, maps, figures, options.format)
    show.tell(options, figures, lambda: _text(told, learnt, last, sorted(set(quarters))))


def _check_ground(depth: Floats, source: str) -> None:
    for n in np.flatnonzero(~np.isfinite(depth)).tolist():
        raise RobError(
            f"{source}: line {n + 2}",
            "x, y",
            "the terrain has no height there",
            "Leave the report out, or fill the hole in the terrain",
        )


def _quarters(name: str | None, shape: tuple[int, int]) -> Ints | None:
    """The neighbourhood of each cell from a raster; cells without one are 0."""
    if name is None:
        return None
    grid, values = read_raster(Path(name))
    if grid.shape != shape:
        raise RobError(
            name, "--quarters", f"{grid.shape} cells, not {shape}", "Draw it on the terrain's grid"
        )
    return np.asarray(np.nan_to_num(values), np.int32)


def _nearest(shape: tuple[int, int], where: tuple[Ints, Ints], quarters: list[int]) -> Ints:
    """Neighbourhood of each cell: that of the nearest report, when no raster names them."""
    if len(set(quarters)) == 1:
        return np.full(shape, quarters[0], np.int32)
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])[None, :]
    best, found = np.full(shape, np.inf), np.zeros(shape, np.int32)
    for row, column, quarter in zip(where[0], where[1], quarters, strict=True):
        away = np.hypot(rows - row, columns - column)
        found[away < best] = quarter
        np.minimum(best, away, out=best)
    return found


def correct(
    learnt: Learnt, model: Floats, quarters: Ints, hours: float, tell: Callable[[float], None]
) -> dict[str, Floats]:
    """Every map of `MAPS` for every cell with a model depth, metres (a share for the probability).

    Parameters
    ----------
    learnt
        What the reports taught.
    model
        The model's signed depth, metres, NaN without ground; shape ``(rows, columns)``.
    quarters
        Neighbourhood of each cell, same shape.
    hours
        Time to correct for, hours of the reports' origin.
    tell
        Called with the share done.
    """
    maps = {name: np.full(model.shape, np.nan) for name in MAPS}
    rows, columns = np.nonzero(np.isfinite(model))
    for first in range(0, len(rows), TOGETHER):
        here = (rows[first : first + TOGETHER], columns[first : first + TOGETHER])
        found = learnt.at(Places(*here, np.full(len(here[0]), hours), quarters[here]), model[here])
        low, high = found.interval(0.8)
        values = (
            found.depth(), low, high, found.exceeds(0.10), found.mean - model[here], found.sigma,
            found.lasting, found.lasting_sigma,
        )  # fmt: skip
        for name, value in zip(MAPS, values, strict=True):
            maps[name][here] = value
        tell(min(1.0, (first + TOGETHER) / len(rows)))
    return maps


def _figures(
    learnt: Learnt, maps: dict[str, Floats], model: Floats, scenario: Scenario, hours: float
) -> dict[str, Any]:
    land = np.isfinite(model) & ~scenario.sea.cells
    square = (scenario.terrain.grid.cell / 1000.0) ** 2
    quarters = sorted(set(np.asarray(learnt.said.quarter).tolist()))
    return {
        "truth": learnt.truth,
        "scale": learnt.scale,
        "sea": _offset(learnt.sea(hours)),
        "quarters": {str(k): _offset(learnt.quarter(k)) for k in quarters},
        "mean_correction_m": float(np.mean(maps["offset"][land])),
        "mean_sigma_m": float(np.mean(maps["sigma"][land])),
        "wet_km2_expected": float(maps["probability_10cm"][land].sum()) * square,
        "wet_km2_before": float((model[land] > 0.10).sum()) * square,
        "inputs_sha256": scenario.inputs,
    }


def _offset(found: Offset) -> dict[str, float]:
    return {"offset_m": found.mean, "sigma_m": found.sigma}


def _text(told: Told, learnt: Learnt, hours: float, quarters: list[int]) -> str:
    lines = [
        (n, r.kind.value, r.depth, float(p))
        for n, (r, p) in enumerate(zip(told.reports, learnt.truth, strict=True), 1)
    ]
    offsets = [("sea", learnt.sea(hours)), *((f"quarter {k}", learnt.quarter(k)) for k in quarters)]
    rows = [(name, found.mean, found.sigma) for name, found in offsets]
    return "\n".join(
        [
            show.table(("report", "kind", "depth m", "true"), lines),
            show.table(("what", "offset m", "± m"), rows),
        ]
    )
