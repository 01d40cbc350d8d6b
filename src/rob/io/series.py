"""Gauge series: CSV, IOC sea-level JSON, BMKG tide JSON, and the example formats of UTide and T_TIDE."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rob.io.text import read_text
from rob.io.times import from_days, parse_times
from rob.tide.quality import arrange
from rob.types import Floats, RobError, Series, Times

TIME_NAMES = ("time", "waktu", "waktu_utc", "datetime", "date", "tanggal", "timestamp", "stime", "t", "lt")
LEVEL_NAMES = (
    "level", "nilai", "muka_air", "muka_air_sensor_m", "slevel", "sea_level", "water_level", "value", "tinggi", "h",
    "height", "msl", "est",
)  # fmt: skip
NO_LEVEL = {"bat", "sw1", "sw2", "atm", "tmp"}
"""Sensors of the IOC service that measure no level: battery, switches, air pressure, temperature."""
UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001}


@dataclass(frozen=True)
class Layout:
    """How to read a series where the file does not say.

    Attributes
    ----------
    utc_offset
        Hours east of UTC of times without a zone; None makes such times a fault.
    unit
        ``m``, ``cm`` or ``mm``.
    time, level
        Column names; empty to recognise them.
    datum
        Name of the zero of the levels.
    epoch
        First day of the day numbers of an ``.asc`` file.
    sensor
        Which sensor of a gauge with several; empty for the one with the most levels.
    """

    utc_offset: float | None = None
    unit: str = "m"
    time: str = ""
    level: str = ""
    datum: str = "gauge"
    epoch: str = "1700-01-01"
    sensor: str = ""


def read_series(path: Path | str, layout: Layout | None = None) -> tuple[Series, list[str]]:
    """A series in time order without duplicates, and notes on what was done to it.

    Parameters
    ----------
    path
        ``.csv``, ``.json`` (IOC or BMKG), ``.asc`` (day number and level, UTide) or ``.dtf`` (T_TIDE example).
    layout
        What the file does not say.

    Raises
    ------
    RobError
        With file, field and remedy.
    """
    path, layout = Path(path), layout or Layout()
    if layout.unit not in UNITS:
        raise RobError(str(path), "unit", f"{layout.unit!r} is not known", "Use m, cm or mm")
    readers = {".csv": _csv, ".txt": _csv, ".json": _json, ".asc": _asc, ".dtf": _dtf}
    if path.suffix.lower() not in readers:
        raise RobError(
            str(path),
            "file",
            f"{path.suffix or 'no ending'} is not a series",
            "Use .csv, .json, .asc or .dtf",
        )
    if not path.is_file():
        raise RobError(str(path), "file", "there is no such file", "Check the path")
    said: list[str] = []
    times, levels = readers[path.suffix.lower()](path, layout, said)
    series, notes = arrange(times, levels * UNITS[layout.unit], str(path), layout.datum)
    _plausible(series)
    return series, said + notes


def _plausible(series: Series) -> None:
    span = float(np.ptp(series.levels))
    if span > 30.0:
        raise RobError(
            series.source,
            "levels",
            f"they span {span:.0f} m",
            "State the unit (--unit cm or mm), or remove error codes",
        )


def _one_sensor(
    rows: list[dict[str, Any]], level: str, layout: Layout, path: Path, said: list[str]
) -> list[dict[str, Any]]:
    """The rows of one sensor: each has a zero of its own, so a mixture would jump at every value."""
    names = sorted({str(row["sensor"]).strip() for row in rows if row.get("sensor")})
    if layout.sensor and layout.sensor not in names:
        raise RobError(
            str(path),
            "sensor",
            f"there is no {layout.sensor!r} in it",
            f"Use one of: {', '.join(names) or 'none is named'}",
        )
    if len(names) < 2:
        return rows
    count = {name: sum(row.get(level) not in {None, ""} for row in _of(rows, name)) for name in names}
    best = layout.sensor or max(names, key=lambda name: (name not in NO_LEVEL, count[name]))
    others = ", ".join(name for name in names if name != best)
    said.append(f"sensor {best} used, {others} left out (--sensor chooses)")
    return _of(rows, best)


def _of(rows: list[dict[str, Any]], sensor: str) -> list[dict[str, Any]]:
    return [row for row in rows if str(row.get("sensor")).strip() == sensor]


def _csv(path: Path, layout: Layout, said: list[str]) -> tuple[Times, Floats]:
    text = read_text(path)
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    rows = list(csv.DictReader((line for line in text.splitlines() if line.strip()), delimiter=mark))
    if not rows:
        raise RobError(
            str(path), "file", "it has no rows", "Give a table with a header, a time and a level column"
        )
    names = [name for name in rows[0] if name]
    time, level = (
        _column(names, layout.time, TIME_NAMES, path),
        _column(names, layout.level, LEVEL_NAMES, path),
    )
    rows = _one_sensor(rows, level, layout, path, said)
    offset = layout.utc_offset
    if offset is None and time.lower().endswith("utc"):
        offset = 0.0
    times = parse_times([row[time] or "" for row in rows], offset, str(path))
    return times, np.array(
        [_float(row[level], f"{level} in row {i}", path) for i, row in enumerate(rows, start=1)]
    )


def _column(names: list[str], wanted: str, usual: tuple[str, ...], path: Path) -> str:
    if wanted and wanted not in names:
        raise RobError(str(path), wanted, "there is no such column", f"Use one of: {', '.join(names)}")
    found = [wanted] if wanted else [n for u in usual for n in names if n.strip().lower() == u]
    if not found:
        kind, option = ("time", "--time-column") if usual is TIME_NAMES else ("level", "--level-column")
        raise RobError(
            str(path), "header", f"no {kind} column among {', '.join(names)}", f"Name it with {option}"
        )
    return found[0]


def _float(text: Any, where: str, path: Path) -> float:
    said = str(text if text is not None else "").strip()
    if said.lower() in {"", "nan", "na", "null", "none", "-"}:
        return float("nan")
    try:
        return float(said.replace(",", ".")) if said.count(",") == 1 and "." not in said else float(said)
    except ValueError:
        raise RobError(str(path), where, f"{said!r} is not a number", "Leave missing levels empty") from None


def _json(path: Path, layout: Layout, said: list[str]) -> tuple[Times, Floats]:
    """IOC: a list of objects with ``stime`` (UTC) and ``slevel``. BMKG: ``t``/``lt`` with ``est`` or ``msl``."""
    source = str(path)
    try:
        data = json.loads(read_text(path))
    except ValueError as fault:
        raise RobError(source, "file", f"not readable as JSON ({fault})", "Download the file again") from None
    rows = _objects(data)
    if not rows:
        raise RobError(source, "file", "no list of levels in it", "Use the JSON of the IOC or BMKG service")
    names = list(rows[0])
    time, level = (
        _column(names, layout.time, TIME_NAMES, path),
        _column(names, layout.level, LEVEL_NAMES, path),
    )
    rows = _one_sensor(rows, level, layout, path, said)
    missing = [n for n, row in enumerate(rows) if row.get(time) is None]
    if missing:
        raise RobError(source, f"entry {missing[0]}", f"it has no {time}", "Download the file again")
    # IOC states UTC in its manual; BMKG serves the same product under a path that names UTC.
    offset = 0.0 if layout.utc_offset is None and time in {"stime", "t"} else layout.utc_offset
    if isinstance(rows[0][time], int | float):
        times = _epochs(rows, time, source)
    else:
        times = parse_times([str(row[time]) for row in rows], offset, source)
    return times, np.array(
        [_float(row.get(level), f"{level} in entry {i}", path) for i, row in enumerate(rows)]
    )


def _epochs(rows: list[dict[str, Any]], time: str, source: str) -> Times:
    """Times from seconds or milliseconds since 1970."""
    try:
        numbers = np.array([float(row[time]) for row in rows])
        seconds = np.array(numbers / (1000.0 if numbers[0] > 1e11 else 1.0))
        if not (np.abs(seconds) < 1e10).all():
            raise ValueError
        return seconds.astype("datetime64[s]")
    except (TypeError, ValueError):
        raise RobError(
            source, time, "some times are numbers and some are not, or cannot be", "Download the file again"
        ) from None


def _objects(data: Any) -> list[dict[str, Any]]:
    """The first list of objects in a JSON value, and columns side by side turned into objects."""
    if isinstance(data, list):
        return data if data and all(isinstance(each, dict) for each in data) else []
    if not isinstance(data, dict):
        return []
    columns = {
        k: v for k, v in data.items() if isinstance(v, list) and v and not isinstance(v[0], dict | list)
    }
    if len(columns) >= 2 and len({len(v) for v in columns.values()}) == 1:
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for value in data.values():
        if found := _objects(value):
            return found
    return []


def _asc(path: Path, layout: Layout, _said: list[str]) -> tuple[Times, Floats]:
    try:
        columns = np.loadtxt(path, ndmin=2) if path.read_bytes().strip() else np.empty((0, 1))
        if not (np.abs(columns[:, 0]) < 4e6).all():
            raise ValueError
        return from_days(columns[:, 0], layout.epoch), columns[:, 1]
    except (ValueError, IndexError):
        raise RobError(
            str(path),
            "file",
            "not two columns of numbers (day number, level)",
            "Export it as CSV with a header",
        ) from None


def _dtf(path: Path, layout: Layout, _said: list[str]) -> tuple[Times, Floats]:
    """T_TIDE example: seconds, date, time, height, flag; a flag other than 0 is a missing value."""
    rows = [line.split() for line in read_text(path).splitlines() if line[:1].strip()[:1].isdigit()]
    if not rows or any(len(row) < 4 for row in rows):
        raise RobError(
            str(path), "file", "no rows of seconds, date, time, height", "Export it as CSV with a header"
        )
    times = parse_times([f"{row[1]} {row[2]}" for row in rows], layout.utc_offset, str(path))
    levels = [
        float("nan") if len(row) > 4 and row[4] != "0" else _float(row[3], "height", path) for row in rows
    ]
    return times, np.array(levels)
