"""The archive of PetaBencana.id: GeoJSON points, local times without offset, depth only from its own chatbot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rembug.reports.rules.submission import Submission
from rembug.reports.rules.words import Water, read
from rembug.reports.sources.geojson import features, point_of
from rembug.reports.sources.rows import (
    Refused,
    Row,
    Taken,
    Unreadable,
    depth_of,
    instant_of,
    key_of,
    place_of,
    words_of,
)

SAYS_WATER = {Water.PRESENT, Water.STILL, Water.RECEDING}


def rows(path: Path, city: str, zone: str) -> Iterator[Row]:
    """Yield the reports of one file. What says nothing of water is kept as another matter, never dropped."""
    for number, feature in enumerate(features(path), 1):
        try:
            yield Taken(number, _submission(feature, city, zone))
        except (Unreadable, AttributeError, TypeError) as fault:
            yield Refused(number, str(fault) or "bukan laporan")


def _submission(feature: Any, city: str, zone: str) -> Submission:
    lon, lat = place_of(*point_of(feature))
    properties = feature["properties"] or {}
    if not properties.get("created_at"):
        raise Unreadable("created_at: kosong")
    at = instant_of(properties["created_at"], zone)
    text = words_of(
        " ".join(filter(None, [str(properties.get("title") or "").strip(), properties.get("text")]))
    )
    data = properties.get("report_data") or {}
    depth = depth_of(data.get("flood_depth") if isinstance(data, dict) else None)
    said = read(text)
    dry = said.water is Water.GONE and depth in {"", "dry"}
    flood = bool(depth) or dry or said.water in SAYS_WATER
    if not depth and said.depth_cm and not dry:
        depth = depth_of(min(said.depth_cm[1], 1000.0))
    source = str(properties.get("source") or "petabencana")
    return Submission(
        client_id=key_of("petabencana", source, at.isoformat(), lon, lat, text),
        city=city,
        category="rob" if flood else "other",
        lon=lon,
        lat=lat,
        located_by="import",
        claim="absent" if flood and (dry or depth == "dry") else "present",
        depth_class=("dry" if dry else depth) if flood else "",
        setting="street",
        observed_at=at,
        text=text,
        channel="import",
    )
