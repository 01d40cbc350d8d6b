"""The command line, as a person or a script uses it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rob.cli import learn, main
from rob.io.stations import write_station
from rob.io.terrain import read_raster, write_raster
from rob.tests.scenarios import GRID, SCENARIO, coast, ground
from rob.tests.stations import JAKARTA, gauge
from rob.types import Grid, Series


@pytest.fixture
def station(tmp_path: Path) -> str:
    """A station file."""
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    return str(tmp_path / "jakarta.toml")


@pytest.fixture
def levels(tmp_path: Path) -> str:
    """Twelve days of hourly levels in local time."""
    series = gauge("2026-05-01", 12, noise=0.04)
    local = series.times + np.timedelta64(7 * 3600, "s")
    rows = "\n".join(f"{t},{v:.3f}" for t, v in zip(local, series.levels, strict=True))
    (tmp_path / "gauge.csv").write_text(f"waktu,nilai\n{rows}\n")
    return str(tmp_path / "gauge.csv")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The JSON that a command prints."""
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


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


def test_a_series_read_in_the_wrong_zone_is_refused_with_its_remedy(
    station: str, levels: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", station, levels, "--utc-offset", "0"]) == 2
    assert "Check the time zone of the phases (UTC or UTC+7)" in capsys.readouterr().err


def csv_of(series: Series, path: Path) -> str:
    """A series as a CSV file in UTC."""
    rows = "\n".join(f"{t}Z,{v:.4f}" for t, v in zip(series.times, series.levels, strict=True))
    path.write_text(f"time,level\n{rows}\n")
    return str(path)


def test_a_gap_of_days_is_told_with_file_field_and_remedy(
    station: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series = gauge("2026-05-01", 20, noise=0.04)
    keep = (series.times < np.datetime64("2026-05-06")) | (series.times > np.datetime64("2026-05-09"))
    path = csv_of(
        dataclasses.replace(series, times=series.times[keep], levels=series.levels[keep]), tmp_path / "g.csv"
    )
    assert main(["verify", station, path]) == 0
    out, err = capsys.readouterr()
    told = "g.csv: times: no level from 2026-05-05T23:00:00Z to 2026-05-09T01:00:00Z (3.1 days)"
    assert told in err
    assert told in out
    assert "use one part with --from and --to" in err
    assert main(["verify", station, path, "--from", "2026-05-09", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out)["values"] == 11 * 24 + 24
    assert main(["verify", station, path, "--from", "2026-05-06T01:00", "--to", "2026-05-08"]) == 2
    assert "g.csv: --from, --to: no level between" in capsys.readouterr().err


def test_a_forecast_on_a_gauge_in_the_wrong_zone_is_refused(
    station: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series = gauge("2026-05-01", 10, noise=0.03)
    path = csv_of(
        dataclasses.replace(series, times=series.times + np.timedelta64(7, "h")), tmp_path / "g.csv"
    )
    span = ("--from", "2026-05-11T07:00", "--to", "2026-05-12")
    assert main(["tide", "forecast", station, *span, "--gauge", path]) == 2
    assert "phase_reference: the tide fits" in capsys.readouterr().err
    assert main(["tide", "check", station, "--gauge", path]) == 2


def test_a_gauge_that_jumped_and_sank_is_levelled_before_it_is_fitted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("utide")
    series = gauge("2022-01-01", 3 * 365, minutes=360, noise=0.03, memory=0.5)
    years = (series.times - series.times[-1]).astype(float) / 86400.0 / 365.25
    moved = series.levels + 0.09 * years + np.where(series.times < np.datetime64("2023-03-01"), 0.4, 0.0)
    path = csv_of(dataclasses.replace(series, levels=moved), tmp_path / "g.csv")
    place = ("--latitude", "-6.117", "--longitude", "106.85")
    found = said(capsys, "tide", "fit", path, *place, "--level")
    assert any("taken off, zero as at" in note for note in found["notes"])
    assert any("to the zero after the jump" in note for note in found["notes"])
    assert abs(found["trend_m_per_year"]) < 0.02
    assert found["datums"]["MSL"] == pytest.approx(2.049, abs=0.04)
    plain = said(capsys, "tide", "fit", path, *place)
    assert any(note.startswith("jump:") for note in plain["notes"])
    assert plain["rms_m"] > found["rms_m"]


def test_a_gauge_is_checked_and_fitted(
    station: str, levels: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("utide")
    assert said(capsys, "tide", "check", station, "--gauge", levels, "--utc-offset", "7")["findings"] == []
    series = gauge("2026-01-01", 40)
    rows = "\n".join(f"{t}Z,{v:.4f}" for t, v in zip(series.times, series.levels, strict=True))
    (tmp_path / "long.csv").write_text(f"time,level\n{rows}\n")
    place = (
        "--latitude",
        "-6.117",
        "--longitude",
        "106.85",
        "--neighbour",
        station,
        "--out",
        str(tmp_path / "own.toml"),
    )
    found = said(capsys, "tide", "fit", str(tmp_path / "long.csv"), *place)
    assert found["rms_m"] < 0.02
    assert main(["stations", str(tmp_path / "own.toml")]) == 0
    capsys.readouterr()
    plain = said(capsys, "tide", "fit", str(tmp_path / "long.csv"), *place[:4], "--plain")
    assert "fitted without guards" in plain["notes"]


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


@pytest.fixture
def reports(tmp_path: Path) -> str:
    """Five people in deep water and one who says dry, on the scenario's coast."""
    rows = "\n".join(f"{605 + 20 * n},1375,2026-06-15 20:00,depth,2.2" for n in range(5))
    (tmp_path / "reports.csv").write_text(f"x,y,time,kind,depth\n{rows}\n705,1375,2026-06-15 20:00,dry,\n")
    return str(tmp_path / "reports.csv")


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
