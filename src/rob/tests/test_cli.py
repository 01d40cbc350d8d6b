"""The command line, as a person or a script uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rob.cli import main
from rob.io.stations import write_station
from rob.tests.scenarios import SCENARIO, coast
from rob.tests.stations import JAKARTA, gauge


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
        (["tide", "predict", "STATION", "--from", "2027-02-01"], "is no span"),
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


def test_reports_correct_a_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(coast(tmp_path))
    rows = "\n".join(f"{605 + 20 * n},1375,2026-06-15 20:00,depth,2.2" for n in range(5))
    (tmp_path / "reports.csv").write_text(f"x,y,time,kind,depth\n{rows}\n705,1375,2026-06-15 20:00,dry,\n")
    arguments = ("learn", path, str(tmp_path / "reports.csv"), "--utc-offset", "7")
    found = said(capsys, *arguments, "--out", str(tmp_path / "learnt.asc"))
    assert min(found["truth"][:5]) > 0.8 > found["truth"][5]
    assert found["mean_correction_m"] > 0.0
    assert (tmp_path / "learnt.asc").exists()
    assert main([*arguments, "--out", str(tmp_path / "learnt.asc")]) == 2
    assert main([*arguments]) == 0


def test_an_interrupted_run_says_that_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rob.cli.scenario.compare", interrupt)
    assert main(["scenario", str(coast(tmp_path)), "--out", str(tmp_path / "out")]) == 130
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
