"""Reports of water from a CSV file: ``x, y, time, kind, depth, prior, quarter``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rob.io.times import parse_times
from rob.learning.reports import Kind, Report
from rob.types import Grid, RobError, Times


@dataclass(frozen=True)
class Told:
    """Reports with their UTC times and the number of their neighbourhood (0 when not given)."""

    reports: tuple[Report, ...]
    times: Times
    quarters: tuple[int, ...]


def read_reports(path: Path, grid: Grid, utc_offset: float | None) -> Told:
    """Reports on a grid; `hours` of each counts from the first.

    Raises
    ------
    RobError
        With file, line and remedy.
    """
    if not path.is_file():
        raise RobError(str(path), "file", "there is no such file", "Check the path")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = [name for name in ("x", "y", "time", "kind") if not rows or name not in rows[0]]
    if missing:
        raise RobError(
            str(path),
            missing[0],
            "the column is missing",
            "Use the columns x,y,time,kind,depth,prior,quarter",
        )
    times = parse_times([row["time"] for row in rows], utc_offset, str(path))
    hours = (times - times.min()).astype(np.int64) / 3600.0
    reports = tuple(
        _report(row, n, float(h), grid, path) for n, (row, h) in enumerate(zip(rows, hours, strict=True), 2)
    )
    quarters = tuple(int(row.get("quarter") or 0) for row in rows)
    return Told(reports, times, quarters)


def _report(row: dict[str, str], line: int, hours: float, grid: Grid, path: Path) -> Report:
    where = f"{path}: line {line}"
    try:
        kind = Kind(row["kind"].strip().lower())
        depth, prior = float(row.get("depth") or 0.0), float(row.get("prior") or 0.8)
        x, y = float(row["x"]), float(row["y"])
    except ValueError as fault:
        raise RobError(
            where, "report", str(fault), "Use kind depth, dry or above, and numbers with a point"
        ) from None
    i, j = grid.cell_at(x, y, where)
    try:
        return Report(i, j, hours, kind, depth, prior)
    except RobError as fault:
        raise RobError(where, fault.field, fault.problem, fault.remedy) from None
