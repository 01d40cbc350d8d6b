"""Reading the files of a pack as text, TOML or CSV; what cannot be read is a fault, not a crash."""

import csv
import io
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.lines import toml_lines
from rembug.lib.pack.table import Table

LARGEST_BYTES = 50_000_000  # boundaries of a large city with its RW; more is a mistake


def text_of(folder: Path, faults: Faults) -> str | None:
    """Return the text of the fault collector's file, or nothing and a fault."""
    path = folder / faults.file
    if not path.is_file():
        faults.add(0, "the file is missing", f"add {faults.file} (see docs/city-pack.md)")
        return None
    if path.stat().st_size > LARGEST_BYTES:
        faults.add(0, "the file is larger than 50 MB", "simplify the shapes")
        return None
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        faults.add(line, "the text is not UTF-8", "save the file as UTF-8")
        return None


def toml_table(folder: Path, faults: Faults) -> Table | None:
    """Return the whole TOML file as a table."""
    text = text_of(folder, faults)
    if text is None:
        return None
    try:
        return Table(tomllib.loads(text), faults, toml_lines(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        faults.add(
            int(line[1]) if line else 1, f"no valid TOML: {error}", "correct the line or the one above"
        )
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def listed(self, column: str) -> tuple[str, ...]:
        """Return a cell that holds a list parted by semicolons."""
        return tuple(item.strip() for item in self.cells[column].split(";") if item.strip())


def csv_rows(folder: Path, faults: Faults, columns: Collection[str]) -> list[Row]:
    """Return the rows of a CSV file whose first line names exactly these columns, in any order."""
    text = text_of(folder, faults)
    if text is None:
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        if set(reader.fieldnames or ()) != set(columns):
            faults.add(1, f"the columns are {reader.fieldnames}", f"write: {','.join(columns)}")
            return []
        for cells in reader:
            line = reader.line_num
            if None in cells or None in cells.values():
                faults.add(line, "the row has too few or too many cells", f"write {len(columns)} cells")
                continue
            rows.append(Row(line, {key: value.strip() for key, value in cells.items()}))
    except csv.Error as error:
        faults.add(
            reader.line_num, f"no valid CSV: {error}", "close the quotes; double a quote inside a cell"
        )
    return rows
