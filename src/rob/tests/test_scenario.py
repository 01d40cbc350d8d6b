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
from rob.tests.scenarios import GRID, MOVING, SCENARIO, coast
from rob.tests.stations import JAKARTA
from rob.types import RobError


def test_a_higher_dyke_keeps_land_dry_and_the_figures_say_how_much(tmp_path: Path) -> None:
    found = compare(read_scenario(coast(tmp_path)))
    houses = found.figures["scenario"]["houses"]["any"]["middle"]  # type: ignore[index]
    before = found.figures["baseline"]["houses"]["any"]["middle"]  # type: ignore[index]
    assert houses < before
    assert found.figures["stays_dry_km2"] > 0.0  # type: ignore[operator]
    assert found.figures["newly_wet_km2"] == 0.0


def test_lost_houses_and_closed_roads_stand_beside_the_counts(tmp_path: Path) -> None:
    (tmp_path / "roads.csv").write_text("x,y,amount\n705,1205,10\n705,1355,10\n")
    roads = '\n[[assets]]\nkind = "roads"\nfile = "roads.csv"\n'
    figures: Any = compare(read_scenario(coast(tmp_path, SCENARIO + roads))).figures
    lost, closed = figures["houses_lost"], figures["roads_closed_m"]
    assert lost["baseline"]["low"] == 0.0
    assert 0.0 < lost["baseline"]["high"] < figures["baseline"]["houses"]["any"]["high"]
    assert lost["scenario"]["high"] <= lost["baseline"]["high"]
    assert closed["baseline"]["middle"] >= 10.0


def test_the_same_file_gives_the_same_figures_and_names_its_inputs(tmp_path: Path) -> None:
    path = coast(tmp_path)
    one, two = (compare(read_scenario(path)).figures for _ in range(2))
    assert one == two
    digest = hashlib.sha256((tmp_path / "ground.asc").read_bytes()).hexdigest()
    assert one["inputs_sha256"]["ground.asc"] == digest  # type: ignore[index]
    assert set(one["inputs_sha256"]) == {"scenario.toml", "ground.asc", "houses.csv"}  # type: ignore[call-overload]


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

    monkeypatch.setattr("rob.io.out.write_raster", full_disk)
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
        ({"level": "level = nan"}, "level: nan is not a number. Write level = a finite number"),
        ({"level": 'level = 0.9\ndatum = "EGM2008"'}, "the sea is above EGM2008, the terrain above MSL"),
        ({"edge": 'edge = "up"'}, "edge: 'up' is not known"),
        (
            {"points": "points = [[500, 1350], [9000, 1350]]"},
            r"dyke Degayu.points: \(9000, 1350\) lies outside the grid",
        ),
        ({"points": "points = [[500, 1350]]"}, "a line needs two points"),
        ({"points": "points = [[500, 1350], [501, 1350]]"}, "the line is shorter than a cell"),
        ({"points": "points = [[500, 1350], 7]"}, "7 is not a point"),
        ({"points": "points = 7"}, r"dyke Degayu.points: missing. Write points = \[\[x, y\], \[x, y\]\]"),
        ({"crest": "crest = inf"}, "crest: inf is not a number"),
        ({"raise_": 'dyke = "Slamaran"'}, "there is no dyke 'Slamaran'"),
        ({"year": "to_year = 1990"}, "sinking.to_year: -31 years after the survey"),
        ({"members": "members = 1e9"}, "run.members: 1e.09 is too large. Write at most 100000"),
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
        ("at = [[655, 1055]]", "at = []", r"river.at: missing. Write at = \[\[x, y\]\]"),
        ("[rain]\nmm_per_hour = [[0, 5], [6, 0]]", "[[rain]]\nmm = 5", "rain: the table is missing or empty"),
        ("rate = 0.01", "rate = 3", "sinking.rate: 3 m a year cannot be. Write metres a year"),
        ("mm_per_hour = [[0, 5], [6, 0]]", "mm_per_hour = 5", "rain.mm_per_hour: not a table of pairs"),
        ('start = "2026-06-15T09:00"', 'start = "noon"', "sea.tide.start: not a time"),
        ("bottom = 0.1", "", "bottom: missing"),
        (
            "sigma = 0.05\nrise",
            "sigma = -0.05\nrise",
            "sea.sigma: -0.05 is below zero. Write zero or a positive number",
        ),
    ],
)
def test_a_faulty_structure_names_file_field_and_remedy(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    assert old in MOVING
    with pytest.raises(RobError, match=problem):
        read_scenario(coast(tmp_path, MOVING.replace(old, new)))


def test_a_start_with_a_zone_is_turned_to_utc(tmp_path: Path) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    utc = read_scenario(coast(tmp_path, MOVING)).sea.tide
    wib = read_scenario(
        coast(tmp_path, MOVING.replace("2026-06-15T09:00", "2026-06-15T16:00+07:00"))
    ).sea.tide
    assert wib == utc


def test_an_empty_scenario_and_one_without_a_sea_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RobError, match="the scenario is empty"):
        read_scenario(coast(tmp_path, ""))
    with pytest.raises(RobError, match="terrain: the table is missing or empty"):
        read_scenario(coast(tmp_path, 'title = "x"\n'))
    with pytest.raises(RobError, match="assets: must be a list of tables"):
        read_scenario(coast(tmp_path, SCENARIO.replace("[[assets]]", "[assets]")))
    with pytest.raises(RobError, match="weather: this key is not known"):
        read_scenario(coast(tmp_path, SCENARIO + "\n[weather]\nsun = 1\n"))


def test_a_moving_flood_of_several_members_says_how_probable_the_water_is(tmp_path: Path) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    text = MOVING.replace("members = 1", "members = 5").replace("hours = 6", "hours = 2")
    text = text.replace("sigma = 0.05\nrise", "sigma = 0.15\nrise")
    told: list[float] = []
    found = outcome(read_scenario(coast(tmp_path, text)), tell=told.append)
    again = outcome(read_scenario(coast(tmp_path, text)))
    assert len(found.members) == 5
    assert ((found.probability > 0.1) & (found.probability < 0.9)).any()
    assert 0.0 < abs(found.balance_error) < 1e-9 or found.balance_error == 0.0
    assert all(np.array_equal(a, b) for a, b in zip(found.members, again.members, strict=True))
    assert told[-1] == 1.0


def test_places_of_assets_must_lie_on_the_terrain(tmp_path: Path) -> None:
    path = coast(tmp_path)
    for line, problem in (
        ("1,1,5", "outside the grid"),
        ("a,1,5", "line 2: row: no x, y, amount. Use the columns x,y,amount"),
        ("705,1205,-3", "line 2: amount: -3 cannot be. Write how many there are, zero or more"),
        ("", "file: there is nothing in it. Give the columns x,y,amount"),
    ):
        (tmp_path / "houses.csv").write_text(f"x,y,amount\n{line}\n")
        with pytest.raises(RobError, match=problem):
            read_scenario(path)


def test_a_dyke_without_a_height_is_refused() -> None:
    with pytest.raises(RobError, match=r"d\.crest: a height or coordinate is not a number"):
        faces_along(GRID, ((500.0, 1390.0), (700.0, 1170.0)), (1.0, float("nan")), "test", "d")


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
