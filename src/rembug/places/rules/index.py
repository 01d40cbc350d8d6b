"""Which area a place lies in: exact, for one point in microseconds, for many at once."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of radius 6,371 km
RANK = {"city": 0, "kecamatan": 1, "kelurahan": 2, "rw": 3}
NEAREST_LEVEL = "kelurahan"
SLIVER_M2 = 10_000.0  # published shapes leave slivers between neighbours; a hole this small is one


@dataclass(frozen=True, slots=True)
class AreaHit:
    """Where a place lies.

    Inside: the smallest area that holds it, `distance_m` 0 (or the few metres to it across a gap between neighbours).
    Outside: the city's code and its words for outside ("luar kota"); `nearest` is the closest kelurahan and
    `distance_m` how far it is; `accepted` tells whether that is near enough to take a report.
    """

    code: str
    name: str
    level: str
    inside: bool
    distance_m: float
    nearest: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """An area's shape in degrees."""

    code: str
    name: str
    level: str
    geometry: BaseGeometry


class AreaIndex:
    """A city's shapes on a plane in metres, ready to be asked. Immutable: safe to share between threads."""

    def __init__(
        self, shapes: Iterable[Shape], *, city_code: str, outside_name: str, outside_m: float
    ) -> None:
        # The deepest level first, then by code: the first hit is the answer, whatever the order of loading.
        self._shapes = sorted(shapes, key=lambda shape: (-RANK[shape.level], shape.code))
        self._city_code = city_code
        self._outside_name = outside_name
        self._outside_m = outside_m
        bounds = np.array([shape.geometry.bounds for shape in self._shapes])
        self._lon0, self._lat0 = float(bounds[:, [0, 2]].mean()), float(bounds[:, [1, 3]].mean())
        self._scale = np.array([METRES_PER_DEGREE * math.cos(math.radians(self._lat0)), METRES_PER_DEGREE])
        self._inside = [
            AreaHit(shape.code, shape.name, shape.level, True, 0.0, shape.code, True)
            for shape in self._shapes
        ]
        plane = [self._flat(shape.geometry) for shape in self._shapes]
        self._tree = STRtree(plane)
        for geometry in plane:
            shapely.prepare(geometry)
        self._near = [n for n, shape in enumerate(self._shapes) if shape.level == NEAREST_LEVEL] or list(
            range(len(self._shapes))
        )
        finest = RANK[NEAREST_LEVEL] if len(self._near) < len(self._shapes) else 0
        self._coarse = np.array([RANK[shape.level] < finest for shape in self._shapes] + [False])
        self._near_tree = STRtree([plane[n] for n in self._near])
        self._whole = without_slivers(shapely.union_all(plane))
        shapely.prepare(self._whole)

    def _flat(self, geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(geometry, self._on_plane)

    def _on_plane(self, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        flat: npt.NDArray[np.float64] = (places - (self._lon0, self._lat0)) * self._scale
        return flat

    def at(self, lon: float, lat: float) -> AreaHit:
        """Return where one place in degrees lies."""
        return self.at_many([lon], [lat])[0]

    def at_many(self, lons: npt.ArrayLike, lats: npt.ArrayLike) -> list[AreaHit]:
        """Return where many places lie, in their order. Raises ValueError for a place that is not on Earth."""
        places = np.column_stack([np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)])
        if not (np.abs(places) <= (180.0, 90.0)).all():
            raise ValueError("a place is not on Earth: longitude first, in degrees")
        points = shapely.points(self._on_plane(places))
        first = self._first_hits(points)
        out = np.flatnonzero(first == len(self._shapes))
        elsewhere = dict(zip(out.tolist(), self._elsewhere(points[out]), strict=True)) if len(out) else {}
        return [elsewhere.get(place) or self._inside[number] for place, number in enumerate(first.tolist())]

    def _first_hits(self, points: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
        first = np.full(len(points), len(self._shapes), dtype=np.int64)
        place, number = self._tree.query(points, predicate="intersects")
        np.minimum.at(first, place, number)
        # Inside a kecamatan or the city but in none of its kelurahan: a gap, answered like a point outside all.
        first[self._coarse[first]] = len(self._shapes)
        return first

    def _elsewhere(self, points: npt.NDArray[np.object_]) -> list[AreaHit]:
        found, metres = self._near_tree.query_nearest(points, return_distance=True)
        near = np.full(len(points), len(self._near), dtype=np.int64)
        distance = np.zeros(len(points))
        np.minimum.at(near, found[0], found[1])  # the same distance to two: the lower code
        distance[found[0]] = metres
        between = shapely.intersects(self._whole, points)
        answers = zip(near.tolist(), distance.round(1).tolist(), between.tolist(), strict=True)
        return [self._beside(*answer) for answer in answers]

    def _beside(self, near: int, metres: float, between: bool) -> AreaHit:
        nearest = self._shapes[self._near[near]]
        if between:
            return AreaHit(nearest.code, nearest.name, nearest.level, True, metres, nearest.code, True)
        accepted = metres <= self._outside_m
        return AreaHit(self._city_code, self._outside_name, "city", False, metres, nearest.code, accepted)


def without_slivers(geometry: BaseGeometry, largest: float = SLIVER_M2) -> BaseGeometry:
    """Return the shape with holes up to `largest` (in the square of its unit) closed."""
    parts = [
        shapely.Polygon(
            part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > largest]
        )
        for part in getattr(geometry, "geoms", [geometry])
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
