"""The joint calendar: meetings, calls, the planning path and bodies' own dates, in one list and one feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from rembug.calls.queries import calls
from rembug.deliberation.queries import calendar as planning
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.lib.ical import Event
from rembug.meetings.queries import meetings
from rembug.meetings.queries.calendars import outside_dates, outside_events

AHEAD = timedelta(days=183)
KINDS = ("meeting", "call", "planning", "outside")


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `path` is its page here, empty for a date of a body's own calendar."""

    kind: str
    day: date
    starts_at: datetime | None  # None: the whole day
    title: str
    body: str
    body_name: str
    place: str
    path: str


def entries(city: str, *, kind: str = "", body: str = "") -> list[Entry]:
    """Return what comes within half a year, soonest first; of one kind and of one body where that is asked."""
    until = clock.now() + AHEAD
    found = [*_meetings(city), *_calls(city), *_planning(city), *_outside(city, until)]
    chosen = [one for one in found if (not kind or one.kind == kind) and (not body or one.body == body)]
    last = timezone.localtime(until).date()
    return sorted(
        (one for one in chosen if one.day <= last),
        key=lambda one: (one.day, one.starts_at is None, one.title),
    )


def events(city: str) -> list[Event]:
    """Return everything as events of one feed."""
    return [*meetings.events(city), *calls.events(city), *_planning_events(city), *outside_events(city)]


def _meetings(city: str) -> Iterable[Entry]:
    for one in meetings.coming(city):
        path = reverse("meetings:meeting", args=[one.code])
        yield _at("meeting", one.starts_at, one.title, one.body, one.body_name, one.place, path)


def _calls(city: str) -> Iterable[Entry]:
    for one in calls.coming(city):
        path = reverse("calls:call", args=[one.code])
        yield _at("call", one.starts_at, one.title, one.body, one.body_name, one.place or one.area_name, path)


def _planning(city: str) -> Iterable[Entry]:
    path = reverse("deliberation:calendar")
    try:
        coming = planning.coming(city)
    except NotFound:
        return
    for slot, name, _ in coming:
        title = f"{name} ({slot.cycle})"
        yield Entry(
            "planning", slot.opens, None, gettext("%(title)s dibuka") % {"title": title}, "", "", "", path
        )
        yield Entry(
            "planning", slot.closes, None, gettext("%(title)s ditutup") % {"title": title}, "", "", "", path
        )


def _planning_events(city: str) -> list[Event]:
    try:
        return planning.events(city)
    except NotFound:
        return []


def _outside(city: str, until: datetime) -> Iterable[Entry]:
    for one in outside_dates(city, until=until):
        starts = None if one.whole_day else one.starts_at
        day = timezone.localtime(one.starts_at).date()
        yield Entry("outside", day, starts, one.title, one.body, one.body_name, one.place, "")


def _at(kind: str, starts: datetime, title: str, body: str, body_name: str, place: str, path: str) -> Entry:
    return Entry(kind, timezone.localtime(starts).date(), starts, title, body, body_name, place, path)
