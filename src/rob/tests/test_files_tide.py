"""Station and series files: what they hold, and every fault with its remedy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rob.io.series import Layout, read_series
from rob.io.stations import read_station, write_station
from rob.tests.stations import JAKARTA
from rob.tide.synthesis import span, tide
from rob.types import RobError

HEAD = {
    "name": '"Semarang"', "latitude": "-6.95", "longitude": "110.42", "phase_reference": '"UTC+7"', "units": '"cm"',
    "source": '"Rachman et al. 2015"', "licence": '"MIT"',
}  # fmt: skip


def station_file(
    folder: Path, constants: str = "K1 = [19.0, 354]\nM2 = [13.3, 267]", **changes: str | None
) -> Path:
    """A station file with some lines changed, or left out with None."""
    lines = [f"{key} = {value}" for key, value in (HEAD | changes).items() if value is not None]
    path = folder / "station.toml"
    path.write_text(
        "[station]\n" + "\n".join(lines) + "\n[constituents]\n" + constants + "\n", encoding="utf-8"
    )
    return path


def test_phases_in_local_time_become_phases_in_utc(tmp_path: Path) -> None:
    local = read_station(station_file(tmp_path))
    found = {c.name: c for c in local.constituents}
    assert found["K1"].amplitude == pytest.approx(0.19)
    assert found["K1"].phase == pytest.approx((354 - 7 * 15.0410686) % 360, abs=1e-4)
    assert found["M2"].phase == pytest.approx((267 - 7 * 28.9841042) % 360, abs=1e-4)


def test_a_station_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    write_station(JAKARTA, tmp_path / "jakarta.toml")
    again = read_station(tmp_path / "jakarta.toml")
    times = span("2026-01-01", "2026-02-01", 60)
    assert np.abs(tide(again, times) - tide(JAKARTA, times)).max() < 1e-4
    assert (again.name, again.licence, again.mean_level) == ("Jakarta", "CC BY 4.0", 2.049)


@pytest.mark.parametrize(
    ("changes", "constants", "problem"),
    [
        ({"phase_reference": None}, "M2 = [1, 2]", "phase_reference: missing"),
        ({"phase_reference": '"WIB"'}, "M2 = [1, 2]", "phase_reference: 'WIB' is not a time zone"),
        ({"units": '"feet"'}, "M2 = [1, 2]", "units: 'feet' is not known. Use one of: m, cm, mm"),
        ({"latitude": '"south"'}, "M2 = [1, 2]", "latitude: 'south' is not a number"),
        ({"latitude": "nan"}, "M2 = [1, 2]", "latitude: nan is not a number"),
        ({"latitude": "-96.0"}, "M2 = [1, 2]", "not a place on earth"),
        ({"source": None}, "M2 = [1, 2]", "source: missing"),
        ({"licence": None}, "M2 = [1, 2]", "licence: missing"),
        ({"colour": '"blue"'}, "M2 = [1, 2]", "station.colour: this key is not known"),
        ({}, "M2 = [1]", r"constituents.M2: \[1\] is not a pair"),
        ({}, 'M2 = [1, "a"]', "phase: 'a' is not a number"),
        ({}, "M2 = [-1, 2]", "constituents.M2: amplitude -1, phase 2 cannot be"),
        ({}, "NO = [1, 2]", "none has a known name"),
        ({}, "MA2 = [1, 2]\nH1 = [1, 2]", "H1 is given twice"),
        ({}, "M2 = [1, 2]\n[datums]\nMSL = 1e9", "datums: a level cannot be. Write metres above the zero"),
        ({"units": '"m"'}, "M2 = [30, 2]", "add up to more than 20 m"),
        ({}, "", r"constituents: the table is missing or empty"),
        ({}, "M2 = [1, 2", "not readable as TOML"),
    ],
)
def test_a_faulty_station_names_file_field_and_remedy(
    tmp_path: Path, changes: dict[str, str | None], constants: str, problem: str
) -> None:
    path = station_file(tmp_path, constants, **changes)
    with pytest.raises(RobError, match=problem) as fault:
        read_station(path)
    assert str(fault.value).startswith(str(path))


def test_a_station_json_that_is_not_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "station.json"
    for text, problem in (("{", "not readable as JSON"), ('{"name": "x"}', "the field is missing")):
        path.write_text(text)
        with pytest.raises(RobError, match=problem):
            read_station(path)
    for name in ("absent.json", "absent.toml"):
        with pytest.raises(RobError, match="there is no such file"):
            read_station(tmp_path / name)


def series_file(folder: Path, text: str, name: str = "gauge.csv") -> Path:
    """A series file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_two_date_formats_in_one_file_are_both_understood(tmp_path: Path) -> None:
    path = series_file(
        tmp_path, "waktu,nilai\n2026-05-01 07:00,1.9\n4/29/2026 15:20,1.5\n4/30/2026 3:05 PM,1.6\n"
    )
    series, notes = read_series(path, Layout(utc_offset=7))
    assert [str(t) for t in series.times] == [
        "2026-04-29T08:20:00",
        "2026-04-30T08:05:00",
        "2026-05-01T00:00:00",
    ]
    assert notes == ["times were not in order and have been sorted"]


def test_days_first_and_dots_and_decimal_commas_are_read(tmp_path: Path) -> None:
    path = series_file(
        tmp_path, "tanggal;tinggi\n29.04.2026 15:20;1,50\n01/05/2026 07:00;nan\n30/04/2026 01:00;1,7\n"
    )
    series, notes = read_series(path, Layout(utc_offset=0))
    assert series.levels.tolist() == [1.5, 1.7]
    assert "1 values without a number left out" in notes


def test_a_time_that_carries_its_zone_needs_no_offset(tmp_path: Path) -> None:
    path = series_file(tmp_path, "time,level\n2026-05-01T07:00:00+07:00,1.9\n2026-05-01T01:00:00Z,1.8\n")
    assert read_series(path)[0].times.astype(str).tolist() == ["2026-05-01T00:00:00", "2026-05-01T01:00:00"]


def test_the_json_of_the_ioc_and_of_bmkg_are_read(tmp_path: Path) -> None:
    ioc = [{"slevel": 1.2, "stime": "2026-09-18 00:00:00 ", "sensor": "prs"}]
    assert read_series(series_file(tmp_path, json.dumps(ioc), "ioc.json"))[0].levels.tolist() == [1.2]
    bmkg = {"data": {"t": [1767225600000, 1767226200000], "est": [0.1, 0.2], "msl": [1.0, 1.0]}}
    found, _ = read_series(series_file(tmp_path, json.dumps(bmkg), "bmkg.json"), Layout(level="est"))
    assert found.times.astype(str).tolist() == ["2026-01-01T00:00:00", "2026-01-01T00:10:00"]


def test_of_several_sensors_one_is_read_for_each_has_its_own_zero(tmp_path: Path) -> None:
    rows = [
        {"slevel": level + 0.01 * hour, "stime": f"2026-09-18 {hour:02d}:00:00", "sensor": sensor}
        for hour in range(5)
        for sensor, level in (("bat", 12.6), ("prs", 1.2), ("rad", 3.4))
        if not (sensor == "rad" and hour == 4)
    ]
    path = series_file(tmp_path, json.dumps(rows), "ioc.json")
    found, notes = read_series(path)
    assert found.levels.tolist() == pytest.approx([1.2, 1.21, 1.22, 1.23, 1.24])
    assert "sensor prs used, bat, rad left out (--sensor chooses)" in notes
    assert read_series(path, Layout(sensor="rad"))[0].levels[0] == pytest.approx(3.4)
    with pytest.raises(RobError, match=r"sensor: there is no 'enc' in it\. Use one of: bat, prs, rad"):
        read_series(path, Layout(sensor="enc"))


def test_the_formats_of_utide_and_t_tide_are_read(tmp_path: Path) -> None:
    asc, _ = read_series(
        series_file(tmp_path, "113225.0 1237\n113225.0416667 1290\n", "hnl.asc"), Layout(unit="mm")
    )
    assert asc.times.astype(str).tolist() == ["2010-01-01T00:00:00", "2010-01-01T01:00:00"]
    dtf = series_file(tmp_path, "head\n1 1998/01/01 00:00 1.5 0\n2 1998/01/01 01:00 9.9 9\n", "can.dtf")
    assert read_series(dtf, Layout(utc_offset=0))[0].levels.tolist() == [1.5]


@pytest.mark.parametrize(
    ("text", "name", "layout", "problem"),
    [
        ("time,level\n2026-05-01 07:00,1\n", "a.csv", Layout(), "carries no time zone.*--utc-offset 7"),
        ("time,level\n01/05/2026 07:00,1\n", "a.csv", Layout(utc_offset=7), "may be day/month or month/day"),
        (
            "time,level\nyesterday,1\n",
            "a.csv",
            Layout(utc_offset=7),
            "time in row 1: 'yesterday' is not a time",
        ),
        (
            "time,level\n2026-05-01 07:00,high\n",
            "a.csv",
            Layout(utc_offset=7),
            "level in row 1: 'high' is not a number",
        ),
        ("time,level\n2026-05-01 07:00,\n", "a.csv", Layout(utc_offset=7), "no level is a number"),
        (
            "a,b\n1,2\n",
            "a.csv",
            Layout(utc_offset=7),
            "header: no time column among a, b. Name it with --time-column",
        ),
        ("time,b\n1,2\n", "a.csv", Layout(utc_offset=7), "no level column.*--level-column"),
        ("time,b\n1,2\n", "a.csv", Layout(utc_offset=7, level="c"), "c: there is no such column"),
        ("", "a.csv", Layout(), "it has no rows"),
        (
            "time,level\n2026-01-01 00:00,1\n2026-01-01 01:00,140\n",
            "a.csv",
            Layout(utc_offset=7),
            "they span 139 m",
        ),
        (
            "time,level\n0001-01-01 07:00,1\n",
            "a.csv",
            Layout(utc_offset=7),
            "the year 1 cannot be. Check the date",
        ),
        ("x", "a.xlsx", Layout(), ".xlsx is not a series"),
        ("{", "a.json", Layout(), "not readable as JSON"),
        ("{}", "a.json", Layout(), "no list of levels in it"),
        (
            '[{"stime": "2026-01-01", "slevel": 1}, {"slevel": 2}]',
            "a.json",
            Layout(),
            "entry 1: it has no stime",
        ),
        ('{"t": [1, "b"], "est": [1, 2]}', "a.json", Layout(), "t: some times are numbers and some are not"),
        ("one two\n", "a.asc", Layout(), "not two columns of numbers"),
        ("no rows\n", "a.dtf", Layout(), "no rows of seconds, date, time, height"),
        ("x", "a.csv", Layout(unit="ft"), "unit: 'ft' is not known"),
    ],
)
def test_a_faulty_series_names_file_field_and_remedy(
    tmp_path: Path, text: str, name: str, layout: Layout, problem: str
) -> None:
    path = series_file(tmp_path, text, name)
    with pytest.raises(RobError, match=problem) as fault:
        read_series(path, layout)
    assert str(fault.value).startswith(str(path))


def test_a_file_in_another_encoding_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gauge.csv"
    path.write_bytes("waktu,tinggi\n2026-05-01 07:00,1\n2026-05-01 08:00,½\n".encode("latin-1"))
    with pytest.raises(RobError, match=r"gauge\.csv: line 3: a letter is not in UTF-8"):
        read_series(path, Layout(utc_offset=7))


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    path = series_file(tmp_path, "x")
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(RobError, match=r"file: it cannot be read \(Permission denied\)\. Check its rights"):
        read_series(path)


def test_an_absent_series_says_so(tmp_path: Path) -> None:
    with pytest.raises(RobError, match="there is no such file"):
        read_series(tmp_path / "absent.csv")
