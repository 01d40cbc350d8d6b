"""``rob learn``: correct the flood by reports and say how probably each is true."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from rob.cli import show
from rob.io.reports import Told, read_reports
from rob.io.scenarios import read_scenario
from rob.io.terrain import write_raster
from rob.learning.covariance import Ground, Places
from rob.learning.update import Update, signed_depth, update
from rob.onset.minimax import onset
from rob.scenario.model import Scenario
from rob.types import Floats, Ints, RobError

MOST_CELLS = 20_000
"""Cells that are corrected one by one; on a larger grid every second, third, … in both directions."""


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("learn", help="correct a flood map by citizens' reports")
    parser.add_argument("scenario", help="scenario file: terrain, dykes, sea level")
    parser.add_argument("reports", help="CSV: x,y,time,kind,depth,prior,quarter")
    parser.add_argument(
        "--utc-offset", type=float, help="hours east of UTC of times without a zone (WIB is 7)"
    )
    parser.add_argument("--out", help="raster of the expected depth to write, .asc or .tif")
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob learn``."""
    scenario = read_scenario(options.scenario)
    told = read_reports(Path(options.reports), scenario.terrain.grid, options.utc_offset)
    if options.out and Path(options.out).exists():
        raise RobError(options.out, "--out", "it exists already", "Name a new file")
    static = onset(scenario.ground(), scenario.sea.cells, scenario.static_dykes())
    model = signed_depth(scenario.sea.level + scenario.sea.rise, static.z, static.level)
    where = (np.array([r.row for r in told.reports]), np.array([r.column for r in told.reports]))
    step = max(1, int(np.ceil(np.sqrt(model.size / MOST_CELLS))))
    rows, columns = (each.ravel() for each in np.mgrid[0 : model.shape[0] : step, 0 : model.shape[1] : step])
    known = np.isfinite(model[rows, columns])
    rows, columns = rows[known], columns[known]
    last = max(r.hours for r in told.reports)
    quarters = _nearest(told, where, rows, columns)
    asked = Places(rows, columns, np.full(len(rows), last), quarters)
    ground = Ground(model.shape, scenario.terrain.grid.cell, scenario.static_dykes())
    found = update(told.reports, (model[where], told.quarters), asked, model[rows, columns], ground)
    if options.out:
        write_raster(Path(options.out), scenario.terrain.grid, _map(found, scenario, rows, columns, step))
    result = {
        "truth": found.truth,
        "scale": found.scale,
        "mean_correction_m": float(np.mean(found.mean - model[rows, columns])),
        "wet_share": float(np.mean(found.exceeds(0.05))),
    }
    lines = [
        (n, r.kind.value, r.depth, float(p))
        for n, (r, p) in enumerate(zip(told.reports, found.truth, strict=True), 1)
    ]
    show.tell(options, result, lambda: show.table(("report", "kind", "depth m", "true"), lines))


def _nearest(told: Told, where: tuple[Ints, Ints], rows: Ints, columns: Ints) -> Ints:
    """Neighbourhood of each cell: that of the nearest report, for the file names no other."""
    best, found = np.full(len(rows), np.inf), np.zeros(len(rows), np.int32)
    for row, column, quarter in zip(where[0], where[1], told.quarters, strict=True):
        away = np.hypot(rows - row, columns - column)
        found[away < best] = quarter
        best = np.minimum(best, away)
    return found


def _map(found: Update, scenario: Scenario, rows: Ints, columns: Ints, step: int) -> Floats:
    """Expected depth on the whole grid; blocks of `step` cells share a value."""
    shape = scenario.terrain.z.shape
    coarse = np.full((-(-shape[0] // step), -(-shape[1] // step)), np.nan)
    coarse[rows // step, columns // step] = found.depth()
    return np.repeat(np.repeat(coarse, step, axis=0), step, axis=1)[: shape[0], : shape[1]]
