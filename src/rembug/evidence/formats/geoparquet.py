"""GeoParquet 1.1: the same rows for analysis, with points as WKB and the `geo` metadata of the specification."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from rembug.evidence.formats import points, rows

GROUP = 100_000


def write(source: Path, target: Path) -> None:
    """Write the frozen rows as GeoParquet; OGC:CRS84 is the default of the specification and stays unnamed."""
    table = rows.open_rows(source)
    wanted = table.schema.append(pa.field("geometry", pa.binary()))
    wanted = wanted.with_metadata({b"geo": orjson.dumps(_geo(source))})
    with pq.ParquetWriter(target, wanted, compression="zstd") as writer:
        held: list[pa.RecordBatch] = []
        for batch in rows.batches(source):
            held.append(_with_points(batch, wanted))
            if sum(part.num_rows for part in held) >= GROUP:
                writer.write_table(pa.Table.from_batches(held, wanted))
                held = []
        writer.write_table(pa.Table.from_batches(held, wanted))


def _with_points(batch: pa.RecordBatch, wanted: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([*batch.columns, points.wkb(batch)], schema=wanted)


def _geo(source: Path) -> dict[str, Any]:
    boxes = [box for batch in rows.batches(source) if (box := points.bounds(batch))]
    found: set[str] = set().union(*(points.kinds(batch) for batch in rows.batches(source))) or {"Point"}
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": sorted(found)}
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        column["bbox"] = [min(west), min(south), max(east), max(north)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
