"""``rob flood``: run the moving flood of a scenario file, with its water balance."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from rob.cli import show
from rob.flood.solver import Flood, Peak
from rob.io.out import raster
from rob.io.scenarios import read_scenario
from rob.io.terrain import write_raster
from rob.scenario.run import setup_of


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("flood", help="run the moving flood of a scenario")
    parser.add_argument("file", help="scenario file")
    parser.add_argument("--out", help="raster of the peak depth to write, .asc or .tif")
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob flood``."""
    out = raster(options.out)
    scenario = read_scenario(options.file)
    ground = scenario.ground()
    flood = Flood(setup_of(scenario, ground))
    peak, step = Peak.empty(ground.z.shape), progress_steps(scenario.hours, scenario.every_minutes)
    tell, rows = show.progress(options), []
    land, square = ~scenario.sea.cells & np.isfinite(ground.z), (ground.grid.cell / 1000.0) ** 2
    for n, seconds in enumerate(step, start=1):
        frame = flood.run(seconds)
        peak.see(frame)
        wet = land & (frame.depth >= 0.05)
        rows.append(
            (seconds / 3600.0, float(wet.sum() * square), float(np.nanmax(frame.depth[land], initial=0.0)))
        )
        tell(n / len(step))
    if out is not None:
        write_raster(out, ground.grid, np.where(np.isnan(ground.z), np.nan, peak.depth))
    keys = ("hour", "wet_km2", "deepest_m")
    result = {
        "frames": [dict(zip(keys, row, strict=True)) for row in rows],
        "steps": frame.steps,
        "balance_error": frame.balance.error,
        "inputs_sha256": scenario.inputs,
    }
    text = show.table(("hour", "wet km²", "deepest m"), rows)
    show.tell(
        options,
        result,
        lambda: f"{text}\nwater balance to {abs(frame.balance.error):.1e}, {frame.steps} steps",
    )


def progress_steps(hours: float, minutes: float) -> list[float]:
    """Seconds at which to look."""
    count = max(1, int(np.ceil(60.0 * hours / minutes)))
    return [3600.0 * hours * n / count for n in range(1, count + 1)]
