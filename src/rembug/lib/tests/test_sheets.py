"""Tables out and in: nothing runs, nothing is lost, and what is no table says so."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from rembug.lib.errors import Invalid
from rembug.lib.sheets import csv_of, rows_of, table_text, text_of, xlsx_of

WORDS = some.text(alphabet=some.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


@given(some.lists(some.tuples(WORDS, WORDS), max_size=5))
def test_what_goes_out_comes_in_again_from_both_formats(rows: list[tuple[str, str]]) -> None:
    rows = [(one.strip() or "x", two.strip()) for one, two in rows]
    expected = [{"a": one, "b": two} for one, two in rows]
    assert rows_of(csv_of(["a", "b"], rows), ["a"]) == expected
    assert rows_of(text_of(xlsx_of([("Lembar", ["a", "b"], rows)])), ["a"]) == expected


def test_no_cell_runs_as_a_formula() -> None:
    assert "'=1+1" in csv_of(["a"], [["=1+1"]])
    cell = load_workbook(io.BytesIO(xlsx_of([("x", ["a"], [["=1+1"]])]))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_numbers_and_dates_stay_what_they_are() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_of([("x", ["a", "b"], [[-2, date(2027, 2, 1)]])]))).worksheets[0]
    assert sheet["A2"].value == -2
    text = text_of(xlsx_of([("x", ["a", "b"], [[3.0, date(2027, 2, 1)]])]))
    assert rows_of(text, []) == [{"a": "3", "b": "2027-02-01"}]


def test_semicolons_and_old_encodings_are_read() -> None:
    assert rows_of(text_of("a;b\nSalé;2".encode("cp1252")), ["a", "b"]) == [{"a": "Salé", "b": "2"}]


def test_a_table_that_is_too_large_is_refused_and_never_cut() -> None:
    for text, file in (("x" * 2_000_001, None), ("", io.BytesIO(b"a\n" * 1_000_001))):
        with pytest.raises(Invalid, match="terlalu besar"):
            table_text(text, file)
    assert table_text("", None) == ""
    assert table_text("", io.BytesIO(b"a\n1")) == "a\n1"


def test_what_is_no_table_says_so() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"\0" * 50_000_000)
    for wrong in (b"PK\x03\x04rest", bomb.getvalue(), b"x" * 2_000_001):
        with pytest.raises(Invalid):
            text_of(wrong)
    with pytest.raises(Invalid, match="Kolom ini tidak ada: b"):
        rows_of("a\n1", ["a", "b"])
