"""Reading `areas.geojson` and `landmarks.csv`, and checking that shapes can be computed with."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import csv_rows, text_of
from rembug.lib.pack.lines import Path as Place
from rembug.lib.pack.lines import feature_lines
from rembug.lib.pack.table import Table
from rembug.lib.pack.types import AreaRow, LandmarkRow

AREAS = "areas.geojson"
LANDMARKS = "landmarks.csv"
AREA_LEVELS = ("city", "kecamatan", "kelurahan", "rw")
Box = tuple[float, float, float, float]


def read_areas(folder: Path, faults: Faults, bbox: Box) -> tuple[dict[str, int], tuple[AreaRow, ...]]:
    """Return the line of each area code, and the areas."""
    text = text_of(folder, faults)
    if text is None:
        return {}, ()
    try:
        whole = json.loads(text, parse_constant=_no_number)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        faults.add(line, f"no valid JSON: {error}", "correct the line or the one above")
        return {}, ()
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not features:
        faults.add(1, "there are no features", "write a GeoJSON FeatureCollection with one Feature an area")
        return {}, ()
    lines = feature_lines(text)
    at: dict[str, int] = {}
    rows = []
    for place, feature in enumerate(features):
        line = lines[place] if place < len(lines) else 1
        row = _area(feature, faults, line, bbox)
        if row is None:
            continue
        if row.code in at:
            faults.add(line, f"area code {row.code} stands twice", "keep one Feature for each code")
            continue
        at[row.code] = line
        rows.append(row)
    _hierarchy(rows, at, faults)
    return at, tuple(rows)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")  # JSON knows no NaN and no Infinity; Python's reader does


def _area(feature: Any, faults: Faults, line: int, bbox: Box) -> AreaRow | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        faults.add(line, "the Feature has no properties", "add code, slug, name, level, parent, approximate")
        return None
    here: Place = ()
    table = Table(properties, faults, {here: line})
    code = table.text("code", longest=24)
    row = AreaRow(
        code=code,
        slug=table.slug("slug", longest=60),
        name=table.text("name", longest=80),
        level=table.choice("level", AREA_LEVELS),
        parent_code=table.text("parent", longest=24, default=""),
        aliases=table.texts("aliases", default=[]),
        geometry=_geometry(feature.get("geometry"), code, faults, line, bbox),
        approximate=table.flag("approximate"),
        source=table.text("source", longest=200, default=""),
    )
    table.done()
    return row if code else None


def _geometry(data: Any, code: str, faults: Faults, line: int, bbox: Box) -> Mapping[str, Any]:
    try:
        geometry = shape(data)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, shapely.errors.ShapelyError):
        faults.add(line, f"{code}: the geometry cannot be read", "write a Polygon or MultiPolygon in degrees")
        return {}
    problem = polygon_problem(geometry)
    if problem:
        faults.add(line, f"{code}: {problem}", "redraw the shape; rings close and do not cross themselves")
        return {}
    if not right_handed(geometry):
        faults.add(
            line,
            f"{code}: rings turn the wrong way",
            "outer rings counter-clockwise, holes clockwise (RFC 7946)",
        )
    west, south, east, north = geometry.bounds
    if west < bbox[0] or south < bbox[1] or east > bbox[2] or north > bbox[3]:
        faults.add(
            line,
            f"{code}: the shape leaves the city's box {list(bbox)}",
            "longitude comes before latitude; else widen [city] bbox",
        )
    return dict(mapping(geometry))


def polygon_problem(geometry: BaseGeometry) -> str:
    """Return why a shape is no area that can be computed with; empty when it is one."""
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return f"the geometry is a {geometry.geom_type}"
    if geometry.is_empty or geometry.area <= 0:
        return "the shape is empty"
    return "" if geometry.is_valid else f"the shape is invalid: {shapely.is_valid_reason(geometry)}"


def right_handed(geometry: BaseGeometry) -> bool:
    """Tell whether outer rings turn counter-clockwise and holes clockwise."""
    return all(
        bool(shapely.is_ccw(part.exterior)) and not any(shapely.is_ccw(hole) for hole in part.interiors)
        for part in getattr(geometry, "geoms", [geometry])
    )


def _hierarchy(rows: list[AreaRow], at: Mapping[str, int], faults: Faults) -> None:
    slugs: dict[str, str] = {}
    levels = {row.code: row.level for row in rows}
    for row in rows:
        line = at[row.code]
        if slugs.setdefault(row.slug, row.code) != row.code:
            faults.add(line, f"slug {row.slug!r} is also that of {slugs[row.slug]}", "give each its own slug")
        if row.level == "city":
            continue
        above = levels.get(row.parent_code)
        if above is None:
            faults.add(line, f"{row.code}: parent {row.parent_code!r} is not in the file", "add the parent")
        elif _rank(above) >= _rank(row.level):
            faults.add(line, f"{row.code}: parent is a {above}", "a parent stands on a higher level")
        elif not row.code.startswith(row.parent_code + "."):
            faults.add(line, f"{row.code} does not begin with its parent's code", "codes of parts extend it")
    if sum(row.level == "city" for row in rows) != 1:
        faults.add(1, "there is not exactly one area of level city", "add one Feature for the whole city")


def _rank(level: str) -> int:
    return (
        AREA_LEVELS.index(level) if level in AREA_LEVELS else len(AREA_LEVELS)
    )  # that fault is noted already


def read_landmarks(folder: Path, faults: Faults, codes: Mapping[str, int]) -> tuple[LandmarkRow, ...]:
    """Return the landmarks; the file may be absent."""
    if not (folder / LANDMARKS).exists():
        return ()
    rows = []
    columns = ("name", "lon", "lat", "area_code", "aliases", "approximate", "source")
    for row in csv_rows(folder, faults, columns):
        try:
            lon, lat = float(row["lon"]), float(row["lat"])
        except ValueError:
            faults.add(row.line, "lon or lat is no number", "write degrees with a point, for example 109.675")
            continue
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            faults.add(row.line, "lon or lat is not on Earth", "longitude first, in degrees")
        if row["area_code"] not in codes:
            faults.add(row.line, f"area {row['area_code']!r} is not in {AREAS}", "use a code that is")
        if not row["name"] or len(row["name"]) > 120:
            faults.add(row.line, "the name is empty or too long", "write 1 to 120 characters")
        approximate = row["approximate"] != "false"
        rows.append(LandmarkRow(row["name"], lon, lat, row["area_code"], row.listed("aliases"), approximate))
    return tuple(rows)
