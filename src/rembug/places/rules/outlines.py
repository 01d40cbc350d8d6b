"""Outlines of areas, thinned to what is seen: SVG paths for the sketch, GeoJSON for the map. No Django here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

WIDTH = 600
MARGIN = 8
FINE_DEG = 0.00015  # about 16 m: invisible on a phone's map


@dataclass(frozen=True, slots=True)
class Outline:
    """One area: an SVG path in a box of `WIDTH` units, y downwards."""

    code: str
    slug: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """All areas of a city in one picture, `height` units high."""

    height: int
    outlines: tuple[Outline, ...]


def sketch(rows: Iterable[tuple[str, str, str, str]], bounds: Sequence[float]) -> Sketch:
    """Return the sketch of rows (code, slug, name, GeoJSON geometry) within bounds (degrees: west, south, east, north).

    Longitudes are narrowed by the cosine of the middle latitude, so that the city keeps its shape.
    """
    west, south, east, north = bounds
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrow, 1e-9)
    outlines = []
    for code, slug, name, geometry in rows:
        shape = affinity.affine_transform(
            shapely.from_geojson(geometry),
            [scale * narrow, 0, 0, -scale, MARGIN - west * scale * narrow, MARGIN + north * scale],
        )
        outlines.append(Outline(code, slug, name, _path(shapely.simplify(shape, 0.8))))
    return Sketch(round((north - south) * scale + 2 * MARGIN), tuple(outlines))


def thinned(geometry: str) -> str:
    """Return a GeoJSON geometry with points every 16 m at most and five decimals (1 m)."""
    shape = shapely.simplify(shapely.from_geojson(geometry), FINE_DEG)
    return str(shapely.to_geojson(shapely.set_precision(shape, 1e-5, mode="pointwise")))


def bounds_of(geometries: Iterable[str]) -> tuple[float, float, float, float]:
    """Return west, south, east, north (degrees) around all geometries."""
    box = shapely.total_bounds([shapely.from_geojson(one) for one in geometries])
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def _path(shape: BaseGeometry) -> str:
    polygons = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return "".join(
        _ring(ring.coords)
        for polygon in polygons
        if isinstance(polygon, Polygon)
        for ring in (polygon.exterior, *polygon.interiors)
    )


def _ring(points: Iterable[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in list(points)[:-1]) + "z"
