"""Reports of water from a CSV file: ``x, y, time, kind, depth, prior, quarter``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rob.io.text import read_text
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

    Parameters
    ----------
    path
        CSV in UTF-8 with a header.
    grid
        The terrain's; a report outside it is a fault.
    utc_offset
        Hours east of UTC of times without a zone; None makes such a time a fault.

    Raises
    ------
    RobError
        With file, line and remedy.
    """
    rows = list(csv.DictReader(read_text(path).splitlines()))
    if not rows:
        raise RobError(
            str(path), "file", "there is no report in it", "Give a header x,y,time,kind,… and a line for each"
        )
    missing = [name for name in ("x", "y", "time", "kind") if name not in rows[0]]
    if missing:
        raise RobError(
            str(path),
            missing[0],
            "the column is missing",
            "Use the columns x,y,time,kind,depth,prior,quarter",
        )
    times = parse_times([row["time"] or "" for row in rows], utc_offset, str(path))
    hours = (times - times.min()).astype(np.int64) / 3600.0
    reports = tuple(
        _report(row, n, float(h), grid, path) for n, (row, h) in enumerate(zip(rows, hours, strict=True), 2)
    )
    quarters = tuple(_quarter(row, f"{path}: line {n}") for n, row in enumerate(rows, 2))
    return Told(reports, times, quarters)


def _quarter(row: dict[str, str], where: str) -> int:
    said = (row.get("quarter") or "0").strip()
    if not said.lstrip("-").isdigit() or len(said) > 9:
        raise RobError(
            where, "quarter", f"{said!r} is no whole number", "Number the neighbourhoods 1, 2, 3, …"
        )
    return int(said)


def _report(row: dict[str, str], line: int, hours: float, grid: Grid, path: Path) -> Report:
    where = f"{path}: line {line}"
    try:
        kind = Kind((row["kind"] or "").strip().lower())
        depth, prior = float(row.get("depth") or 0.0), float(row.get("prior") or 0.8)
        x, y = float(row["x"]), float(row["y"])
    except (ValueError, TypeError) as fault:
        raise RobError(
            where, "report", str(fault), "Use kind depth, dry or above, and numbers with a point"
        ) from None
    if kind is not Kind.DRY and not (row.get("depth") or "").strip():
        raise RobError(where, "depth", f"{kind.value} says no depth", "Give it in metres, 0.45 for the knee")
    i, j = grid.cell_at(x, y, where)
    try:
        return Report(i, j, hours, kind, depth, prior)
    except RobError as fault:
        raise RobError(where, fault.field, fault.problem, fault.remedy) from None
