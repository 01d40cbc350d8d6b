"""GeoPackage (OGC 12-128) for desktop GIS, written by GDAL; its date is the version's, so its bytes are too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyogrio

from rembug.evidence.formats import points, rows


def write(source: Path, target: Path, *, layer: str, frozen_at: datetime) -> None:
    """Write the frozen rows as one layer of points, or of shapes of any kind."""
    target.unlink(missing_ok=True)
    table = rows.open_rows(source)
    wanted = pa.schema([*table.schema, pa.field("geometry", pa.binary())])

    def parts() -> Iterator[pa.RecordBatch]:
        for batch in rows.batches(source):
            yield pa.RecordBatch.from_arrays([*batch.columns, points.wkb(batch)], schema=wanted)

    stream = pa.RecordBatchReader.from_batches(wanted, parts())
    pyogrio.set_gdal_config_options(
        {"OGR_CURRENT_DATE": frozen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    )
    try:
        pyogrio.write_arrow(
            *(stream, target),
            layer=layer,
            driver="GPKG",
            geometry_name="geometry",
            geometry_type="Unknown" if points.SHAPES in table.schema.names else "Point",
            crs="OGC:CRS84",
        )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
