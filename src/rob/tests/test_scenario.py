"""Scenarios: what a file becomes, what comes out, and every fault with its remedy."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rob.io.results import write_comparison
from rob.io.scenarios import read_scenario
from rob.io.stations import write_station
from rob.io.terrain import read_raster, write_raster
from rob.scenario.lines import faces_along
from rob.scenario.run import compare, outcome
from rob.tests.scenarios import GRID, SCENARIO, coast
from rob.tests.stations import JAKARTA
from rob.types import RobError


def test_a_higher_dyke_keeps_land_dry_and_the_figures_say_how_much(tmp_path: Path) -> None:
    found = compare(read_scenario(coast(tmp_path)))
    houses = found.figures["scenario"]["houses"]["any"]["middle"]  # type: ignore[index]
    before = found.figures["baseline"]["houses"]["any"]["middle"]  # type: ignore[index]
    assert houses < before
    assert found.figures["stays_dry_km2"] > 0.0  # type: ignore[operator]
    assert found.figures["newly_wet_km2"] == 0.0


def test_the_ground_sinks_from_the_survey_to_the_year(tmp_path: Path) -> None:
    scenario = read_scenario(coast(tmp_path))
    assert np.nanmax(scenario.terrain.z - scenario.ground().z) == pytest.approx(0.14)


def test_the_same_file_gives_the_same_figures_and_names_its_inputs(tmp_path: Path) -> None:
    path = coast(tmp_path)
    one, two = (compare(read_scenario(path)).figures for _ in range(2))
    assert one == two
    digest = hashlib.sha256((tmp_path / "ground.asc").read_bytes()).hexdigest()
    assert one["inputs_sha256"]["ground.asc"] == digest  # type: ignore[index]
    assert set(one["inputs_sha256"]) == {"scenario.toml", "ground.asc", "houses.csv"}  # type: ignore[call-overload]


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


def test_a_moving_flood_with_everything_keeps_its_water(tmp_path: Path) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    scenario = read_scenario(coast(tmp_path, MOVING))
    found = outcome(scenario)
    assert abs(found.balance_error) < 1e-9
    assert scenario.sea.tide is not None
    assert np.nanmax(found.depth[8:]) > 0.05


def test_results_are_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = read_scenario(coast(tmp_path))
    found = compare(scenario)
    files = write_comparison(found, scenario, tmp_path / "out")
    assert {path.name for path in files} >= {"depth.asc", "onset.asc", "figures.json"}
    assert json.loads((tmp_path / "out" / "figures.json").read_text())["title"] == "Raise the Degayu dyke"
    grid, depth = read_raster(tmp_path / "out" / "depth.asc")
    assert grid == GRID
    assert np.abs(depth - found.scenario.depth).max() < 0.001
    with pytest.raises(RobError, match="it exists already"):
        write_comparison(found, scenario, tmp_path / "out")
    real = write_raster

    def full_disk(path: Path, *rest: Any) -> None:
        if path.stem == "onset":
            raise OSError("no space left")
        real(path, *rest)

    monkeypatch.setattr("rob.io.results.write_raster", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_comparison(found, scenario, tmp_path / "half")
    assert not (tmp_path / "half").exists()
    assert not list(tmp_path.glob(".rob-*"))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"datum": ""}, "vertical_datum: missing"),
        ({"datum": 'vertical_datum = ""'}, "vertical_datum: '' is not a text"),
        ({"day": ""}, "survey_date: missing"),
        ({"day": 'survey_date = "last year"'}, "survey_date: 'last year' is not a day"),
        ({"day": 'survey_date = "1021-06-01"'}, "is too long ago"),
        ({"file": 'file = "absent.asc"'}, "terrain.file: there is no"),
        ({"level": ""}, "level: missing"),
        ({"level": "level = nan"}, "level: nan is not a number"),
        ({"level": 'level = 0.9\ndatum = "EGM2008"'}, "the sea is above EGM2008, the terrain above MSL"),
        ({"edge": 'edge = "up"'}, "edge: 'up' is not known"),
        (
            {"points": "points = [[500, 1350], [9000, 1350]]"},
            r"dyke Degayu.points: \(9000, 1350\) lies outside the grid",
        ),
        ({"points": "points = [[500, 1350]]"}, "a line needs two points"),
        ({"points": "points = [[500, 1350], [501, 1350]]"}, "the line is shorter than a cell"),
        ({"points": "points = [[500, 1350], 7]"}, "7 is not a point"),
        ({"points": "points = 7"}, "dyke Degayu.points: missing"),
        ({"crest": "crest = inf"}, "crest: inf is not a number"),
        ({"raise_": 'dyke = "Slamaran"'}, "there is no dyke 'Slamaran'"),
        ({"year": "to_year = 1990"}, "sinking.to_year: -31 years after the survey"),
        ({"members": "members = 0"}, "run.members: 0 is not above zero"),
        ({"members": "member = 3"}, "run.member: this key is not known"),
        ({"members": 'kind = "fast"'}, "kind: 'fast' is not known"),
    ],
)
def test_a_faulty_scenario_names_file_field_and_remedy(
    tmp_path: Path, changes: dict[str, str], problem: str
) -> None:
    path = coast(tmp_path, **changes)
    with pytest.raises(RobError, match=problem) as fault:
        read_scenario(path)
    assert str(tmp_path) in str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("at = [705, 1205]", "at = [5, 5]", r"pump.at: coordinates: \(5, 5\) lies outside the grid"),
        ("off = 0.1", "off = 0.9", "pump.off: it stops at 0.9 m but starts at 0.3 m"),
        ("area = 0.5", "area = 0", "culvert.area: 0 is not above zero"),
        ("discharge = [[0, 0.5], [6, 0.5]]", "discharge = [[6, 0.5], [0, 0.5]]", "the hours do not increase"),
        ("discharge = [[0, 0.5], [6, 0.5]]", "discharge = [[0, nan]]", "a value is not a number"),
        ("at = [[655, 1055]]", "at = []", "river.at: missing"),
        ("mm_per_hour = [[0, 5], [6, 0]]", "mm_per_hour = 5", "rain.mm_per_hour: not a table of pairs"),
        ('start = "2026-06-15T09:00"', 'start = "noon"', "sea.tide.start: not a time"),
        ("bottom = 0.1", "", "bottom: missing"),
    ],
)
def test_a_faulty_structure_names_file_field_and_remedy(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    assert old in MOVING
    with pytest.raises(RobError, match=problem):
        read_scenario(coast(tmp_path, MOVING.replace(old, new)))


def test_an_empty_scenario_and_one_without_a_sea_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RobError, match="the scenario is empty"):
        read_scenario(coast(tmp_path, ""))
    with pytest.raises(RobError, match="terrain: the table is missing or empty"):
        read_scenario(coast(tmp_path, 'title = "x"\n'))
    with pytest.raises(RobError, match="weather: this key is not known"):
        read_scenario(coast(tmp_path, SCENARIO + "\n[weather]\nsun = 1\n"))


def test_a_moving_flood_has_no_members(tmp_path: Path) -> None:
    path = coast(tmp_path, members='kind = "dynamic"\nmembers = 3')
    with pytest.raises(RobError, match="a moving flood runs one member"):
        compare(read_scenario(path))


def test_places_of_assets_must_lie_on_the_terrain(tmp_path: Path) -> None:
    path = coast(tmp_path)
    for line, problem in (("1,1,5", "outside the grid"), ("a,1,5", "no x, y, amount")):
        (tmp_path / "houses.csv").write_text(f"x,y,amount\n{line}\n")
        with pytest.raises(RobError, match=problem):
            read_scenario(path)


def test_a_dyke_drawn_aslant_has_no_hole() -> None:
    faces = faces_along(
        GRID, ((500.0, 1390.0), (700.0, 1170.0), (900.0, 1330.0)), (1.0, 2.0, 1.0), "test", "d"
    )
    blocked = {
        (int(r), int(c), bool(s)) for r, c, s in zip(faces.row, faces.column, faces.south, strict=True)
    }
    seen, todo = {(39, 20)}, [(39, 20)]
    while todo:
        i, j = todo.pop()
        for a, b, face in (
            (i + 1, j, (i, j, True)),
            (i - 1, j, (i - 1, j, True)),
            (i, j + 1, (i, j, False)),
            (i, j - 1, (i, j - 1, False)),
        ):
            if 0 <= a < 40 and 0 <= b < 40 and face not in blocked and (a, b) not in seen:
                seen.add((a, b))
                todo.append((a, b))
    assert (0, 20) not in seen
    assert faces.crest.max() == pytest.approx(2.0, abs=0.03)
