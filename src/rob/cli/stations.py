"""``rob stations``: read station files, say what is in them, convert."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from rob.cli import show
from rob.io.out import STATIONS, check_new
from rob.io.stations import read_station, write_station
from rob.tide.synthesis import formzahl
from rob.types import RobError


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("stations", help="check and show station files, convert to TOML")
    parser.add_argument("files", nargs="+", help=".toml, or TICON .json")
    parser.add_argument("--out", help="write the (one) station as TOML with phases in UTC")
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob stations``."""
    out = check_new(options.out, STATIONS)
    if out is not None and len(options.files) > 1:
        raise RobError(
            "rob stations", "--out", "several stations were given", "Give one station file with --out"
        )
    found = [read_station(path) for path in options.files]
    if out is not None:
        write_station(found[0], out)
    result = {
        "stations": [
            dataclasses.asdict(s) | {"formzahl": formzahl(s)[0], "type": formzahl(s)[1]} for s in found
        ]
    }
    rows = [
        (
            s.name,
            s.latitude,
            s.longitude,
            len(s.constituents),
            formzahl(s)[1],
            s.trust,
            s.licence,
            " ".join(s.unused),
        )
        for s in found
    ]
    head = ("name", "north", "east", "constants", "type", "trust", "licence", "left out")
    show.tell(options, result, lambda: show.table(head, rows))
