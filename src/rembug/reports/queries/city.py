"""What reports need to know of a city: its time zone and its fair limits."""

from dataclasses import fields
from functools import lru_cache

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from rembug.places import queries as places
from rembug.reports.rules.limits import Limits


def zone(city: str) -> str:
    """Return the IANA name of the city's time zone."""
    return places.city(city).timezone


def city_limits(city: str) -> Limits:
    """Return the fair limits of the city's pack; what it leaves out has the shipped value."""
    given = places.city(city).limits
    known = {field.name for field in fields(Limits)}
    return Limits(**{name: int(value) for name, value in given.items() if name in known})


def outline(city: str, area_code: str) -> BaseGeometry:
    """Return the shape of an area in degrees, kept until the city's shapes change."""
    return _outline(city, area_code, places.version(city))


@lru_cache(maxsize=256)
def _outline(city: str, area_code: str, _version: str) -> BaseGeometry:
    return shape(places.shape(city, area_code))
