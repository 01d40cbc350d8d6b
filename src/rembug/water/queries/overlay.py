"""What the map of an hour is drawn from, read once a terrain."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

import numpy as np
from django.utils import timezone
from shapely.geometry import shape

from rembug.lib.errors import NotFound
from rembug.places import queries as places
from rembug.water.models import Setup, Terrain
from rembug.water.queries.outlook import city_outlook
from rembug.water.queries.setup import land_of, terrain_of
from rembug.water.rules.outlook import AreaOutlook, CityOutlook, probability
from rembug.water.rules.packing import unpack_cm
from rembug.water.rules.picture import Ground, depth_map

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class AreaHour:
    """One area at one hour: probability of water, and typical depth where it is expected."""

    area: AreaOutlook
    probability: float
    depth_cm: float


@dataclass(frozen=True, slots=True)
class Hour:
    """The sea at one hour and what it does to each area, the likeliest first."""

    number: int
    at: datetime
    level_cm: float
    sigma_cm: float
    areas: tuple[AreaHour, ...]


def hour_of(outlook: CityOutlook, number: int) -> Hour:
    """Return the forecast for the hour so many hours after issue."""
    place = _first(outlook) + max(number, 0) * _per_hour(outlook)
    place = min(place, len(outlook.series.times) - 1)
    level, sigma = outlook.series.level_cm[place], outlook.series.sigma_cm[place]
    rows = []
    for area in outlook.areas:
        chance = probability(level, sigma, area.onset)
        rows.append(AreaHour(area, chance, area.curve.depth_at(level) if chance >= 0.1 else 0.0))
    rows.sort(key=lambda row: (-row.probability, row.area.area_code))
    return Hour(number, outlook.series.times[place], level, sigma, tuple(rows))


def _per_hour(outlook: CityOutlook) -> int:
    return max(round(3600 / (outlook.series.times[1] - outlook.series.times[0]).total_seconds()), 1)


def _first(outlook: CityOutlook) -> int:
    """Return where the first whole hour stands."""
    return next(n for n, time in enumerate(outlook.series.times) if time.minute == 0)


def hours_of(outlook: CityOutlook, last: int, every: int) -> list[list[tuple[int, datetime]]]:
    """Return the hours that links lead to, with their moments, day by day in the reader's zone."""
    first = outlook.series.times[_first(outlook)]
    hours = [(number, first + timedelta(hours=number)) for number in range(0, last + 1, every)]
    return [list(day) for _, day in groupby(hours, lambda one: timezone.localtime(one[1]).date())]


def worst_hour(outlook: CityOutlook, last: int) -> int:
    """Return the hour within `last` hours at which the sea is highest."""
    first = outlook.series.times[_first(outlook)]
    crests = [
        water for water in outlook.high_waters if 0 <= (water.at - first).total_seconds() <= last * 3600
    ]
    if not crests:
        return 0
    return round((max(crests, key=lambda water: water.level_cm).at - first).total_seconds() / 3600)


def ground_of(city: str) -> Ground:
    """Return the ground that maps are drawn from. Raises `NotFound`."""
    terrain = terrain_of(city)
    if terrain is None or not terrain.onsets:
        raise NotFound("Peta tinggi tanah kota ini belum siap.")
    prepared = Setup.objects.values_list("prepared", flat=True).get(city=city)
    return _ground(terrain.pk, prepared)


def hour_picture(city: str, outlook: CityOutlook, number: int) -> bytes:
    """Return the map of one hour as PNG; drawn once a forecast and process. Raises `NotFound`."""
    hour = hour_of(outlook, number)
    prepared = Setup.objects.values_list("prepared", flat=True).get(city=city)
    return _drawn(city, prepared, round(hour.level_cm, 1), round(hour.sigma_cm, 1))


@lru_cache(maxsize=128)  # about 6 KB each: three days by the hour
def _drawn(city: str, _prepared: str, level_cm: float, sigma_cm: float) -> bytes:
    return depth_map(ground_of(city), level_cm, sigma_cm, rings_of(city))


def rings_of(city: str) -> tuple[Ring, ...]:
    """Return the outlines of all kelurahan."""
    return _rings(city, places.version(city))


def names_of(city: str) -> tuple[tuple[float, float, str], ...]:
    """Return where the names of the kecamatan stand: longitude, latitude, name."""
    middles = [
        (shape(places.shape(city, area.code)).representative_point(), area.name)
        for area in places.areas(city, level="kecamatan")
    ]
    return tuple((float(at.x), float(at.y), name) for at, name in middles)


def outlook_of(city: str) -> CityOutlook:
    """Return the city's forecast. Raises `NotFound` while there is none."""
    found = city_outlook(city)
    if found is None:
        raise NotFound("Prakiraan belum ada. Prakiraan pertama dibuat dalam satu jam.")
    return found


@lru_cache(maxsize=4)
def _ground(pk: int, _prepared: str) -> Ground:
    terrain = Terrain.objects.get(pk=pk)
    land = land_of(terrain)
    return Ground(
        z_cm=np.asarray(land.z * 100, float),
        onset_cm=unpack_cm(bytes(terrain.onsets), terrain.rows, terrain.columns),
        sea=land.sea,
        sd_cm=terrain.sigma_m * 100,
        box=(terrain.west, terrain.south, terrain.east, terrain.north),
    )


@lru_cache(maxsize=4)
def _rings(city: str, _version: str) -> tuple[Ring, ...]:
    found: list[Ring] = []
    for area in places.areas(city, level="kelurahan"):
        outline = shape(places.shape(city, area.code))
        found += [
            tuple((float(x), float(y)) for x, y in polygon.exterior.coords)
            for polygon in getattr(outline, "geoms", [outline])
        ]
    return tuple(found)
