"""What every command shares: output as text or JSON, progress, and the options of a gauge series."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np

from rob.io.series import Layout, read_series
from rob.tide import quality
from rob.types import RobError, Series


def plain(value: Any) -> Any:
    """A value for JSON: NumPy and times turned into Python, numbers that are not finite into null."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, np.ndarray):
        return (
            [plain(each) for each in value.tolist()] if value.dtype.kind != "M" else [f"{t}Z" for t in value]
        )
    if isinstance(value, np.datetime64):
        return f"{value}Z"
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value


def tell(options: argparse.Namespace, result: dict[str, Any], text: Callable[[], str]) -> None:
    """Print the result as JSON with ``--json``, else as text."""
    print(json.dumps(plain(result), ensure_ascii=False, indent=2) if options.json else text())


def table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """Columns side by side."""
    cells = [head, *([f"{v:.3f}" if isinstance(v, float) else str(v) for v in row] for row in rows)]
    width = [max(len(row[n]) for row in cells) for n in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width[n]) for n, cell in enumerate(row)).rstrip() for row in cells)


def progress(options: argparse.Namespace) -> Callable[[float], None]:
    """A line on stderr that says the share done and the time left; silent when stderr is not a terminal."""
    began = time.monotonic()
    show = getattr(options, "progress", False) or sys.stderr.isatty()

    def step(share: float) -> None:
        if show:
            left = (time.monotonic() - began) * (1.0 - share) / max(share, 1e-6)
            print(
                f"\r{share:4.0%}, {left:.0f} s left ",
                end="\n" if share >= 1.0 else "",
                file=sys.stderr,
                flush=True,
            )

    return step


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json`` and ``--progress``."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--progress", action="store_true", help="show progress even when stderr is not a terminal"
    )


def add_series(parser: argparse.ArgumentParser, spans: bool = True) -> None:
    """Options that say how to read a gauge series; `spans` adds the part of it to use."""
    parser.add_argument(
        "--utc-offset", type=float, help="hours east of UTC of times without a zone (WIB is 7)"
    )
    parser.add_argument("--unit", default="m", help="m, cm or mm")
    parser.add_argument("--time-column", default="", help="name of the time column")
    parser.add_argument("--level-column", default="", help="name of the level column")
    parser.add_argument("--datum", default="gauge", help="name of the zero of the levels")
    parser.add_argument("--sensor", default="", help="which sensor, when the file holds several")
    if spans:
        parser.add_argument("--from", dest="start", help="first UTC time of the series to use")
        parser.add_argument("--to", dest="end", help="last UTC time of the series to use")


def series(options: argparse.Namespace, path: str, cut: bool = True) -> tuple[Series, list[str]]:
    """The gauge series of the options and notes on it; a gap of days is told on stderr too.

    Parameters
    ----------
    options
        With those of `add_series`.
    path
        The file.
    cut
        Whether ``--from`` and ``--to`` choose a part of it.

    Raises
    ------
    RobError
        When the file is faulty or nothing of it lies in the chosen part.
    """
    layout = Layout(
        options.utc_offset, options.unit, options.time_column, options.level_column, options.datum,
        sensor=options.sensor,
    )  # fmt: skip
    found, notes = read_series(Path(path), layout)
    if cut:
        found = _part(found, options)
    gaps = quality.long_gaps(found)
    for gap in gaps:
        print(f"rob: {gap}", file=sys.stderr)
    return found, [*notes, *gaps]


def _part(found: Series, options: argparse.Namespace) -> Series:
    first = moment(options.start, "--from") if options.start else found.times[0]
    last = moment(options.end, "--to") if options.end else found.times[-1]
    keep = (found.times >= first) & (found.times <= last)
    if not keep.any():
        raise RobError(
            found.source,
            "--from, --to",
            f"no level between {first}Z and {last}Z",
            f"It holds {found.times[0]}Z to {found.times[-1]}Z",
        )
    return Series(found.times[keep], found.levels[keep], found.datum, found.source)


def moment(text: str, option: str) -> np.datetime64:
    """A UTC time of an option; `RobError` when it is none."""
    try:
        found = np.array([text.removesuffix("Z")], "datetime64[s]")
    except ValueError:
        found = np.array(["NaT"], "datetime64[s]")
    if np.isnat(found[0]):
        raise RobError(option, "time", f"{text!r} is not a time", "Write the UTC time as 2026-06-15T00:00")
    return cast("np.datetime64", found[0])
