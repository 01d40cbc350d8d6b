"""The frozen rows themselves: an Arrow file that is mapped into memory, so any row is read without the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from rembug.evidence.rules.columns import Column

NAME = "rows.arrow"
BATCH = 20_000
TYPES = {
    "text": pa.string(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "moment": pa.timestamp("s", tz="UTC"),
    "truth": pa.bool_(),
}


def schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of these columns."""
    return pa.schema([pa.field(c.name, TYPES[c.kind], nullable=not c.required) for c in columns])


def write(path: Path, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> int:
    """Write rows as they come, a batch in memory at a time; return how many there were."""
    wanted = schema(columns)
    waiting, count = iter(rows), 0
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, wanted) as writer:
        while batch := list(islice(waiting, BATCH)):
            writer.write_batch(_batch(batch, wanted))
            count += len(batch)
    return count


def open_rows(path: Path) -> pa.Table:
    """Map the frozen rows into memory; nothing is read before it is asked for."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def batches(path: Path) -> Iterator[pa.RecordBatch]:
    """Yield the frozen rows batch by batch."""
    reader = pa.ipc.open_file(pa.memory_map(str(path)))
    for number in range(reader.num_record_batches):
        yield reader.get_batch(number)


def _batch(rows: list[dict[str, Any]], wanted: pa.Schema) -> pa.RecordBatch:
    arrays = []
    for field in wanted:
        values = [row[field.name] for row in rows]
        if pa.types.is_timestamp(field.type):
            arrays.append(pa.array(values, pa.string()).cast(field.type))
        else:
            arrays.append(pa.array(values, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=wanted)
