"""Points as well-known binary (OGC Simple Features), a whole batch at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely

POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
"""21 bytes: little-endian mark, geometry type 1, longitude, latitude."""


SHAPES = "wkt"
"""The column that holds lines and areas as text; where it stands, `lon` and `lat` are only a point on them."""


def wkb(batch: pa.RecordBatch) -> pa.Array:
    """Return the points of a batch, or its shapes where it has such a column; a row without a place is null."""
    if SHAPES in batch.schema.names:
        shapes = shapely.from_wkt(batch.column(SHAPES).to_pylist())
        return pa.array(shapely.to_wkb(shapes).tolist(), pa.binary())
    lon, lat = batch.column("lon"), batch.column("lat")
    there = np.asarray(lon.is_valid()) & np.asarray(lat.is_valid())
    points = np.zeros(batch.num_rows, dtype=POINT)
    points["order"], points["kind"] = 1, 1
    points["x"] = lon.to_numpy(zero_copy_only=False)
    points["y"] = lat.to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(np.where(there, POINT.itemsize, 0))]).astype(np.int32)
    bits = pa.py_buffer(np.packbits(there, bitorder="little").tobytes())
    buffers = [bits, pa.py_buffer(offsets.tobytes()), pa.py_buffer(points[there].tobytes())]
    return pa.Array.from_buffers(pa.binary(), batch.num_rows, buffers)


def kinds(batch: pa.RecordBatch) -> set[str]:
    """Return the types of geometry in a batch, as the standards name them."""
    if SHAPES not in batch.schema.names:
        return {"Point"}
    shapes = shapely.from_wkt(batch.column(SHAPES).to_pylist())
    return {one.geom_type for one in shapes if one is not None}


def bounds(batch: pa.RecordBatch) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a batch, or None where no row has a place."""
    if SHAPES in batch.schema.names:
        box = shapely.total_bounds(shapely.from_wkt(batch.column(SHAPES).to_pylist())).tolist()
        return None if box[0] != box[0] else (box[0], box[1], box[2], box[3])
    lon = batch.column("lon").drop_null().to_numpy()
    lat = batch.column("lat").drop_null().to_numpy()
    if not len(lon) or not len(lat):
        return None
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
