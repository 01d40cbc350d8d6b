"""Stored reports as columns: read in chunks, so that a million of them need no million objects."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import FloatField, Func, QuerySet
from numpy.typing import NDArray

from rembug.reports.models import Report
from rembug.reports.rules.ladder import Rung
from rembug.reports.rules.observations import Located

CHUNK = 20_000
RUNG_NUMBER = {rung.name.lower(): int(rung) for rung in Rung}
LOCATED = {"gps": Located.DEVICE, "map": Located.TAPPED, "area": Located.LANDMARK}
# Where the phone said nothing of its accuracy: what each way of pointing usually gives, in metres.
ACCURACY_M = {"gps": 30.0, "map": 60.0, "area": 400.0, "import": 60.0}
NONE = -1


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


def _or(value: Any, default: float) -> float:
    return default if value is None else value


# column -> (how the database is asked, how one value is read, type of the array)
Reader = Callable[[Any], Any]
COLUMNS: dict[str, tuple[Any, Reader | None, Any]] = {
    "id": ("id", None, np.int64),
    "category": ("category", None, object),
    "claim": ("claim", lambda v: 1 if v == "present" else -1, np.int64),
    "seen_from": (Epoch("observed_from"), None, np.float64),
    "seen_to": (Epoch("observed_at"), None, np.float64),
    "received": (Epoch("received_at"), None, np.float64),
    "lon": ("lon", None, np.float64),
    "lat": ("lat", None, np.float64),
    "accuracy_m": ("accuracy_m", lambda v: _or(v, np.nan), np.float64),
    "located": ("located_by", lambda v: int(LOCATED.get(v, Located.UNKNOWN)), np.int64),
    "usual_m": ("located_by", lambda v: ACCURACY_M.get(v, 60.0), np.float64),
    "area": ("area_code", area_number, np.int64),
    "source": ("source", number_of, np.int64),
    "body": ("body_id", lambda v: _or(v, NONE), np.int64),
    "depth_low_cm": ("depth_low_cm", lambda v: _or(v, np.nan), np.float64),
    "depth_high_cm": ("depth_high_cm", lambda v: _or(v, np.nan), np.float64),
    "physics": ("physics", None, np.float64),
    "photo": ("photo_flags", None, np.int64),
    "text_hash": ("text_hash", None, np.int64),
    "channel": ("channel", area_number, np.int64),
    "place_ok": (Plain("place_ok"), None, np.bool_),
    "decision": ("decided", lambda v: {"true": 1, "false": -1}.get(v, 0), np.int64),
    "old_odds": ("log_odds", None, np.float64),
    "old_rung": ("rung", lambda v: RUNG_NUMBER.get(v, 0), np.int64),
    "old_incident": ("incident_id", lambda v: _or(v, NONE), np.int64),
}


# What was said of each report when it was judged last; only where it may still hold.
REASONS: dict[str, tuple[Any, Reader | None, Any]] = {"reasons": ("packed_reasons", bytes, object)}


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
    asked = {f"c{n}": how for n, (how, _, _) in enumerate(columns.values()) if not isinstance(how, str)}
    names = [how if isinstance(how, str) else f"c{n}" for n, (how, _, _) in enumerate(columns.values())]
    parts: list[dict[str, NDArray[Any]]] = []
    chunk: list[tuple[Any, ...]] = []
    for row in rows.order_by().annotate(**asked).values_list(*names).iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            parts.append(_arrays(chunk, columns))
            chunk = []
    if chunk or not parts:
        parts.append(_arrays(chunk, columns))
    return _sorted({name: np.concatenate([part[name] for part in parts]) for name in columns})


def together(*sets: Stored) -> Stored:
    """Return the union of several sets; a report that is in more than one stands once."""
    column = {name: np.concatenate([given[name] for given in sets]) for name in sets[0].column}
    _, first = np.unique(column["id"], return_index=True)
    return Stored({name: values[first] for name, values in column.items()})


def _sorted(column: dict[str, NDArray[Any]]) -> Stored:
    order = np.argsort(column["id"], kind="stable")
    return Stored({name: values[order] for name, values in column.items()})


def _arrays(
    chunk: list[tuple[Any, ...]], wanted: dict[str, tuple[Any, Reader | None, Any]]
) -> dict[str, NDArray[Any]]:
    columns: Iterable[tuple[Any, ...]] = zip(*chunk, strict=True) if chunk else [()] * len(wanted)
    return {
        name: np.array(values if read_one is None else _each(values, read_one), dtype=kind)
        for (name, (_, read_one, kind)), values in zip(wanted.items(), columns, strict=True)
    }


def _each(values: tuple[Any, ...], read_one: Reader) -> list[Any]:
    """Read each value; the same text is read once (areas, channels and ways of pointing repeat)."""
    if values and isinstance(values[0], str) and len(values[0]) < 30:
        known = {value: read_one(value) for value in set(values)}
        return [known[value] for value in values]
    return [read_one(value) for value in values]
