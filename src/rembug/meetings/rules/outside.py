"""Reading somebody's calendar (iCalendar, RFC 5545): the dates of a span, repeats laid out, nothing private."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from rembug.lib.errors import Invalid
from rembug.lib.pii import mask

LARGEST = 1_000_000  # bytes of a calendar
MOST = 300  # dates of a calendar that are kept
PRIVATE = ("PRIVATE", "CONFIDENTIAL")
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Happening:
    """One date: a name that stays, from when to when, what, where."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    whole_day: bool
    title: str
    place: str


def read(content: bytes, zone: ZoneInfo, first: datetime, last: datetime) -> list[Happening]:
    """Return the dates between two moments, soonest first; private and cancelled ones are left out.

    Times without a zone are in `zone`. Numbers and addresses of people in titles and places are masked; descriptions,
    guests and organisers are not read at all. Raises `Invalid` where it is no calendar.
    """
    if len(content) > LARGEST:
        raise Invalid("Kalender terlalu besar. Paling besar 1 MB.")
    try:
        events = recurring_ical_events.of(Calendar.from_ical(content)).between(first, last)
        found = [one for event in events if (one := _happening(event, zone)) is not None]
    except Exception as error:  # whatever the libraries raise over a broken file
        raise Invalid("Ini bukan kalender iCalendar (.ics) yang terbaca.") from error
    found.sort(key=lambda one: (one.starts_at, one.uid))
    return found[:MOST]


def _happening(event: object, zone: ZoneInfo) -> Happening | None:
    get = event.get  # type: ignore[attr-defined]
    if str(get("CLASS", "")).upper() in PRIVATE or str(get("STATUS", "")).upper() == "CANCELLED":
        return None
    start = event.start  # type: ignore[attr-defined]
    end = event.end  # type: ignore[attr-defined]
    begins, ends = _moment(start, zone), _moment(end, zone)
    same = f"{get('UID', '')}\x1f{begins.isoformat()}\x1f{get('SUMMARY', '')}"
    return Happening(
        uid=hashlib.sha256(same.encode()).hexdigest(),
        starts_at=begins,
        ends_at=max(ends, begins),
        whole_day=not isinstance(start, datetime),
        title=_words(get("SUMMARY", "")) or "-",
        place=_words(get("LOCATION", "")),
    )


def _moment(value: date, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(0), zone)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _words(value: object) -> str:
    return mask(" ".join(str(value).split()))[:LONGEST]


def span(now: datetime) -> tuple[datetime, datetime]:
    """Return which dates are kept: from yesterday for half a year."""
    return now - timedelta(days=1), now + timedelta(days=183)
