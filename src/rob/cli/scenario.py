"""``rob scenario``: a what-if beside today, as maps, differences and counts."""

from __future__ import annotations

import argparse
from typing import Any

from rob.cli import show
from rob.io.out import check_new
from rob.io.results import write_comparison
from rob.io.scenarios import read_scenario
from rob.scenario.run import compare


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("scenario", help="run a what-if and compare it with today")
    parser.add_argument("file", help="scenario file (TOML)")
    parser.add_argument("--out", help="new folder for maps and figures")
    parser.add_argument("--format", choices=("asc", "tif"), default="asc", help="format of the maps")
    parser.add_argument("--cluster", default="", help="address of a Dask scheduler, for the members")
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob scenario``."""
    out = check_new(options.out)
    scenario = read_scenario(options.file)
    found = compare(scenario, cluster=options.cluster, tell=show.progress(options))
    if out is not None:
        write_comparison(found, scenario, out, options.format)
    show.tell(options, found.figures, lambda: _text(found.figures))


def _text(figures: dict[str, Any]) -> str:
    rows = [
        (kind, name, today[name]["middle"], ranges["middle"], f"{ranges['low']:.3f} to {ranges['high']:.3f}")
        for kind, ranges_by in figures["scenario"].items()
        for today in (figures["baseline"][kind],)
        for name, ranges in ranges_by.items()
    ]
    head = ("what", "depth class", "today", "scenario", "range")
    return f"{figures['title']}\n{show.table(head, rows)}\nstays dry: {figures['stays_dry_km2']:.3f} km²"
