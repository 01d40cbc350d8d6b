"""Files that were cut, mixed up or mistyped: each is read, or refused in a sentence, and never breaks the engine."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rob.cli import main
from rob.io.reports import read_reports
from rob.io.scenarios import read_scenario
from rob.io.series import Layout, read_series
from rob.io.stations import read_station, write_station
from rob.io.terrain import Survey, read_terrain, write_raster
from rob.tests.scenarios import GRID, MOVING, coast, ground
from rob.tests.stations import JAKARTA, gauge
from rob.types import RobError

Read = Callable[[Path], Any]
SWAPS = (
    b"",
    b"nan",
    b"-1",
    b"1e308",
    b"0",
    b"[]",
    b'"x"',
    b"\xff\xfe",
    b"\x00",
    b"\n",
    b",,",
    b"{",
    b"true",
    b"-9999",
)


def damaged(whole: bytes, rng: np.random.Generator) -> bytes:
    """A file with a few stretches cut out or replaced, or its end missing."""
    text = whole
    for _ in range(int(rng.integers(1, 4))):
        first = int(rng.integers(len(text) + 1))
        last = first + int(rng.choice([0, 1, 3, 12, 60]))
        text = text[:first] + SWAPS[int(rng.integers(len(SWAPS)))] + text[last:]
    return text[: int(rng.integers(len(text) + 1))] if rng.random() < 0.2 else text


def ioc() -> bytes:
    """A sea-level JSON of two sensors."""
    rows = [
        {"slevel": 1.0 + 0.1 * n, "stime": f"2026-09-18 {n:02d}:00:00", "sensor": sensor}
        for n in range(12)
        for sensor in ("prs", "rad")
    ]
    return json.dumps(rows).encode()


def table() -> bytes:
    """A gauge series."""
    series = gauge("2026-05-01", 2)
    return "\n".join(
        ["waktu,nilai", *(f"{t},{v:.3f}" for t, v in zip(series.times, series.levels, strict=True))]
    ).encode()


SERIES = (
    ("gauge.csv", table),
    ("gauge.json", ioc),
    ("gauge.asc", lambda: b"113225.0 1237\n113225.0416667 1290\n"),
    ("gauge.dtf", lambda: b"head\n1 1998/01/01 00:00 1.5 0\n2 1998/01/01 01:00 9.9 9\n"),
)


def try_it(path: Path, whole: bytes, seed: int, read: Read) -> None:
    """Damage the file and read it; whatever is wrong must be said."""
    path.write_bytes(damaged(whole, np.random.default_rng(seed)))
    with contextlib.suppress(RobError):
        read(path)


many = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
seeds = st.integers(0, 2**31)


@many
@given(seeds, st.sampled_from(range(len(SERIES))))
def test_a_damaged_series_is_read_or_refused(tmp_path: Path, seed: int, which: int) -> None:
    name, whole = SERIES[which]
    try_it(tmp_path / name, whole(), seed, lambda path: read_series(path, Layout(utc_offset=7.0)))


@many
@given(seeds)
def test_a_damaged_station_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    write_station(JAKARTA, tmp_path / "whole.toml")
    try_it(tmp_path / "station.toml", (tmp_path / "whole.toml").read_bytes(), seed, read_station)
    ticon = {
        "name": "x", "latitude": -6.1, "longitude": 106.8, "source": {"name": "TICON", "id": "1"},
        "license": {"type": "CC BY 4.0"}, "datums": {"MSL": 2.0}, "epoch": {"start": "1986", "end": "2004"},
        "harmonic_constituents": [{"name": "M2", "amplitude": 0.05, "phase": 141.0}],
    }  # fmt: skip
    try_it(tmp_path / "station.json", json.dumps(ticon).encode(), seed, read_station)


@many
@given(seeds)
def test_a_damaged_terrain_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    write_raster(tmp_path / "whole.asc", GRID, ground())
    whole = (tmp_path / "whole.asc").read_bytes()[:400]
    survey = Survey("MSL", "2021-06-01")
    try_it(tmp_path / "ground.asc", whole, seed, lambda path: read_terrain(path, survey))


@many
@given(seeds)
def test_damaged_reports_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    whole = (
        b"x,y,time,kind,depth,prior,quarter\n605,1375,2026-06-15 20:00,depth,0.4,0.7,2\n"
        b"705,1375,2026-06-15 21:00,dry,,,\n"
    )
    try_it(tmp_path / "reports.csv", whole, seed, lambda path: read_reports(path, GRID, 7.0))


@many
@given(seeds)
def test_a_damaged_scenario_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    path = coast(tmp_path, MOVING)
    try_it(path, MOVING.encode(), seed, read_scenario)


@pytest.mark.parametrize("ending", ["toml", "json", "csv", "asc", "tif", "dtf", "txt", "xyz"])
def test_a_folder_an_empty_file_and_noise_end_in_a_sentence_for_every_command(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    station, scenario = str(tmp_path / "jakarta.toml"), str(coast(tmp_path))
    folder, empty, noise = (tmp_path / f"{name}.{ending}" for name in ("folder", "empty", "noise"))
    folder.mkdir()
    empty.write_bytes(b"")
    noise.write_bytes(np.random.default_rng(1).bytes(300))
    place = ("--latitude", "-6", "--longitude", "106")
    for file in map(str, (folder, empty, noise)):
        for command in (
            ("tide", "predict", file), ("tide", "fit", file, *place), ("tide", "check", station, "--gauge", file),
            ("stations", file), ("verify", station, file), ("verify", file, file),
            ("onset", file, "--datum", "MSL", "--survey-date", "2021-01-01"), ("flood", file), ("scenario", file),
            ("learn", scenario, file, "--utc-offset", "7"), ("learn", file, file),
        ):  # fmt: skip
            assert main(command) == 2, command
            said = capsys.readouterr().err
            assert said.startswith("rob: ")
            assert said.count("\n") == 1
