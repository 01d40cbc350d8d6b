"""What the public may know of where and when: masked points, coarse times.

Pure and deterministic: the same input gives the same answer for ever, so asking again teaches nothing.
The method and its limits are in docs/algorithms/masking.md; counts by cell are in `kanonymity`.
"""

import hashlib
import hmac
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from shapely import contains_xy
from shapely.geometry.base import BaseGeometry

EARTH_M_PER_DEGREE = 111_195.0
"""Metres in a degree of a great circle on a sphere of 6,371 km."""
MIN_KEY_BYTES = 32
_ATTEMPTS = 256
_DECIMALS = {"exact": 5, "home": 4}
"""1.1 m for the street; 11 m for homes, since more digits would pretend an accuracy that is gone."""
_MINUTES = {"exact": 5, "home": 10}


class Sensitivity(StrEnum):
    """How much of a place the public may know: the street as it is, a home moved, nothing at all."""

    EXACT = "exact"
    HOME = "home"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Donut:
    """How far a home is moved: never less than `min_m`, never more than `max_m` metres."""

    min_m: float = 80.0
    max_m: float = 250.0

    def __post_init__(self) -> None:
        # Rounding to 4 decimals moves a point by up to 8 m; the ring must be wider than that.
        if not (self.min_m >= 20 and self.min_m + 50 <= self.max_m <= 20_000):
            msg = f"a donut needs 20 ≤ min_m, min_m + 50 ≤ max_m ≤ 20000, got {self.min_m} and {self.max_m}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """What is published: degrees WGS 84, and by how many metres the true place may be off (0 = not moved)."""

    lon: float
    lat: float
    moved_up_to_m: float


def public_place(
    lon: float,
    lat: float,
    sensitivity: Sensitivity,
    *,
    private_id: str,
    key: bytes,
    inside: BaseGeometry | None = None,
    donut: Donut = Donut(),  # frozen
) -> PublicPlace | None:
    """Return the point that may be shown for a place, or None when nothing may be.

    `private_id` names whose place it is and must never be public. Give the reporter's private id where there
    is one (reports of one home then share one shift, and their mean narrows nothing), else the report's.
    `key` is secret, at least 32 bytes, and stays the same for ever. `inside` is the area (degrees) that the
    shown point must not leave, e.g. the kelurahan without its river; where the donut finds no room in it, the
    answer is None.
    Raises ValueError for a place not on Earth or a key too short.
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 85):
        raise ValueError("longitude must be within ±180 and latitude within ±85 degrees")
    if len(key) < MIN_KEY_BYTES:
        msg = f"the masking key needs at least {MIN_KEY_BYTES} bytes"
        raise ValueError(msg)
    if sensitivity is Sensitivity.NONE:
        return None
    decimals = _DECIMALS[sensitivity]
    if sensitivity is Sensitivity.EXACT:
        return PublicPlace(round(lon, decimals), round(lat, decimals), 0.0)
    for east_m, north_m in _shifts(private_id, key, donut):
        shown = _moved(lon, lat, east_m, north_m, decimals)
        # Checked after rounding: the promise is about the numbers that are published.
        if not donut.min_m <= distance_m(lon, lat, *shown) <= donut.max_m:
            continue
        if inside is None or contains_xy(inside, *shown):
            return PublicPlace(*shown, donut.max_m)
    return None


def public_time(at: datetime, sensitivity: Sensitivity) -> datetime | None:
    """Return the moment that may be shown, in UTC: the start of its 5 minutes (street) or 10 minutes (home).

    Down and not to the nearest, so that nothing public lies in the future. Raises ValueError without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if sensitivity is Sensitivity.NONE:
        return None
    step = timedelta(minutes=_MINUTES[sensitivity])
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + (at.astimezone(UTC) - epoch) // step * step


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return metres between two points less than some kilometres apart (flat Earth, error below 0.1 %)."""
    east = ((lon_b - lon_a + 540) % 360 - 180) * math.cos(math.radians((lat_a + lat_b) / 2))
    return math.hypot(east, lat_b - lat_a) * EARTH_M_PER_DEGREE


def _shifts(private_id: str, key: bytes, donut: Donut) -> Iterator[tuple[float, float]]:
    """Yield shifts (metres east, north), spread evenly over the ring, always the same for the same id."""
    for attempt in range(_ATTEMPTS):
        digest = hmac.digest(key, f"rembug/place/1/{attempt}/{private_id}".encode(), hashlib.sha256)
        angle = math.tau * int.from_bytes(digest[:8], "big") / 2**64
        share = int.from_bytes(digest[8:16], "big") / 2**64
        radius = math.sqrt(donut.min_m**2 + share * (donut.max_m**2 - donut.min_m**2))
        yield radius * math.sin(angle), radius * math.cos(angle)


def _moved(lon: float, lat: float, east_m: float, north_m: float, decimals: int) -> tuple[float, float]:
    new_lat = lat + north_m / EARTH_M_PER_DEGREE
    new_lon = lon + east_m / (EARTH_M_PER_DEGREE * math.cos(math.radians(lat)))
    return round((new_lon + 540) % 360 - 180, decimals), round(new_lat, decimals)
