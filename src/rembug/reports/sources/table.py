"""CSV with our own column names: those of the open data, or of the template in docs/import.md."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from rembug.reports.sources.rows import Refused, Row, Taken, Unreadable, plain

NEEDED = {"category", "lon", "lat", "observed_at"}


def rows(path: Path, city: str, zone: str) -> Iterator[Row]:
    """Yield the rows of a CSV (UTF-8, comma or semicolon). Raises `Unreadable` when columns are missing."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ",")
        missing = NEEDED - set(reader.fieldnames or ())
        if missing:
            raise Unreadable(f"kolom tidak ada: {', '.join(sorted(missing))}")
        number = 0
        while True:
            number += 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                yield Refused(number, f"baris tidak terbaca: {fault}")
                continue
            try:
                cells = {name: _unquoted(value) for name, value in values.items() if isinstance(name, str)}
                yield Taken(number, plain(cells, city, zone, path.stem[:20]))
            except Unreadable as fault:
                yield Refused(number, str(fault))


def _unquoted(value: str | None) -> str:
    """Take back the quote that keeps a spreadsheet from running a cell."""
    text = value or ""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text
