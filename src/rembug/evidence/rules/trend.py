"""Successive spans of time in which an indicator is told: months where there are enough, else weeks."""

from __future__ import annotations

from datetime import date, timedelta

MOST = 13
MONTHS_FROM = 70  # days from which months are told


def periods(first: date, last: date, most: int = MOST) -> list[tuple[date, date]]:
    """Return the newest calendar months, or weeks from Monday on, of a span; both ends cut to it, oldest first.

    Nothing where `last` comes before `first`.
    """
    found: list[tuple[date, date]] = []
    by_month = (last - first).days >= MONTHS_FROM
    end = last
    while end >= first and len(found) < most:
        start = end.replace(day=1) if by_month else end - timedelta(days=end.weekday())
        found.append((max(start, first), end))
        end = start - timedelta(days=1)
    return found[::-1]
