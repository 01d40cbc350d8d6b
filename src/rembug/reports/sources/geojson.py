"""GeoJSON, feature by feature: a file of any size is never held whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rembug.reports.sources.rows import Refused, Row, Taken, Unreadable, plain

READ = 1 << 16
FEATURE_MAX = 1 << 20


def features(path: Path) -> Iterator[Any]:
    """Yield the features of a FeatureCollection. Raises `Unreadable` when the file is none, or is cut off."""
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        held = _after_bracket(file)
        while True:
            held = held.lstrip(" \t\r\n,")
            if held.startswith("]"):
                return
            try:
                feature, end = decoder.raw_decode(held)
            except json.JSONDecodeError:
                more = file.read(READ)
                if not more or len(held) > FEATURE_MAX:
                    raise Unreadable("berkas terpotong atau rusak: objek terakhir tidak selesai") from None
                held += more
                continue
            yield feature
            held = held[end:] or file.read(READ)


def rows(path: Path, city: str, zone: str) -> Iterator[Row]:
    """Yield the rows of a file whose properties have our own names."""
    for number, feature in enumerate(features(path), 1):
        try:
            properties = dict(feature.get("properties") or {})
            properties["lon"], properties["lat"] = point_of(feature)
            if feature.get("id"):
                properties.setdefault("id", feature["id"])
            yield Taken(number, plain(properties, city, zone, path.stem[:20]))
        except (Unreadable, AttributeError) as fault:
            yield Refused(number, str(fault) or "bukan objek GeoJSON")


def point_of(feature: Any) -> tuple[Any, Any]:
    """Return (lon, lat) of a point feature. Raises `Unreadable`."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point" or not isinstance(coordinates, list):
        raise Unreadable("geometry: bukan titik (Point)")
    if len(coordinates) < 2:
        raise Unreadable("geometry: titik tanpa bujur dan lintang")
    return coordinates[0], coordinates[1]


def _after_bracket(file: Any) -> str:
    held = ""
    while (at := held.find('"features"')) < 0 or "[" not in held[at:]:
        more = file.read(READ)
        if not more or len(held) > 64 * READ:
            raise Unreadable("berkas ini bukan FeatureCollection GeoJSON")
        held += more
    return held[held.index("[", at) + 1 :]
