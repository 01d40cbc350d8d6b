"""What the report flow must know of its city: kelurahan to choose from, landmarks, whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import shapely
from django.utils.translation import get_language

from rembug.lib.errors import NotFound
from rembug.places.models import Area, City, Landmark
from rembug.reports.rules.frame import Frame, frame_around


@dataclass(frozen=True, slots=True)
class Ward:
    """A kelurahan: its point for a report that names no better one, and its shape."""

    code: str
    name: str
    district: str
    lon: float
    lat: float
    shape: shapely.Geometry
    frame: Frame


@dataclass(frozen=True, slots=True)
class Spot:
    """A landmark with its own point."""

    name: str
    area_code: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Town:
    """A city as the flow sees it."""

    slug: str
    name: str
    timezone: str
    frame: Frame
    wards: tuple[Ward, ...]
    spots: tuple[Spot, ...]
    emergency_number: str
    emergency_words: tuple[str, ...]

    def ward(self, code: str) -> Ward | None:
        """Return the kelurahan of a code, or None."""
        return next((ward for ward in self.wards if ward.code == code), None)

    def ward_at(self, lon: float, lat: float) -> Ward | None:
        """Return the kelurahan that holds a place (degrees), or None."""
        point = shapely.Point(lon, lat)
        return next((ward for ward in self.wards if ward.shape.covers(point)), None)

    def districts(self) -> list[tuple[str, list[Ward]]]:
        """Return the kelurahan under their kecamatan, both by name."""
        names = sorted({ward.district for ward in self.wards})
        return [(name, [ward for ward in self.wards if ward.district == name]) for name in names]


def town(city: str) -> Town:
    """Return the city of a slug. Raises `NotFound` when no pack of that name is loaded."""
    row = City.objects.filter(slug=city).values_list("pk", "version").first()
    if row is None:
        raise NotFound("Kota ini belum dimuat.")
    return _town(*row, city)


@lru_cache(maxsize=16)
def _town(pk: int, version: str, slug: str) -> Town:  # noqa: ARG001  a new pack or shape is a new version
    city = City.objects.get(pk=pk)
    areas = list(Area.objects.filter(city=city, closed_at=None).order_by("name"))
    names = {area.code: area.name for area in areas}
    numbers = city.pack.get("emergency", [])
    return Town(
        slug=slug,
        name=city.name,
        timezone=city.timezone,
        frame=frame_around(city.west, city.south, city.east, city.north),
        wards=tuple(_ward(area, names) for area in areas if area.level == Area.Level.KELURAHAN),
        spots=tuple(
            Spot(spot.name, spot.area_code, spot.lon, spot.lat)
            for spot in Landmark.objects.filter(city=city).order_by("name")
        ),
        emergency_number=str(numbers[0]["number"]) if numbers else "112",
        emergency_words=_words(city.pack.get("emergency_words", {})),
    )


def _ward(area: Area, names: Mapping[str, str]) -> Ward:
    return Ward(
        code=area.code,
        name=area.name,
        district=names.get(area.parent_code, ""),
        lon=area.label_lon,
        lat=area.label_lat,
        shape=shapely.from_geojson(area.geometry),
        frame=frame_around(area.west, area.south, area.east, area.north),
    )


def _words(by_language: Mapping[str, list[str]]) -> tuple[str, ...]:
    # A cry for help counts in whatever language the page happens to stand.
    return tuple(dict.fromkeys(word for words in by_language.values() for word in words))


def in_language(names: Mapping[str, str], fallback: str = "") -> str:
    """Return the words in the reader's language; missing ones are Indonesian, never another language."""
    return names.get(get_language() or "id") or names.get("id") or next(iter(names.values()), fallback)
