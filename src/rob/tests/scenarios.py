"""A small coast on disk, for the tests of scenarios and of the command line."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rob.io.terrain import write_raster
from rob.types import Floats, Grid

GRID = Grid(40, 40, 10.0, 500.0, 1400.0, "")

SCENARIO = """\
title = "Raise the Degayu dyke"

[terrain]
file = "ground.asc"
vertical_datum = "MSL"
survey_date = "2021-06-01"
sigma = 0.05

[sea]
edge = "north"
level = 0.9
sigma = 0.05
rise = 0.05

[sinking]
to_year = 2035
rate = 0.01

[[dyke]]
name = "Degayu"
points = [[500, 1350], [900, 1350]]
crest = 0.8
existing = true

[[raise]]
dyke = "Degayu"
crest = 2.0

[[assets]]
kind = "houses"
file = "houses.csv"

[run]
members = 4
"""


MOVING = (
    SCENARIO.replace("members = 4", 'kind = "dynamic"\nhours = 6\nmembers = 1')
    + """
[sea.tide]
file = "jakarta.toml"
start = "2026-06-15T09:00"
hours = 10
offset = 0.4

[[breach]]
name = "Gang 12"
points = [[680, 1350], [720, 1350]]
start_hour = 3
minutes = 20
bottom = 0.1

[[gate]]
name = "Loji"
points = [[500, 1300], [520, 1300]]
sill = 0.0
closed = 1.5
open_share = [[0, 0], [1, 1]]

[[pump]]
name = "Clumprit"
at = [705, 1205]
capacity = 1.0
on = 0.3
off = 0.1

[[culvert]]
name = "valve"
at = [605, 1305]
to = [605, 1375]
area = 0.5
invert = 0.0
valve = true

[[river]]
name = "Banger"
at = [[655, 1055]]
discharge = [[0, 0.5], [6, 0.5]]

[rain]
mm_per_hour = [[0, 5], [6, 0]]
"""
)


def ground() -> Floats:
    """Ground that rises from the sea in the north, with a low middle."""
    y = np.linspace(-0.5, 1.2, 40)[:, None]
    return np.asarray(y - 0.3 * np.exp(-(((np.arange(40) - 20) / 6.0) ** 2))[None, :])


def coast(folder: Path, text: str = SCENARIO, **changes: str) -> Path:
    """Write terrain, houses and a scenario file in which each key of `changes` is replaced by its value."""
    write_raster(folder / "ground.asc", GRID, ground())
    (folder / "houses.csv").write_text("x,y,amount\n705,1205,10\n705,1105,20\n605,1055,5\n", encoding="utf-8")
    for old, new in changes.items():
        line = {
            "level": "level = 0.9", "datum": 'vertical_datum = "MSL"', "day": 'survey_date = "2021-06-01"',
            "members": "members = 4", "points": "points = [[500, 1350], [900, 1350]]", "file": 'file = "ground.asc"',
            "crest": "crest = 0.8", "raise_": 'dyke = "Degayu"', "edge": 'edge = "north"', "year": "to_year = 2035",
        }[old]  # fmt: skip
        assert line in text
        text = text.replace(line, new)
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return path
