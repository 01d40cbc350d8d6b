"""Coordinate reference systems (Part 2): WGS 84 in both orders of axes, and the web's Mercator.

Formulas of Mercator: EPSG Guidance Note 7-2, method 1024, on a sphere of 6,378,137 m.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
RADIUS_M = 6_378_137.0
SQUARE = 85.06  # degrees: beyond this latitude the map of the web ends

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crs:
    """One system: from longitude and latitude in degrees to its own pair, in the order of its axes, and back."""

    uri: str
    out: Callable[[float, float], Pair]
    back: Callable[[float, float], Pair]


def _to_mercator(lon: float, lat: float) -> Pair:
    lat = max(-SQUARE, min(SQUARE, lat))
    north = RADIUS_M * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return round(math.radians(lon) * RADIUS_M, 2), round(north, 2)


def _from_mercator(east: float, north: float) -> Pair:
    lat = 2 * math.atan(math.exp(north / RADIUS_M)) - math.pi / 2
    return math.degrees(east / RADIUS_M), math.degrees(lat)


def _same(first: float, second: float) -> Pair:
    return first, second


def _swapped(first: float, second: float) -> Pair:
    return second, first


SYSTEMS = {
    system.uri: system
    for system in (
        Crs(CRS84, _same, _same),
        Crs(f"{EPSG}4326", _swapped, _swapped),
        Crs(f"{EPSG}3857", _to_mercator, _from_mercator),
    )
}
