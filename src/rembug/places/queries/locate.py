"""Where a point lies and what a name means."""

import numpy.typing as npt
from shapely.geometry import shape as geometry_of

from rembug.places.models import Landmark
from rembug.places.queries.areas import areas, shape
from rembug.places.queries.facts import Kept, city, key_of
from rembug.places.rules import AreaHit, AreaIndex, Finding, Named, Shape
from rembug.places.rules import find as find_name

_indexes: Kept[AreaIndex] = Kept()
_names: Kept[tuple[Named, ...]] = Kept()


def area_at(city_slug: str, lon: float, lat: float) -> AreaHit:
    """Return where a place in degrees lies; one outside is accepted and labelled, not dropped."""
    return _index(city_slug).at(lon, lat)


def areas_at(city_slug: str, lons: npt.ArrayLike, lats: npt.ArrayLike) -> list[AreaHit]:
    """Return where many places lie, in their order."""
    return _index(city_slug).at_many(lons, lats)


def find(city_slug: str, text: str) -> Finding:
    """Return the area or landmark that a text names: sure, or some to choose from."""
    return find_name(text, _named(city_slug))


def _index(slug: str) -> AreaIndex:
    key = key_of(slug)
    return _indexes.get(slug, key) or _indexes.put(slug, key, _build(slug))


def _build(slug: str) -> AreaIndex:
    facts = city(slug)
    return AreaIndex(
        [
            Shape(area.code, area.name, area.level, geometry_of(shape(slug, area.code)))
            for area in areas(slug)
        ],
        city_code=facts.code,
        outside_name=facts.outside_names[facts.languages[0]],
        outside_m=facts.outside_m,
    )


def _named(slug: str) -> tuple[Named, ...]:
    key = key_of(slug)
    return _names.get(slug, key) or _names.put(slug, key, _read_names(slug, key[0]))


def _read_names(slug: str, pk: int) -> tuple[Named, ...]:
    wards = tuple(
        Named(area.code, area.name, area.level, area.lon, area.lat, area.aliases) for area in areas(slug)
    )
    marks = tuple(
        Named(mark.area_code, mark.name, "landmark", mark.lon, mark.lat, tuple(mark.aliases))
        for mark in Landmark.objects.filter(city_id=pk).order_by("name")
    )
    return wards + marks
