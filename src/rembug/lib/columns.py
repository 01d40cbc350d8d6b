"""Reading many rows as columns on PostgreSQL: a million rows need no million tuples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

BLOCK = 8 * 2**20  # bytes read into arrays at once
CHECKED = {"strings_can_be_null": True, "quoted_strings_can_be_null": False}


def copied(rows: QuerySet[Any, Any], kinds: Sequence[pa.DataType]) -> Iterator[list[pa.Array]]:
    """Yield the columns of a query on PostgreSQL, part after part, by COPY: its rows never become objects.

    `kinds` are the types of the columns, in their order. Text may hold no line break. A bytea comes as text, in hex.
    """
    try:
        sql, given = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    names = [f"c{n}" for n in range(len(kinds))]
    convert = arrow_csv.ConvertOptions(
        column_types=dict(zip(names, kinds, strict=True)), true_values=["t"], false_values=["f"],
        null_values=[""], **CHECKED,
    )  # fmt: skip
    for block in _blocks(f"COPY ({sql}) TO STDOUT (FORMAT csv)", given):
        table = arrow_csv.read_csv(
            pa.BufferReader(block), arrow_csv.ReadOptions(column_names=names), convert_options=convert
        )
        yield [table.column(name).combine_chunks() for name in names]


def _blocks(statement: str, given: Sequence[Any]) -> Iterator[bytes]:
    """Yield whole lines of what a COPY sends."""
    held: list[bytes] = []
    size = 0
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement, given) as sent,
    ):
        for line in sent:
            held.append(line)
            size += len(line)
            if size >= BLOCK:
                yield b"".join(held)
                held, size = [], 0
    if held:
        yield b"".join(held)
