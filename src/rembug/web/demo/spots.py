"""Street corners of the simulated city: low ones near the sea, dry ones inland."""

import math
from dataclasses import dataclass
from random import Random

from shapely.geometry import Point, shape

from rembug.places import queries as places

METRES_A_DEGREE = 111_320.0
LOWEST_CM, RISE_CM = 62.0, 3.4  # the corner nearest the sea, and how much higher each next one lies


@dataclass(frozen=True, slots=True)
class Spot:
    """A corner with its own height of ground; `area` is a kelurahan's code."""

    lon: float
    lat: float
    area: str
    area_name: str
    ground_cm: float

    def near(self, chance: Random, metres: float = 30.0) -> tuple[float, float]:
        """Return a place around the corner; `metres` is the standard deviation each way."""
        north = chance.gauss(0, metres) / METRES_A_DEGREE
        east = chance.gauss(0, metres) / (METRES_A_DEGREE * math.cos(math.radians(self.lat)))
        return self.lon + east, self.lat + north


def spots_of(city: str, chance: Random, per_area: int = 2) -> list[Spot]:
    """Return corners of every kelurahan, lowest first. The sea is in the north, as on the whole coast of north Java."""
    found = []
    for area in places.areas(city, level="kelurahan"):
        outline = shape(places.shape(city, area.code))
        found += [(*_inside(outline, area.bbox, chance), area) for _ in range(per_area)]
    found.sort(key=lambda row: -row[1])
    return [
        Spot(lon, lat, area.code, area.name, LOWEST_CM + RISE_CM * rank)
        for rank, (lon, lat, area) in enumerate(found)
    ]


def _inside(outline: Point, box: tuple[float, float, float, float], chance: Random) -> tuple[float, float]:
    west, south, east, north = box
    inner = outline.buffer(-120 / METRES_A_DEGREE)
    target = outline if inner.is_empty else inner
    for _ in range(200):
        lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        if target.contains(Point(lon, lat)):
            return lon, lat
    middle = outline.representative_point()
    return float(middle.x), float(middle.y)
