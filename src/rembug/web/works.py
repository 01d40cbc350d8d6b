"""The rob programme: works of any owner and funder, where they are, how far, and hours of rob before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from rembug.commitments.queries import promises
from rembug.commitments.rules.shapes import PromiseFace
from rembug.commitments.words import OUTCOMES, SOURCES, STATES
from rembug.evidence.queries import charts, trends
from rembug.evidence.queries.datasets import DatasetFace, VersionFace, catalogue
from rembug.evidence.queries.measured import Span
from rembug.evidence.rules.indicators import Measured
from rembug.lib.errors import NotFound
from rembug.places import queries as places
from rembug.reports.queries import attached

HOURS = "flood_hours"
BEFORE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of rob a day before and after works; `after` is None while they are not done. Words are empty: unknown."""

    before: Measured
    after: Measured | None
    source: str

    @property
    def before_words(self) -> str:
        """The value before, with its interval."""
        return _words(self.before)

    @property
    def after_words(self) -> str:
        """The value after, with its interval."""
        return _words(self.after) if self.after else ""


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of works."""

    promise: PromiseFace
    lon: float
    lat: float
    is_placed: bool  # else it stands at the name of its area
    done: int
    photo: str
    hours: Hours | None

    @property
    def parts(self) -> int:
        """How many milestones it has."""
        return len(self.promise.milestones)


def works(city: str) -> list[Work]:
    """Return all works by area and date."""
    found = promises.works(city)
    photos = attached.first_of(city, "promise", [one.code for one in found])
    sets = [(face, face.latest) for face in catalogue(city) if HOURS in trends.told_by(face)]
    return [_work(city, one, photos.get(one.code, ""), sets) for one in found]


def hours(city: str, one: PromiseFace) -> Hours | None:
    """Return the hours of rob around one piece of works; None where no frozen reports tell of its area."""
    sets = [(face, face.latest) for face in catalogue(city) if HOURS in trends.told_by(face)]
    return _hours(one, sets)


def geojson(found: list[Work]) -> dict[str, Any]:
    """Return works as GeoJSON (RFC 7946). `at_area` marks those that stand at the name of their kelurahan."""
    return {"type": "FeatureCollection", "features": [_feature(one) for one in found]}


def _work(
    city: str, one: PromiseFace, photo: str, sets: list[tuple[DatasetFace, VersionFace | None]]
) -> Work:
    lon, lat, is_placed = one.lon, one.lat, True
    if lon is None or lat is None:
        lon, lat, is_placed = *_label(city, one.area_code), False
    done = sum(part.done_on is not None for part in one.milestones)
    return Work(one, lon, lat, is_placed, done, photo, _hours(one, sets))


def _label(city: str, code: str) -> tuple[float, float]:
    try:
        area = places.area(city, code)
    except NotFound:  # the area left the pack
        area = places.area(city, places.city(city).code)
    return area.lon, area.lat


def _hours(one: PromiseFace, sets: list[tuple[DatasetFace, VersionFace | None]]) -> Hours | None:
    areas = one.areas or (one.area_code,)
    fitting = [
        (face, latest)
        for face, latest in sets
        if latest is not None and all(face.asked.covers(area) for area in areas)
    ]
    if not fitting:
        return None
    own = [pair for pair in fitting if pair[0].slug == one.dataset]
    face, latest = own[0] if own else max(fitting, key=lambda pair: pair[1].row_count)
    days = trends.span_of(face.city, latest, face.asked)
    if days is None:
        return None
    before, after = _spans(one, areas, days[1])
    told = trends.spanned(face, latest, HOURS, before)
    later = trends.spanned(face, latest, HOURS, after) if after else None
    return Hours(told, later, reverse("evidence:version", args=[face.slug, latest.number]))


def _spans(one: PromiseFace, areas: tuple[str, ...], last: date) -> tuple[Span, Span | None]:
    """Return the span before: as promised, else 90 days up to the works; and the span after them."""
    begun = one.delivered_on or last + timedelta(days=1)
    first, end = one.base_from or begun - BEFORE, one.base_to or begun - timedelta(days=1)
    after = Span(areas, one.delivered_on, last) if one.delivered_on and last > one.delivered_on else None
    return Span(areas, first, end), after


def _words(found: Measured) -> str:
    if found.value is None:
        return ""
    words = gettext("%(value)s jam sehari (%(between)s)")
    return words % {"value": charts.value_of(HOURS, found), "between": charts.between(HOURS, found)}


def _feature(one: Work) -> dict[str, Any]:
    said = one.promise
    told = one.hours
    return {
        "type": "Feature",
        "id": said.code,
        "geometry": {"type": "Point", "coordinates": [round(one.lon, 6), round(one.lat, 6)]},
        "properties": {
            "title": said.title,
            "owner": said.body_name,
            "funder": said.funder_name or said.body_name,
            "source": str(SOURCES.get(said.source, said.source)),
            "area_code": said.area_code,
            "area": said.area_name,
            "place": said.place,
            "at_area": not one.is_placed,
            "state": said.standing,
            "state_words": str(STATES.get(said.standing, said.standing)),
            "outcome": said.outcome,
            "outcome_words": str(OUTCOMES[said.outcome]) if said.outcome else "",
            "due_on": said.due_on.isoformat(),
            "delivered_on": said.delivered_on.isoformat() if said.delivered_on else None,
            "milestones": one.parts,
            "milestones_done": one.done,
            "flood_hours_before": told.before.value if told else None,
            "flood_hours_after": told.after.value if told and told.after else None,
            "url": settings.PUBLIC_URL + reverse("commitments:promise", args=[said.code]),
        },
    }
