"""Reads of places: facts of a city, its areas, where a point lies, what a name means."""

from rembug.places.queries.areas import AreaView, area, areas, label, shape
from rembug.places.queries.facts import cities, city, forget, is_simulated, slug_of_host, version
from rembug.places.queries.locate import area_at, areas_at, find
from rembug.places.queries.sketch import sketch

__all__ = [
    "AreaView",
    "area",
    "area_at",
    "areas",
    "areas_at",
    "cities",
    "city",
    "find",
    "forget",
    "is_simulated",
    "label",
    "shape",
    "sketch",
    "slug_of_host",
    "version",
]
