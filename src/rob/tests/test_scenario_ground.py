"""The ground of a scenario: how it sinks, how the sea rises over it, and what people taught about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rob.io.scenarios import read_scenario
from rob.io.stations import write_station
from rob.io.terrain import write_raster
from rob.scenario.run import outcome
from rob.tests.scenarios import GRID, MOVING, SCENARIO, coast
from rob.tests.stations import JAKARTA
from rob.types import Grid, RobError


def test_the_ground_sinks_from_the_survey_to_the_year(tmp_path: Path) -> None:
    scenario = read_scenario(coast(tmp_path))
    assert np.nanmax(scenario.terrain.z - scenario.ground().z) == pytest.approx(0.14)


def test_an_existing_dyke_sinks_with_its_ground_and_a_raised_one_has_the_crest_of_its_year(
    tmp_path: Path,
) -> None:
    kept = SCENARIO.replace('[[raise]]\ndyke = "Degayu"\ncrest = 2.0\n', "")
    sunk, raised = read_scenario(coast(tmp_path, kept)), read_scenario(coast(tmp_path))
    assert sunk.static_dykes().crest == pytest.approx(0.8 - 0.14)
    assert sunk.baseline().static_dykes().crest == pytest.approx(0.8)
    assert raised.static_dykes().crest == pytest.approx(2.0)
    firm = read_scenario(coast(tmp_path, kept.replace("existing = true", "existing = true\nsinks = false")))
    assert firm.static_dykes().crest == pytest.approx(0.8)


def test_a_sea_that_rises_everywhere_alike_is_a_map_of_one_number(tmp_path: Path) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    write_raster(tmp_path / "rise.asc", GRID, np.full(GRID.shape, 0.25))
    for text in (SCENARIO.replace("members = 4", "members = 1"), MOVING.replace("hours = 6", "hours = 1")):
        number = outcome(read_scenario(coast(tmp_path, text.replace("rise = 0.05", "rise = 0.25"))))
        field = outcome(read_scenario(coast(tmp_path, text.replace("rise = 0.05", 'rise_file = "rise.asc"'))))
        assert np.allclose(field.depth, number.depth, atol=1e-6)


def test_where_the_sea_rises_more_the_water_is_deeper(tmp_path: Path) -> None:
    rise = np.where(np.arange(40)[None, :] < 20, 0.0, 0.3) * np.ones((40, 1))
    write_raster(tmp_path / "rise.asc", GRID, rise)
    text = SCENARIO.replace("members = 4", "members = 1")
    even = outcome(read_scenario(coast(tmp_path, text))).depth
    more = outcome(
        read_scenario(coast(tmp_path, text.replace("rise = 0.05", 'rise = 0.05\nrise_file = "rise.asc"')))
    )
    assert np.array_equal(more.depth[:, :20], even[:, :20])
    assert (more.depth[:, 20:] - even[:, 20:]).max() == pytest.approx(0.3, abs=0.002)


def test_what_was_learnt_lowers_the_ground_and_says_how_sure_it_is(tmp_path: Path) -> None:
    write_raster(tmp_path / "lasting_offset.asc", GRID, np.full(GRID.shape, 0.2))
    write_raster(tmp_path / "lasting_sigma.asc", GRID, np.full(GRID.shape, 0.03))
    learnt = 'sigma = 0.05\nlearnt = "lasting_offset.asc"\nlearnt_sigma = "lasting_sigma.asc"\n\n[sea]'
    plain = read_scenario(coast(tmp_path))
    text = SCENARIO.replace("sigma = 0.05\n\n[sea]", learnt)
    found = read_scenario(coast(tmp_path, text))
    assert np.allclose(plain.terrain.z - found.terrain.z, 0.2)
    assert np.allclose(found.terrain.sigma, 0.03)
    assert "lasting_offset.asc" in found.inputs
    spread = [np.std(np.stack(outcome(s).members), axis=0)[~s.sea.cells].mean() for s in (plain, found)]
    assert spread[1] > 0.0
    write_raster(tmp_path / "lasting_offset.asc", Grid(2, 2, 10.0), np.zeros((2, 2)))
    with pytest.raises(
        RobError, match=r"terrain.learnt: \(2, 2\) cells, not \(40, 40\). Resample it to the terrain's"
    ):
        read_scenario(coast(tmp_path, text))
