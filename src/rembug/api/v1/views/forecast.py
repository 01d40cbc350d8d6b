"""`GET /api/v1/forecast`, its feed and its skill: when the sea comes, area by area."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext

from rembug.api.v1.params import city_of
from rembug.api.v1.problems import endpoint
from rembug.api.v1.views.screen_map import conditional
from rembug.lib import atom, clock, say
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.water import words
from rembug.water.queries.outlook import area_outlook, city_outlook
from rembug.water.queries.skill import skill
from rembug.water.rules.outlook import AreaOutlook, CityOutlook, HighWater

TOLD_FROM = 0.1
NEVER_CM = 1000.0


@endpoint("GET", "HEAD")
def forecast(request: Request) -> HttpResponse:
    """The latest forecast of a city, or of one of its areas."""
    city, code = city_of(request), request.GET.get("area", "")
    found = area_outlook(city, code) if code else city_outlook(city)
    if found is None:
        raise NotFound("Prakiraan belum ada.")
    areas = found.areas if isinstance(found, CityOutlook) else (found,)
    body = {
        "city": city,
        "issued_at": _time(found.issued_at),
        "inputs_age_s": None if found.inputs_age_s is None else round(found.inputs_age_s),
        "source": found.source,
        "stale": found.stale,
        "trust": found.trust,
        "tide_type": found.tide_type,
        "station": found.station,
        "illustrative_ground": found.illustrative,
        "datum": "mean sea level",
        "series": {
            "times": [_time(time) for time in found.series.times],
            "level_cm": list(found.series.level_cm),
            "sigma_cm": list(found.series.sigma_cm),
        },
        "areas": [_area(area) for area in areas],
    }
    return conditional(request, orjson.dumps(body), "application/json")


def _area(area: AreaOutlook) -> dict[str, Any]:
    known = area.onset.level_cm < NEVER_CM
    return {
        "area_code": area.area_code,
        "area_name": area.area_name,
        "onset_cm": area.onset.level_cm if known else None,
        "onset_sd_cm": area.onset.sd_cm if known else None,
        "onset_from": area.onset.origin,
        "high_waters": [_water(water) for water in area.high_waters],
    }


def _water(water: HighWater) -> dict[str, Any]:
    plain = asdict(water)
    for name in ("at", "starts_at", "ends_at"):
        plain[name] = plain[name] and _time(plain[name])
    return plain


@endpoint("GET", "HEAD")
def coming(request: Request) -> HttpResponse:
    """High waters to come that may bring water, the soonest first (RFC 4287)."""
    city = city_of(request)
    found = city_outlook(city)
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    updated = _time(found.issued_at if found is not None else today)
    title = gettext("Prakiraan rob %(city)s") % {"city": places.city(city).name}
    here = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    rows = [(water, area) for area in (found.areas if found else ()) for water in area.high_waters]
    rows = sorted((row for row in rows if row[0].probability >= TOLD_FROM), key=lambda row: row[0].at)
    name = f"{settings.PUBLIC_URL}/api/v1/forecast.atom"
    whole = atom.Feed(name, title, updated, here, rights="CC BY 4.0")
    entries = (_entry(water, area, updated) for water, area in rows[:100])
    return conditional(request, atom.written(whole, entries), atom.TYPE)


def _entry(water: HighWater, area: AreaOutlook, updated: str) -> atom.Entry:
    address = f"{settings.PUBLIC_URL}/rob/{area.area_slug}/"
    name = f"{address}#{water.at:%Y%m%d%H}"
    title = f"{area.area_name}, {say.day(water.at)} {say.hour(water.at)}: {words.depth_range(water)}"
    summary = words.chance_percent(water.probability)
    return atom.Entry(name, title, updated, address, summary)


@endpoint("GET", "HEAD")
def how_good(request: Request) -> HttpResponse:
    """How the forecasts of the last 90 days came out."""
    city = city_of(request)
    found = skill(city)
    body = {
        "city": city,
        "forecasts": found.forecasts,
        "onset_cm": found.onset_cm,
        "called_from": found.called_from,
        "leads": [asdict(row) for row in found.leads],
        "events": [asdict(row) for row in found.events],
    }
    return conditional(request, orjson.dumps(body), "application/json")


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
