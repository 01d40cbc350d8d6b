"""GeoJSON (RFC 7946): WGS 84, longitude first, no `crs` member, a row without a place has no geometry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import shapely

from rembug.evidence.formats import points, rows

AS_JSON = orjson.OPT_UTC_Z


def write(source: Path, target: Path) -> None:
    """Write the frozen rows as one FeatureCollection, a batch in memory at a time."""
    with target.open("wb") as sink:
        sink.write(b'{"type":"FeatureCollection","features":[')
        comma = b"\n"
        for batch in rows.batches(source):
            parts = [orjson.dumps(each, option=AS_JSON) for each in features(batch.to_pylist())]
            if parts:
                sink.write(comma + b",\n".join(parts))
                comma = b",\n"
        sink.write(b"\n]}\n")


def features(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Turn rows into features; the place leaves the properties."""
    for item in items:
        lon, lat = item.pop("lon"), item.pop("lat")
        geometry = None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}
        if (shape := item.pop(points.SHAPES, None)) is not None:
            geometry = orjson.loads(shapely.to_geojson(shapely.from_wkt(shape)))
        yield {"type": "Feature", "id": item["code"], "geometry": geometry, "properties": item}
