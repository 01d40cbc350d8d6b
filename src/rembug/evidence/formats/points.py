"""Points as well-known binary (OGC Simple Features), a whole batch at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
"""21 bytes: little-endian mark, geometry type 1, longitude, latitude."""


def wkb(batch: pa.RecordBatch) -> pa.Array:
    """Return the points of a batch; a row without a place is null."""
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


def bounds(batch: pa.RecordBatch) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of a batch, or None where no row has a place."""
    lon = batch.column("lon").drop_null().to_numpy()
    lat = batch.column("lat").drop_null().to_numpy()
    if not len(lon) or not len(lat):
        return None
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
