"""The real archive of case (b): reports, neighbourhoods (RW) and the disaster office's hourly marks, matched.

Reports fall into an RW by point in polygon. Flood files use another id space: each marked polygon is matched
to the RW polygon with which it shares the largest area. All times are the archive's own clock (WIB without
offset).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from shapely import STRtree
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

Array = np.ndarray[Any, Any]
EPOCH = datetime(2017, 2, 20)  # noqa: DTZ001 - the archive's clock has no zone
# State 1 means "unknown": such a mark neither claims water nor its absence.
WATER_STATES = (2, 3, 4)


@dataclass(frozen=True)
class Archive:
    """Reports as columns, RW polygons, and the marks as `marked[hour, rw]`."""

    rw: list[BaseGeometry]
    lon: Array
    lat: Array
    hour: Array  # of each report since EPOCH, fractional
    source: list[str]
    depth_cm: Array
    text: list[str]
    photo: Array
    inside: Array  # RW of each report, -1 none
    hours: Array  # clock hours that have a file
    marked: Array  # bool (hours, rw)
    unknown: Array  # bool (hours, rw): left out of scoring
    fresh: Array  # bool (hours,): a mark was set within the six hours before


def _hour(text: str) -> float:
    return (datetime.fromisoformat(text) - EPOCH).total_seconds() / 3600


def _features(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text())["features"])


def read(folder: Path) -> Archive:
    """Read `petabencana-2017`; raises FileNotFoundError when it is absent."""
    rw = [shape(feature["geometry"]).buffer(0) for feature in _features(folder / "rw.geojson")]
    tree = STRtree(rw)
    reports = [f for path in sorted((folder / "reports").glob("*.geojson")) for f in _features(path)]
    place = np.array([f["geometry"]["coordinates"] for f in reports])
    told = [f["properties"] for f in reports]
    hours, marked, unknown, changes = _marks(folder / "floods", rw, tree)
    return Archive(
        rw=rw,
        lon=place[:, 0],
        lat=place[:, 1],
        hour=np.array([_hour(p["created_at"]) for p in told]),
        source=[p["source"] for p in told],
        depth_cm=np.array([float((p["report_data"] or {}).get("flood_depth") or np.nan) for p in told]),
        text=[p["text"] or "" for p in told],
        photo=np.array([bool(p["image_url"]) for p in told]),
        inside=np.array([_containing(tree, x, y) for x, y in place]),
        hours=hours,
        marked=marked,
        unknown=unknown,
        fresh=np.array([((changes <= h) & (changes > h - 6)).any() for h in hours]),
    )


def _containing(tree: STRtree, x: float, y: float) -> int:
    found = tree.query(Point(x, y), predicate="intersects")
    return int(found.min()) if len(found) else -1


def _marks(folder: Path, rw: list[BaseGeometry], tree: STRtree) -> tuple[Array, Array, Array, Array]:
    paths = sorted(folder.glob("*.geojson"))
    hours = np.array([round(_hour(path.stem[-13:] + ":00")) for path in paths])
    marked = np.zeros((len(paths), len(rw)), dtype=bool)
    unknown = np.zeros_like(marked)
    changes = []
    known: dict[int, int] = {}
    for row, path in enumerate(paths):
        for feature in _features(path):
            name = feature["properties"]["geom_id"]
            if name not in known:
                known[name] = _most_shared(shape(feature["geometry"]).buffer(0), rw, tree)
            if known[name] < 0:
                continue
            water = feature["properties"]["state"] in WATER_STATES
            (marked if water else unknown)[row, known[name]] = True
            changes.append(_hour(feature["properties"]["changed"]))
    return hours, marked, unknown, np.array(sorted(set(changes)))


def _most_shared(mark: BaseGeometry, rw: list[BaseGeometry], tree: STRtree) -> int:
    near = tree.query(mark, predicate="intersects")
    if not len(near):
        return -1
    shared = [mark.intersection(rw[i]).area for i in near]
    return int(near[int(np.argmax(shared))]) if max(shared) > 0.3 * mark.area else -1
