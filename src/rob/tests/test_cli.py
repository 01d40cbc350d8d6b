"""The command line, as a person or a script uses it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rob.cli import learn, main
from rob.io.terrain import read_raster, write_raster
from rob.tests.commands import said
from rob.tests.scenarios import GRID, SCENARIO, coast, ground
from rob.types import Grid


def test_the_tide_is_predicted_and_read_off(station: str, capsys: pytest.CaptureFixture[str]) -> None:
    span = ("--from", "2026-06-01", "--to", "2026-07-01")
    assert len(said(capsys, "tide", "predict", station, *span)["levels_m"]) == 721
    assert said(capsys, "tide", "kings", station, *span, "--count", "2")["times"][0].startswith(
        "2026-06-15T1"
    )
    assert set(said(capsys, "tide", "waters", station, *span)["kinds"]) == {"high", "low"}
    assert len(said(capsys, "tide", "months", station)["levels_m"]) == 12
    assert said(capsys, "tide", "datums", station)["type"] == "diurnal"
    assert main(["tide", "predict", station, *span]) == 0
    assert "2026-06-01T00:00:00Z" in capsys.readouterr().out


def test_a_forecast_rests_on_the_gauge(station: str, levels: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = (
        "--from",
        "2026-05-12T00:00",
        "--to",
        "2026-05-13T00:00",
        "--gauge",
        levels,
        "--utc-offset",
        "7",
    )
    found = said(capsys, "tide", "forecast", station, *options, "--threshold", "2.3")
    assert found["basis"] == "gauge and tide"
    assert len(found["probability"]) == 24
    assert found["issued"] == "2026-05-12T00:00:00Z"


def test_stations_are_shown_and_converted(
    station: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(capsys, "stations", station, "--out", str(tmp_path / "copy.toml"))
    assert found["stations"][0]["type"] == "diurnal"
    assert (tmp_path / "copy.toml").read_text() == Path(station).read_text()
    assert main(["stations", station]) == 0
    assert "Jakarta" in capsys.readouterr().out


def test_an_unseen_station_and_series_give_their_figures(
    station: str, levels: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(capsys, "verify", station, levels, "--utc-offset", "7")
    assert found["rms_m"] < 0.06
    assert set(found["lead_rms_m"]) == {"1", "6", "12", "24"}
    assert main(["verify", station, levels, "--utc-offset", "7"]) == 0
    text = capsys.readouterr().out
    assert "RMS with residual at lead 1 h" in text
    assert "times read as UTC+7" in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["tide", "predict", "STATION", "--from", "soon"], "--from: time: 'soon' is not a time"),
        (["tide", "predict", "STATION", "--from", "2027-02-01", "--to", "2027-01-01"], "is no span"),
        (["tide", "predict", "STATION", "--to", "NaT"], "'NaT' is not a time"),
        (["tide", "check", "STATION"], "--gauge: no series given"),
        (["tide", "fit", "STATION"], "the place is missing"),
        (["tide", "predict", "absent.toml"], "there is no such file"),
        (["onset", "absent.asc", "--datum", "MSL", "--survey-date", "2021-01-01"], "there is no such file"),
    ],
)
def test_faults_end_in_a_sentence_and_exit_code_two(
    arguments: list[str], problem: str, station: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([station if a == "STATION" else a for a in arguments]) == 2
    assert problem in capsys.readouterr().err


def test_the_onset_of_a_terrain_and_of_a_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = coast(tmp_path)
    ground = str(tmp_path / "ground.asc")
    bare = said(capsys, "onset", ground, "--datum", "MSL", "--survey-date", "2021-06-01", "--level", "0.9")
    dyked = said(capsys, "onset", str(path), "--level", "0.9", "--out", str(tmp_path / "onset.asc"))
    assert dyked["levels"][0]["flooded_km2"] < bare["levels"][0]["flooded_km2"]
    assert dyked["levels"][0]["low_but_dry_km2"] > 0
    assert main(["onset", str(path), "--out", str(tmp_path / "onset.asc")]) == 2
    assert "it exists already" in capsys.readouterr().err


def test_a_moving_flood_tells_its_balance_and_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SCENARIO.replace("members = 4", "hours = 1\nevery_minutes = 20")
    path = str(coast(tmp_path, text))
    assert main(["flood", path, "--json", "--progress", "--out", str(tmp_path / "peak.asc")]) == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)["frames"]) == 3
    assert abs(json.loads(out)["balance_error"]) < 1e-9
    assert "100%" in err
    assert (tmp_path / "peak.asc").exists()
    assert main(["flood", path]) == 0
    assert "water balance to" in capsys.readouterr().out
    assert main(["flood", path, "--out", str(tmp_path / "peak.asc")]) == 2


def test_a_scenario_is_run_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(coast(tmp_path))
    assert said(capsys, "scenario", path, "--out", str(tmp_path / "out"))["members"] == 4
    assert (tmp_path / "out" / "figures.json").exists()
    assert main(["scenario", path, "--out", str(tmp_path / "out")]) == 2
    assert main(["scenario", path]) == 0
    assert "stays dry" in capsys.readouterr().out


def test_reports_correct_a_scenario_and_leave_a_map_of_what_was_learnt_and_how_surely(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("learn", str(coast(tmp_path)), reports, "--utc-offset", "7")
    found = said(capsys, *arguments, "--out", str(tmp_path / "learnt"))
    assert min(found["truth"][:5]) > 0.8 > found["truth"][5]
    assert found["mean_correction_m"] > 0.0
    assert found["sea"]["offset_m"] > 0.0
    assert 0.0 < found["quarters"]["0"]["sigma_m"] < 0.25
    maps = {path.stem: read_raster(path)[1] for path in (tmp_path / "learnt").glob("*.asc")}
    assert set(maps) == set(learn.MAPS)
    assert json.loads((tmp_path / "learnt" / "figures.json").read_text()) == found
    near, far = (2, 14), (38, 38)
    assert maps["sigma"][near] < maps["sigma"][far]
    assert maps["lasting_sigma"][near] < maps["lasting_sigma"][far]
    assert maps["offset"][near] > maps["lasting_offset"][near] > 0.0
    assert (maps["low"] <= maps["depth"] + 1e-3).all()
    assert (maps["depth"] <= maps["high"] + 0.02).all()
    assert main([*arguments, "--out", str(tmp_path / "learnt")]) == 2
    assert main([*arguments]) == 0
    assert "quarter 0" in capsys.readouterr().out


def test_a_raster_names_the_neighbourhoods(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    halves = np.where(np.arange(40)[None, :] < 20, 1.0, 2.0) * np.ones((40, 1))
    write_raster(tmp_path / "quarters.asc", GRID, halves)
    arguments = ("learn", str(coast(tmp_path)), reports, "--utc-offset", "7", "--quarters")
    found = said(capsys, *arguments, str(tmp_path / "quarters.asc"))
    assert set(found["quarters"]) == {"1", "2"}
    write_raster(tmp_path / "small.asc", Grid(3, 3, 10.0), np.ones((3, 3)))
    assert main([*arguments, str(tmp_path / "small.asc")]) == 2
    assert "(3, 3) cells, not (40, 40). Draw it on the terrain's grid" in capsys.readouterr().err


def test_a_report_where_the_terrain_has_a_hole_names_its_line(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = coast(tmp_path)
    z = ground()
    z[2, 20] = np.nan
    write_raster(tmp_path / "ground.asc", GRID, z)
    assert main(["learn", str(path), reports, "--utc-offset", "7", "--out", str(tmp_path / "learnt")]) == 2
    assert "reports.csv: line 7: x, y: the terrain has no height there" in capsys.readouterr().err
    assert not (tmp_path / "learnt").exists()


def test_every_option_that_names_a_file_to_write_is_checked_before_the_work(
    station: str, reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(coast(tmp_path))
    for command, out, problem in (
        (["onset", path], "map.png", ".png cannot be written. Use .asc or .tif or .tiff"),
        (["flood", path], "absent/peak.asc", "is no folder to write to. Make the folder first"),
        (["scenario", path], "absent/out", "is no folder to write to"),
        (["stations", station], "copy.json", ".json cannot be written. Use .toml"),
        (["stations", station], "jakarta.toml", "it exists already. Name a new one"),
        (["stations", station, station], "two.toml", "--out: several stations were given"),
        (["learn", path, reports], "absent/out", "is no folder to write to"),
    ):
        assert main([*command, "--out", str(tmp_path / out)]) == 2
        assert problem in capsys.readouterr().err
    assert not list(tmp_path.glob(".rob-*"))


def test_a_full_disk_ends_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, *_: object) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device", str(path))

    path = tmp_path / "coast"
    path.mkdir()
    scenario = str(coast(path))
    monkeypatch.setattr("rob.io.terrain._write_ascii", full)
    assert main(["onset", scenario, "--out", str(tmp_path / "onset.asc")]) == 2
    assert "No space left on device. Check its rights and the room on the disk" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["coast"]


def test_an_interrupted_run_says_that_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rob.cli.scenario.compare", interrupt)
    assert main(["scenario", str(coast(tmp_path)), "--out", str(tmp_path / "out")]) == 130
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
