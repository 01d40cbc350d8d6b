"""Stored reports as columns: read in chunks, so that a million of them need no million objects."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import FloatField, Func, QuerySet
from numpy.typing import NDArray

from rembug.lib.columns import copied
from rembug.reports.models import Report
from rembug.reports.rules.ladder import Rung
from rembug.reports.rules.observations import Located

CHUNK = 20_000
RUNG_NUMBER = {rung.name.lower(): int(rung) for rung in Rung}
LOCATED = {"gps": Located.DEVICE, "map": Located.TAPPED, "area": Located.LANDMARK}
# Where the phone said nothing of its accuracy: what each way of pointing usually gives, in metres.
ACCURACY_M = {"gps": 30.0, "map": 60.0, "area": 400.0, "import": 60.0}
NONE = -1
WORDS = pa.dictionary(pa.int32(), pa.string())
ARROW = {np.int64: pa.int64(), np.float64: pa.float64(), np.bool_: pa.bool_(), bytes: pa.string()}


class Plain(Func):
    """A column as the driver gives it: converting each value once more costs as much as reading it."""

    output_field = FloatField()
    template = "%(expressions)s"

    def get_db_converters(self, connection: Any) -> list[Any]:  # noqa: ARG002 Django's signature
        """Return none."""
        return []


class Epoch(Plain):
    """A time as whole epoch seconds, reckoned by the database: parsing it here would cost more than all the rest."""

    template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::float8"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps times as text."""
        return super().as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **extra
        )


def number_of(source: str) -> int:
    """Return a source's keyed name as a positive 60-bit number."""
    return int(source[:15], 16)


def area_number(code: str) -> int:
    """Return a code as a number that is the same in every process."""
    return zlib.crc32(code.encode())


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is asked for and what becomes of it: an array of `dtype`.

    `word`: it is text, and this reads one of it. `missing`: what stands where the database has nothing.
    """

    asked: Any
    dtype: Any
    word: Callable[[str], Any] | None = None
    missing: float | None = None


COLUMNS = {
    "id": Column("id", np.int64),
    "category": Column("category", object, word=str),
    "claim": Column("claim", np.int64, word=lambda v: 1 if v == "present" else -1),
    "seen_from": Column(Epoch("observed_from"), np.float64),
    "seen_to": Column(Epoch("observed_at"), np.float64),
    "received": Column(Epoch("received_at"), np.float64),
    "lon": Column("lon", np.float64),
    "lat": Column("lat", np.float64),
    "accuracy_m": Column("accuracy_m", np.float64, missing=np.nan),
    "located": Column("located_by", np.int64, word=lambda v: int(LOCATED.get(v, Located.UNKNOWN))),
    "usual_m": Column("located_by", np.float64, word=lambda v: ACCURACY_M.get(v, 60.0)),
    "area": Column("area_code", np.int64, word=area_number),
    "source": Column("source", np.int64, word=number_of),
    "body": Column("body_id", np.int64, missing=NONE),
    "depth_low_cm": Column("depth_low_cm", np.float64, missing=np.nan),
    "depth_high_cm": Column("depth_high_cm", np.float64, missing=np.nan),
    "physics": Column("physics", np.float64),
    "photo": Column("photo_flags", np.int64),
    "text_hash": Column("text_hash", np.int64),
    "channel": Column("channel", np.int64, word=area_number),
    "place_ok": Column(Plain("place_ok"), np.bool_),
    "decision": Column("decided", np.int64, word=lambda v: {"true": 1, "false": -1}.get(v, 0)),
    "old_odds": Column("log_odds", np.float64),
    "old_rung": Column("rung", np.int64, word=lambda v: RUNG_NUMBER.get(v, 0)),
    "old_incident": Column("incident_id", np.int64, missing=NONE),
}
# What was said of each report when it was judged last; only where it may still hold.
REASONS = {"reasons": Column("packed_reasons", bytes)}


@dataclass(frozen=True, slots=True)
class Stored:
    """Columns of equal length n, sorted by id. `column` is keyed by the names of `COLUMNS` (and `REASONS`)."""

    column: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.column["id"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.column[name]


def read(rows: QuerySet[Report], *, reasons: bool = False) -> Stored:
    """Read the columns of these reports, with the packed reasons if wanted."""
    columns = COLUMNS | REASONS if reasons else COLUMNS
    asked = {f"c{n}": one.asked for n, one in enumerate(columns.values()) if not isinstance(one.asked, str)}
    names = [one.asked if isinstance(one.asked, str) else f"c{n}" for n, one in enumerate(columns.values())]
    wanted = rows.order_by().annotate(**asked).values_list(*names)
    parts = list(_parts(wanted, list(columns.values())))
    found = {name: np.concatenate([part[n] for part in parts]) for n, name in enumerate(columns)}
    return _sorted(found)


def _parts(rows: QuerySet[Any, Any], columns: Sequence[Column]) -> Iterator[list[NDArray[Any]]]:
    """Yield the columns part after part, at least one."""
    if connection.vendor == "postgresql":
        kinds = [ARROW[one.dtype] if one.word is None else WORDS for one in columns]
        for batch in copied(rows, kinds):
            yield [_of_arrow(values, one) for values, one in zip(batch, columns, strict=True)]
    else:
        taken = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(taken, CHUNK)):
            yield [
                _of_values(values, one) for values, one in zip(zip(*chunk, strict=True), columns, strict=True)
            ]
    yield [np.zeros(0, dtype=object if one.dtype is bytes else one.dtype) for one in columns]


def together(*sets: Stored) -> Stored:
    """Return the union of several sets; a report that is in more than one stands once."""
    column = {name: np.concatenate([given[name] for given in sets]) for name in sets[0].column}
    _, first = np.unique(column["id"], return_index=True)
    return Stored({name: values[first] for name, values in column.items()})


def _sorted(column: dict[str, NDArray[Any]]) -> Stored:
    order = np.argsort(column["id"], kind="stable")
    return Stored({name: values[order] for name, values in column.items()})


def _of_values(values: tuple[Any, ...], column: Column) -> NDArray[Any]:
    """Return an array of what a driver gave; the same word is read once (areas, channels, ways of pointing repeat)."""
    if column.dtype is bytes:
        return np.array([bytes(value) for value in values], dtype=object)
    if column.word is not None:
        known = {value: column.word(value) for value in set(values)}
        values = tuple(known[value] for value in values)
    elif column.missing is not None:
        values = tuple(column.missing if value is None else value for value in values)
    return np.array(values, dtype=column.dtype)


def _of_arrow(values: pa.Array, column: Column) -> NDArray[Any]:
    """Return the same array of what was copied."""
    if column.dtype is bytes:
        return np.array([bytes.fromhex(value[2:]) for value in values.to_pylist()], dtype=object)
    if column.word is not None:
        known = np.array([column.word(value) for value in values.dictionary.to_pylist()], dtype=column.dtype)
        return np.asarray(known[values.indices.to_numpy()])
    if column.missing is not None:
        values = values.fill_null(column.missing)
    return np.asarray(values.to_numpy(zero_copy_only=False))
