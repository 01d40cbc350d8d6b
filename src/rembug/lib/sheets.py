"""Tables as offices exchange them: CSV and XLSX, written so that no cell runs as a formula, and read with limits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from rembug.lib.cells import RISKY, safe_cell
from rembug.lib.errors import Invalid

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5000
MOST_COLUMNS = 60
LARGEST = 2_000_000
LARGEST_OPEN = 40_000_000  # bytes of all parts of a workbook once unpacked
WIDEST = 60
UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))  # control marks that XML cannot hold


class Readable(Protocol):
    """A file of a form."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""


Cell = str | int | float | date | None


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV (RFC 4180) with a byte-order mark, so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def xlsx_of(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Return a workbook of sheets, each a name, its columns and its rows; numbers stay numbers, text stays text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns, rows in sheets:
        sheet = book.create_sheet("".join(mark for mark in name if mark not in "[]:*?/\\")[:31])
        widths = [len(column) for column in columns]
        for place, row in enumerate([columns, *rows], start=1):
            for at, value in enumerate(row, start=1):
                cell = sheet.cell(place, at)
                _put(cell, value)
                widths[at - 1] = min(WIDEST, max(widths[at - 1], len(str(value or ""))))
        for at, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = width + 2
            sheet.cell(1, at).font = Font(bold=True)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_text(text: str, file: Readable | None) -> str:
    """Return the table of a form as CSV text: what was shown before, or else the file that was sent.

    Raises `Invalid` where it is too large or no table; nothing is cut off in silence.
    """
    if text:
        if len(text) > LARGEST:
            raise Invalid("Tabel terlalu besar. Paling besar 2 MB.")
        return text
    return text_of(file.read(LARGEST + 1)) if file is not None else ""


def text_of(content: bytes) -> str:
    """Return an uploaded table as CSV text: CSV as it is, the first sheet of a workbook turned into CSV.

    Raises `Invalid` where it is neither, or too large.
    """
    if len(content) > LARGEST:
        raise Invalid("Tabel terlalu besar. Paling besar 2 MB.")
    if content[:4] == b"PK\x03\x04":
        return _from_workbook(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # a spreadsheet of an older office computer
        return content.decode("cp1252", errors="replace")


def rows_of(text: str, needed: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of CSV text by column, parted by comma or semicolon, without the mark against formulas.

    Raises `Invalid` naming the columns of `needed` that are missing, or where the text is no table.
    """
    first = text.lstrip("\ufeff").partition("\n")[0]
    parted = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=parted, restkey="")
    try:
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise Invalid(
                f"Kolom ini tidak ada: {', '.join(missing)}. Pakai contoh yang bisa diunduh di sini."
            )
        return [{key: _plain(cell) for key, cell in row.items() if key} for row in reader]
    except csv.Error as error:
        raise Invalid("Tabel tidak terbaca. Simpan sebagai CSV (UTF-8) atau XLSX.") from error


def _plain(cell: object) -> str:
    text = cell.strip() if isinstance(cell, str) else ""
    return text[1:] if text[:1] == "'" and text[1:2] in RISKY else text


def _put(cell: Any, value: Cell) -> None:
    """Write one cell; text is marked as text, so that "=1+1" is shown and not run."""
    if isinstance(value, str):
        cell.value = value.translate(UNWRITABLE)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=len(value) > WIDEST, vertical="top")
    else:
        cell.value = value


def _from_workbook(content: bytes) -> str:
    unreadable = Invalid("Lembar kerja ini tidak terbaca. Simpan ulang sebagai XLSX atau CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_OPEN:
                raise Invalid("Tabel terlalu besar. Paling besar 2 MB.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True):
            if any(value is not None for value in row):
                table.writerow(_words(value) for value in row)
    except Invalid:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ValueError,
        SyntaxError,
        OSError,
    ) as error:
        raise unreadable from error
    return out.getvalue()


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
