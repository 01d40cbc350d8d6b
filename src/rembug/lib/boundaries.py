"""Reading boundary files: GeoJSON, and by GDAL also GeoPackage, Shapefile and FlatGeobuf. WGS 84 degrees come out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from pyogrio import raw
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from rembug.lib.errors import Invalid

CODE_FIELDS = (
    "code",
    "kode",
    "kode_kemendagri",
    "kdepum",
    "kdekel",
    "kdcpum",
    "kode_desa",
    "kd_desa",
    "adm4_pcode",
)
NAME_FIELDS = (
    "name",
    "nama",
    "namobj",
    "wadmkd",
    "nama_desa",
    "kelurahan",
    "desa",
    "nama_kelurahan",
    "adm4_en",
)
WGS84 = {"EPSG:4326", "OGC:CRS84"}


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """One row of a file: its number from 1, its columns, its shape (None where it has none that can be read)."""

    number: int
    columns: Mapping[str, Any]
    geometry: BaseGeometry | None


def read_shapes(path: Path) -> list[ShapeRow]:
    """Return the rows of a boundary file. Raises `Invalid` with the remedy."""
    if not path.is_file():
        raise Invalid(f"{path}: there is no such file.")
    if path.suffix.lower() in {".geojson", ".json"}:
        return _geojson(path)
    return _by_gdal(path)


def field_of(rows: list[ShapeRow], given: str, known: tuple[str, ...]) -> str:
    """Return the column to read: the given one, or the first known one, whatever its case; empty when none is there."""
    columns = list(rows[0].columns) if rows else []
    for wanted in (given,) if given else known:
        for column in columns:
            if column.lower() == wanted.lower():
                return column
    if given:
        raise Invalid(f"There is no column {given!r}. The file has: {', '.join(columns)}.")
    return ""


def _geojson(path: Path) -> list[ShapeRow]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        return [
            ShapeRow(number, feature.get("properties") or {}, _geometry(feature.get("geometry")))
            for number, feature in enumerate(features, start=1)
        ]
    except json.JSONDecodeError as error:
        raise Invalid(f"{path}:{error.lineno}: no valid JSON: {error.msg}.") from error
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise Invalid(f"{path}: no GeoJSON FeatureCollection in UTF-8.") from error


def _geometry(data: Any) -> BaseGeometry | None:
    try:
        return shape(data) if data else None
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, ShapelyError):
        return None


def _by_gdal(path: Path) -> list[ShapeRow]:
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind and "Polygon" in str(kind)]
        if len(layers) != 1:
            raise Invalid(
                f"{path}: {len(layers)} layers with polygons ({', '.join(layers)}); give a file with one."
            )
        meta, _, shapes, columns = raw.read(path, layer=layers[0])
        if meta["crs"] not in WGS84:
            meta, shapes, columns = _in_degrees(path, layers[0], meta)
    except (DataSourceError, DataLayerError) as error:
        raise Invalid(f"{path}: the file cannot be read ({error}). Use GeoJSON or GeoPackage.") from error
    names = [str(name) for name in meta["fields"]]
    return [
        ShapeRow(
            number + 1,
            {name: column[number] for name, column in zip(names, columns, strict=True)},
            shapely.from_wkb(wkb) if wkb is not None else None,
        )
        for number, wkb in enumerate(shapes)
    ]


def _in_degrees(path: Path, layer: str, meta: dict[str, Any]) -> tuple[dict[str, Any], Any, Any]:
    if not meta["crs"]:
        raise Invalid(f"{path}: the file does not say its coordinate system. Save it as WGS 84 (EPSG:4326).")
    quoted = layer.replace('"', '""')
    fields = ", ".join('"{}"'.format(str(name).replace('"', '""')) for name in meta["fields"])
    column = pyogrio.read_info(path, layer=layer).get("geometry_name") or "geometry"
    sql = f'SELECT {fields}{", " if fields else ""}ST_Transform("{column}", 4326) AS shape FROM "{quoted}"'  # noqa: S608  names are quoted
    meta, _, shapes, columns = raw.read(path, sql=sql, sql_dialect="SQLITE")
    return meta, shapes, columns
