"""Names of areas, asked from the app that keeps them: `places` lies above this one and is named by a setting."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from rembug.lib.errors import NotFound


class AreaFace(Protocol):
    """What is needed of an area."""

    code: str
    name: str
    level: str


class Directory(Protocol):
    """What the setting AREA_DIRECTORY names: a module with these two functions."""

    def areas(self, city: str) -> Sequence[AreaFace]:
        """Return the areas of a city by code."""

    def label(self, city: str, code: str) -> str:
        """Return the name of an area, or the code when nobody knows it."""


def choices(city: str) -> list[tuple[str, str]]:
    """Return code and name of kecamatan and kelurahan, for forms; none when the city is not loaded."""
    try:
        found = _directory().areas(city)
    except NotFound:
        return []
    return [(area.code, area.name) for area in found if area.level in {"kecamatan", "kelurahan"}]


def label(city: str, code: str) -> str:
    """Return an area's name; an empty code is the whole city."""
    if not code:
        return ""
    try:
        return _directory().label(city, code)
    except NotFound:
        return code


def _directory() -> Directory:
    found: Directory = import_string(settings.AREA_DIRECTORY)
    return found
