"""Working days of a city: Monday to Friday without public holidays and collective leave, and what a decree changed.

The day of receipt is not counted; a deadline ends with its last working day in the city's time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

SATURDAY = 5
FARTHEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Calendar:
    """A country's holidays with the city's changes. `leave` tells whether collective leave (cuti bersama) is free."""

    country: str
    added: Mapping[date, str] = field(default_factory=dict)
    removed: frozenset[date] = frozenset()
    leave: bool = True

    def why_free(self, day: date) -> str:
        """Return why nobody works on a day; empty on a working day. A decree of the city wins over the library."""
        if day in self.removed:
            return ""
        if day in self.added:
            return self.added[day]
        if day.weekday() >= SATURDAY:
            return "akhir pekan"
        return _holidays(self.country, day.year, self.leave).get(day, "")

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return not self.why_free(day)


def add_working_days(calendar: Calendar, start: date, days: int) -> date:
    """Return the day on which the `days`-th working day after `start` ends. Raises ValueError below one."""
    if not 1 <= days <= FARTHEST_DAYS:
        raise ValueError(f"days must be 1 to {FARTHEST_DAYS}, got {days}")
    day = start
    while days:
        day += timedelta(days=1)
        days -= calendar.is_working(day)
    return day


def due(calendar: Calendar, received: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the end of the last day of a deadline: midnight of the city's time."""
    last = add_working_days(calendar, received.astimezone(zone).date(), days)
    return datetime.combine(last + timedelta(days=1), time(0), tzinfo=zone)


def share(calendar: Calendar, received: datetime, now: datetime, days: int, zone: ZoneInfo) -> float:
    """Return how much of a deadline is used, counted in working days; above 1 when it is over."""
    day, today = received.astimezone(zone).date(), now.astimezone(zone).date()
    used = 0
    while day < today and used <= days:
        day += timedelta(days=1)
        used += calendar.is_working(day)
    return used / days


@lru_cache(maxsize=32)
def _holidays(country: str, year: int, leave: bool) -> dict[date, str]:
    kinds = ("public", "government") if leave else ("public",)
    found = holidays.country_holidays(country, years=year, categories=kinds, language="id")
    return {day: str(words) for day, words in found.items()}
