"""``rob onset``: the sea level at which each cell floods."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from rob.cli import show
from rob.io.out import raster
from rob.io.scenarios import EDGES, read_scenario, sea_cells
from rob.io.terrain import Survey, read_terrain, write_raster
from rob.onset.minimax import onset
from rob.types import Bools, Faces, Terrain


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("onset", help="map of the sea level from which each place floods")
    parser.add_argument("file", help="scenario file, or a terrain with --datum and --survey-date")
    parser.add_argument("--datum", default="", help="vertical datum of the terrain")
    parser.add_argument("--survey-date", default="", help="day of the survey")
    parser.add_argument("--edge", choices=EDGES, default="north", help="edge on which the sea lies")
    parser.add_argument(
        "--level", type=float, action="append", default=[], help="sea level to count at, metres"
    )
    parser.add_argument("--out", help="raster to write, .asc or .tif")
    show.add_json(parser)
    parser.set_defaults(run=run)


def place(options: argparse.Namespace) -> tuple[Terrain, Bools, Faces]:
    """Terrain, sea and dykes of the options."""
    if options.file.endswith(".toml"):
        scenario = read_scenario(options.file)
        return scenario.ground(), scenario.sea.cells, scenario.static_dykes()
    ground = read_terrain(options.file, Survey(options.datum, options.survey_date))
    return ground, sea_cells(ground, options.edge, -1e9), Faces.none()


def run(options: argparse.Namespace) -> None:
    """Run ``rob onset``."""
    out = raster(options.out)
    ground, sea, dykes = place(options)
    found = onset(ground, sea, dykes)
    square = (ground.grid.cell / 1000.0) ** 2
    rows = [
        (
            level,
            float((found.flooded(level) & ~sea).sum() * square),
            float(found.low_but_dry(level).sum() * square),
        )
        for level in (options.level or [0.5, 1.0, 1.5])
    ]
    if out is not None:
        write_raster(out, ground.grid, np.where(np.isfinite(found.level), found.level, np.nan))
    keys = ("level_m", "flooded_km2", "low_but_dry_km2")
    result = {"levels": [dict(zip(keys, row, strict=True)) for row in rows], "datum": ground.vertical_datum}
    show.tell(options, result, lambda: show.table(("sea level m", "flooded km²", "low but dry km²"), rows))
