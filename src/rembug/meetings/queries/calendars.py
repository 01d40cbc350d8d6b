"""Dates of bodies' own calendars, for the joint one; and what their people see of each calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.ical import Event
from rembug.meetings.models import OutsideCalendar, OutsideEvent

LISTED = 1000


@dataclass(frozen=True, slots=True)
class OutsideDate:
    """One date of a body's own calendar."""

    body: str
    body_name: str
    starts_at: datetime
    ends_at: datetime
    whole_day: bool
    title: str
    place: str
    uid: str


@dataclass(frozen=True, slots=True)
class CalendarFace:
    """A joined calendar as the body's people see it; its address stays hidden."""

    public_id: str
    body_name: str
    host: str
    read_at: datetime | None
    failed: bool
    dates: int


def outside_dates(city: str, *, until: datetime | None = None) -> list[OutsideDate]:
    """Return the dates that are not over, soonest first."""
    rows = OutsideEvent.objects.filter(calendar__city=city, calendar__ended_at=None, ends_at__gte=clock.now())
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    return [
        OutsideDate(
            body=row.calendar.body.public_id,
            body_name=row.calendar.body.name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            whole_day=row.whole_day,
            title=row.title,
            place=row.place,
            uid=row.uid,
        )
        for row in rows.select_related("calendar__body").order_by("starts_at", "id")[:LISTED]
    ]


def outside_events(city: str) -> list[Event]:
    """Return the same dates as events of a feed."""
    return [
        Event(
            uid=f"outside-{one.uid[:32]}@{city}.rembug",
            start=one.starts_at,
            end=one.ends_at,
            title=f"{one.title} ({one.body_name})",
            text="",
            place=one.place,
        )
        for one in outside_dates(city)
    ]


def joined(*, actor: Actor, city: str) -> list[CalendarFace]:
    """Return the calendars of bodies that the actor has a role in."""
    mine = {grant.body for grant in actor.grants if grant.city == city}
    rows = OutsideCalendar.objects.filter(city=city, ended_at=None, body__public_id__in=mine)
    return [
        CalendarFace(
            public_id=row.public_id,
            body_name=row.body.name,
            host=row.address.partition("://")[2].partition("/")[0],
            read_at=row.read_at,
            failed=bool(row.fault),
            dates=row.dates,
        )
        for row in rows.select_related("body").annotate(dates=Count("events")).order_by("body__name", "id")
    ]
