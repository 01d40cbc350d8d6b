"""Reading `population.csv`: how many people live in each area, with year and source. The file may be absent."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import Row, csv_rows
from rembug.lib.pack.types import PopulationRow

FILE = "population.csv"
COLUMNS = ("code", "name", "population", "year", "source")
MOST, FIRST_YEAR, LAST_YEAR = 2_000_000, 1961, 2100


def read_population(folder: Path, faults: Faults, areas: Collection[str]) -> tuple[PopulationRow, ...]:
    """Return the people of each area, each area at most once; nothing where the pack has no such file."""
    if not (folder / FILE).is_file():
        return ()
    found: dict[str, PopulationRow] = {}
    for row in csv_rows(folder, faults, COLUMNS):
        people = _number(row, "population", (0, MOST), faults)
        year = _number(row, "year", (FIRST_YEAR, LAST_YEAR), faults)
        if row["code"] not in areas:
            faults.add(row.line, f"no area has the code {row['code']}", "use a code of areas.geojson")
        if row["code"] in found:
            faults.add(row.line, f"{row['code']} stands here twice", "keep one row for each area")
        if not row["source"]:
            faults.add(row.line, "the source is empty", "say who counted, or that it is an illustration")
        found[row["code"]] = PopulationRow(row["code"], people, year, row["source"])
    return tuple(found.values())


def _number(row: Row, column: str, limits: tuple[int, int], faults: Faults) -> int:
    cell, (low, high) = row[column], limits
    if not cell.isdecimal() or not low <= int(cell) <= high:
        faults.add(row.line, f"{column} is {cell!r}", f"write a whole number from {low} to {high}")
        return low
    return int(cell)
