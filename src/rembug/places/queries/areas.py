"""The areas of a city."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rembug.lib.errors import NotFound
from rembug.places.models import Area
from rembug.places.queries.facts import Kept, key_of


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area as pages and lists need it. `bbox`: west, south, east, north; `lon`, `lat`: where its name may stand."""

    code: str
    slug: str
    name: str
    level: str
    parent_code: str
    aliases: tuple[str, ...]
    bbox: tuple[float, float, float, float]
    lon: float
    lat: float
    approximate: bool
    source: str


@dataclass(frozen=True, slots=True)
class _Areas:
    by_code: Mapping[str, AreaView]
    by_slug: Mapping[str, AreaView]
    shapes: Mapping[str, Mapping[str, Any]]


_kept: Kept[_Areas] = Kept()


def areas(city: str, *, level: str = "", parent: str = "") -> tuple[AreaView, ...]:
    """Return the open areas of a city by code, of one level or below one parent where asked."""
    return tuple(
        area
        for area in _of(city).by_code.values()
        if (not level or area.level == level) and (not parent or area.parent_code == parent)
    )


def area(city: str, code_or_slug: str) -> AreaView:
    """Return one area by code or slug. Raises `NotFound`."""
    known = _of(city)
    found = known.by_code.get(code_or_slug) or known.by_slug.get(code_or_slug)
    if found is None:
        raise NotFound("Wilayah ini tidak ada di kota ini.")
    return found


def label(city: str, code: str) -> str:
    """Return the name of an area as people say it; a code nobody knows stands for itself."""
    found = _of(city).by_code.get(code)
    return found.name if found else code


def shape(city: str, code: str) -> Mapping[str, Any]:
    """Return an area's shape as a GeoJSON geometry. Raises `NotFound`."""
    return _of(city).shapes[area(city, code).code]


def _of(city: str) -> _Areas:
    key = key_of(city)
    return _kept.get(city, key) or _kept.put(city, key, _read(key[0]))


def _read(pk: int) -> _Areas:
    rows = list(Area.objects.filter(city_id=pk, closed_at=None).order_by("code"))
    views = [_view(row) for row in rows]
    return _Areas(
        {view.code: view for view in views},
        {view.slug: view for view in views},
        {row.code: json.loads(row.geometry) for row in rows},
    )


def _view(row: Area) -> AreaView:
    return AreaView(
        code=row.code,
        slug=row.slug,
        name=row.name,
        level=row.level,
        parent_code=row.parent_code,
        aliases=tuple(row.aliases),
        bbox=(row.west, row.south, row.east, row.north),
        lon=row.label_lon,
        lat=row.label_lat,
        approximate=row.approximate,
        source=row.source,
    )
