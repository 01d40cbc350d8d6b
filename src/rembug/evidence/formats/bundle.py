"""All formats of one frozen answer at once, with the size and hash of each file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from rembug.evidence.formats import geojson, geopackage, geoparquet, package, rows, table

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MEDIA = {
    "csv": "text/csv",
    "csvw": "application/csvm+json",
    "geojson": "application/geo+json",
    "geoparquet": "application/vnd.apache.parquet",
    "geopackage": "application/geopackage+sqlite3",
    "package": "application/zip",
}
TABLE_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "moment": "datetime",
    "truth": "boolean",
}
INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
File = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the descriptions beside the rows say."""

    slug: str
    number: int
    title: str
    about: str
    publisher: str
    frozen_at: datetime
    columns: list[dict[str, Any]]
    quality: dict[str, Any]
    provenance: dict[str, Any]

    @property
    def stem(self) -> str:
        """Name of every file without its ending."""
        return f"{self.slug}-v{self.number}"


def write_all(bundle: Bundle, place: Path) -> dict[str, File]:
    """Write every format beside `rows.arrow` in a folder; return format -> name, bytes, sha256, media_type."""
    source, stem = place / rows.NAME, bundle.stem
    paths = {
        "csv": place / f"{stem}.csv",
        "csvw": place / f"{stem}.csv-metadata.json",
        "geojson": place / f"{stem}.geojson",
        "geoparquet": place / f"{stem}.parquet",
        "geopackage": place / f"{stem}.gpkg",
    }
    table.write(source, paths["csv"])
    paths["csvw"].write_bytes(table.description(paths["csv"].name, bundle.columns, LICENCE, bundle.title))
    geojson.write(source, paths["geojson"])
    geoparquet.write(source, paths["geoparquet"])
    geopackage.write(source, paths["geopackage"], layer=bundle.slug, frozen_at=bundle.frozen_at)
    files = {kind: _file(kind, path) for kind, path in paths.items()}
    whole = place / f"{stem}.zip"
    texts = {
        "datapackage.json": _datapackage(bundle, files),
        "quality.json": orjson.dumps(bundle.quality, option=INDENTED),
        "provenance.jsonld": orjson.dumps(bundle.provenance, option=INDENTED),
    }
    named = {path.name: path for path in paths.values()}
    package.write(whole, named, texts, frozen_at=bundle.frozen_at)
    files["package"] = _file("package", whole)
    return files


def _file(kind: str, path: Path) -> File:
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest, "media_type": MEDIA[kind]}


def _datapackage(bundle: Bundle, files: dict[str, File]) -> bytes:
    """Data Package v2: the CSV as a table with its schema, the other formats as files."""
    resources: list[dict[str, Any]] = []
    for kind, file in files.items():
        if kind == "csvw":
            continue
        one = {
            "name": f"{bundle.slug}-{kind}",
            "path": file["name"],
            "mediatype": file["media_type"],
            "bytes": file["bytes"],
            "hash": f"sha256:{file['sha256']}",
        }
        if kind == "csv":
            one |= {"type": "table", "encoding": "utf-8", "format": "csv", "schema": _table_schema(bundle)}
        resources.append(one)
    body = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": bundle.slug,
        "version": f"{bundle.number}.0.0",
        "title": bundle.title,
        "description": bundle.about,
        "created": bundle.frozen_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": bundle.publisher, "roles": ["publisher"]}],
        "resources": resources,
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2)


def _table_schema(bundle: Bundle) -> dict[str, Any]:
    fields = []
    for column in bundle.columns:
        field = {
            "name": column["name"],
            "type": TABLE_TYPES[column["type"]],
            "description": column["definition_en"],
            "constraints": {"required": column["required"]},
        }
        if column["type"] == "moment":
            field["format"] = "%Y-%m-%dT%H:%M:%SZ"
        fields.append(field)
    return {"fields": fields, "primaryKey": ["code"], "missingValues": [""]}
