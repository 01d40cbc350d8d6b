"""What the shell and the public pages read."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import orjson
from django.conf import settings
from django.utils.translation import get_language

from rembug.lib.errors import NotFound
from rembug.places import queries as places
from rembug.places.rules import outlines

NATIONAL = (("Darurat", "112"),)  # answers everywhere in Indonesia, also before a city pack is loaded


@dataclass(frozen=True, slots=True)
class CityFace:
    """A city as every page shows it. `emergency`: pairs of name and number; `bounds`: west, south, east, north."""

    slug: str
    name: str
    simulated: bool = False
    emergency: tuple[tuple[str, str], ...] = NATIONAL
    bounds: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The outlines of a city's kelurahan as GeoJSON, with a tag that changes with them."""

    geojson: bytes
    etag: str


def face(slug: str) -> CityFace:
    """Return the city's face; a plain one when no such city is loaded."""
    try:
        city = places.city(slug)
    except NotFound:
        return CityFace(slug, slug.replace("-", " ").title(), settings.SIMULATED)
    tongue = get_language() or "id"
    phones = tuple((row.names.get(tongue) or row.names.get("id", ""), row.number) for row in city.emergency)
    simulated = settings.SIMULATED or places.is_simulated(slug)
    return CityFace(slug, city.name, simulated, phones or NATIONAL, city.bbox)


def shapes(slug: str) -> Shapes:
    """Return the kelurahan as GeoJSON for the map. Raises `NotFound`."""
    return _shapes(slug, places.version(slug))


@lru_cache(maxsize=16)
def _shapes(slug: str, _version: str) -> Shapes:
    features = [
        {
            "type": "Feature",
            "id": area.code,
            "properties": {"name": area.name, "slug": area.slug},
            "geometry": orjson.Fragment(
                outlines.thinned(orjson.dumps(places.shape(slug, area.code)).decode())
            ),
        }
        for area in places.areas(slug, level="kelurahan")
    ]
    body = orjson.dumps({"type": "FeatureCollection", "features": features})
    return Shapes(body, f'"{hashlib.sha256(body).hexdigest()[:20]}"')
