"""Writing many rows at once, on either database, in one statement and without converting each value again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection


def update_many(table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Set columns of rows by id. `columns`: name -> PostgreSQL type; each row holds their values and, last, the id.

    Names are ours, never a user's. Call it inside a transaction. Times are aware datetimes.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = list(columns)
            casts = ", ".join(f"%s::{kind}[]" for kind in [*columns.values(), "bigint"])
            sets = ", ".join(f"{name} = u.c{n}" for n, name in enumerate(names))
            given = ", ".join([*(f"c{n}" for n in range(len(names))), "id"])
            cursor.execute(
                f"UPDATE {table} AS r SET {sets} FROM unnest({casts}) AS u({given}) WHERE r.id = u.id",  # noqa: S608
                [list(column) for column in zip(*rows, strict=True)],
            )
            return
        sets = ", ".join(f"{name} = %s" for name in columns)
        cursor.executemany(
            f"UPDATE {table} SET {sets} WHERE id = %s",  # noqa: S608 names are ours
            _adapted(columns, rows),
        )


def insert_many(table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows in the given order; the database gives their ids. `columns`: name -> PostgreSQL type.

    Names are ours, never a user's. Call it inside a transaction. Times are aware datetimes.
    """
    if not rows:
        return
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            casts = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} "  # noqa: S608
                f"FROM unnest({casts}) WITH ORDINALITY AS u({names}, place) ORDER BY place",
                [list(column) for column in zip(*rows, strict=True)],
            )
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 names are ours
            _adapted(columns, rows),
        )


def _adapted(columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return the rows with times as SQLite keeps them; the same time is put into words once."""
    times = [place for place, kind in enumerate(columns.values()) if kind == "timestamptz"]
    listed = [list(row) for row in rows]
    words: dict[Any, Any] = {}
    for place in times:
        for row in listed:
            at = row[place]
            if at not in words:
                words[at] = connection.ops.adapt_datetimefield_value(at)
            row[place] = words[at]
    return listed
