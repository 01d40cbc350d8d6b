"""The command line with a gauge: what is refused, what is told, what is mended before a fit."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from rob.cli import main
from rob.tests.commands import csv_of, said
from rob.tests.stations import gauge


def test_a_series_read_in_the_wrong_zone_is_refused_with_its_remedy(
    station: str, levels: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", station, levels, "--utc-offset", "0"]) == 2
    assert "Check the time zone of the phases (UTC or UTC+7)" in capsys.readouterr().err


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
