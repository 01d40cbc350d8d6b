"""A square piece of the city on a small picture, so that one tap is a place: no dragging, no script."""

import math
from dataclasses import dataclass

SIDE_PX = 280  # fits a 320-pixel screen with its margins; a picture button tells pixels, so its size is fixed


@dataclass(frozen=True, slots=True)
class Frame:
    """A square in metres around a centre (degrees). `half_m` is half its side."""

    lon: float
    lat: float
    half_m: float

    def _degrees(self) -> tuple[float, float]:
        """Return the half side in degrees of longitude and of latitude (sphere, error below 0.4 % in a city)."""
        half_lat = self.half_m / 111_195.0
        return half_lat / max(math.cos(math.radians(self.lat)), 0.01), half_lat

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a pixel."""
        half_lon, half_lat = self._degrees()
        return (
            self.lon + (2 * x / SIDE_PX - 1) * half_lon,
            self.lat - (2 * y / SIDE_PX - 1) * half_lat,
        )

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the pixel of a place; it may lie outside the picture."""
        half_lon, half_lat = self._degrees()
        return (
            round(SIDE_PX / 2 * (1 + (lon - self.lon) / half_lon), 1),
            round(SIDE_PX / 2 * (1 - (lat - self.lat) / half_lat), 1),
        )


def frame_around(west: float, south: float, east: float, north: float) -> Frame:
    """Return the smallest square frame that holds a box with a tenth to spare."""
    lat = (south + north) / 2
    wide = (east - west) * 111_195.0 * math.cos(math.radians(lat))
    high = (north - south) * 111_195.0
    return Frame((west + east) / 2, lat, max(wide, high, 200.0) / 2 * 1.1)
