"""Writing many rows at once, on either database, in one statement and without converting each value again."""

from __future__ import annotations

import json
import operator
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection
from django.db.models import CharField, DateTimeField, FloatField, JSONField, Model, TextField, UUIDField

HANDS = 2  # connections of one PostgreSQL that share a long write
Item = TypeVar("Item")


def shared(items: Iterator[Item], write: Callable[[Item], None]) -> None:
    """Write each item in a transaction of its own; on PostgreSQL two connections take turns in taking the next one.

    While the server works for one of them, the other gets its item ready. SQLite has one writer, and whoever stands in
    a transaction must write inside it: there the caller's connection does it all. The first fault ends everything.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        for item in items:
            write(item)
        return
    with ThreadPoolExecutor(HANDS, thread_name_prefix="bulk") as pool:
        lock, stop = threading.Lock(), threading.Event()
        for hand in [pool.submit(_hand, items, write, lock, stop) for _ in range(HANDS)]:
            hand.result()


def _hand(
    items: Iterator[Item], write: Callable[[Item], None], lock: threading.Lock, stop: threading.Event
) -> None:
    try:
        while not stop.is_set():
            with lock:
                item = next(items, None)
            if item is None:
                return
            write(item)
    finally:
        stop.set()  # at the end, or at a fault: nothing more is taken
        connection.close()


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


def insert_objects(objects: Sequence[Model]) -> None:
    """Add objects of one model that have no id yet, in the given order; the ids are not read back.

    A tenth of the cost of `bulk_create`, which asks every field of every object how it is to be written.
    """
    if not objects:
        return
    meta = objects[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    written = [
        [
            value if value is None else write(value)
            for value in (getattr(one, field.attname) for one in objects)
        ]
        for field, write in ((field, _writer(field)) for field in fields)
    ]
    columns = {str(field.column): _kind(field) for field in fields}
    insert_many(meta.db_table, columns, list(zip(*written, strict=True)))


def _kind(field: Any) -> str:
    """Return the type that a list of values has on its way; a text that is too long is then refused, never cut."""
    if isinstance(field, DateTimeField):
        return "timestamptz"
    return "text" if isinstance(field, CharField | TextField) else str(field.db_type(connection))


def _writer(field: Any) -> Callable[[Any], Any]:
    """Return how one value of a field is handed to the driver."""
    if isinstance(field, CharField | TextField):
        return str
    if isinstance(field, FloatField):
        return float
    if isinstance(field, JSONField):
        return json.dumps
    if isinstance(field, UUIDField) and not connection.features.has_native_uuid_field:
        return operator.attrgetter("hex")
    return _same


def _same(value: Any) -> Any:
    return value


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
