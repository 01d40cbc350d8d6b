"""The planning calendar: what is open, what comes, as a feed for phones."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from rembug.deliberation.queries.answers import today
from rembug.deliberation.queries.setup import path_of, said
from rembug.deliberation.rules.path import Slot
from rembug.lib.ical import Event
from rembug.places import queries as places


def coming(city: str) -> list[tuple[Slot, str, int]]:
    """Return the stages that are open or will be: slot, name, days until it closes."""
    path = path_of(city)
    now = today()
    found = path.coming(now)
    return [(slot, said(path.stages[slot.stage].names), (slot.closes - now).days) for slot in found]


def events(city: str) -> list[Event]:
    """Return every stage of every cycle as an event of whole days."""
    path = path_of(city)
    zone = ZoneInfo(places.city(city).timezone)
    address = settings.PUBLIC_URL + reverse("deliberation:calendar")
    return [
        Event(
            uid=f"planning-{slot.cycle}-{slot.stage}@{city}.rembug",
            start=_midnight(slot.opens, zone),
            end=_midnight(slot.closes + timedelta(days=1), zone),
            title=f"{said(path.stages[slot.stage].names)} ({slot.cycle})",
            text=f"{slot.basis}\n{address}",
        )
        for cycle in path.cycles
        for slot in path.slots(cycle)
    ]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone)
