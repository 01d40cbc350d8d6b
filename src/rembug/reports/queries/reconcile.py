"""Reconciling intake: received = stored = processed + pending, and what was refused with its reason, hour by hour."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Model, Q
from django.db.models.functions import TruncHour

from rembug.audit.models import Entry
from rembug.lib import clock
from rembug.reports.models import Refusal, Report
from rembug.reports.rules.books import Line

Key = tuple[str, datetime, str]
SLACK = timedelta(minutes=10)  # ids follow time, but not to the minute: several servers write at once


def lines(start: datetime, end: datetime) -> list[Line]:
    """Return the books of all cities from `start` to `end` (aware, taken to full hours), by city, hour and channel."""
    start, end = _hour(start), _hour(end)
    logged, refused = _logged(start, end), _refused(start, end)
    stored = {key: counts for key, *counts in _stored(start, end)}
    keys = sorted({*logged, *refused, *stored})
    return [_line(key, logged[key], stored.get(key, [0, 0, 0]), refused.get(key, {})) for key in keys]


def last_hours(hours: int = 48) -> list[Line]:
    """Return the books of the last full hours."""
    now = clock.now()
    return lines(now - timedelta(hours=hours), now)


def gaps(hours: int = 48) -> list[Line]:
    """Return the lines that do not balance, or whose reports wait too long: for the morning sheet."""
    now = clock.now()
    return [line for line in last_hours(hours) if line.gap or line.overdue(now)]


def _line(key: Key, logged: int, stored: list[int], refused: dict[str, int]) -> Line:
    total, processed, pending = stored
    return Line(*key, logged=logged, stored=total, processed=processed, pending=pending, refused=refused)


def _stored(start: datetime, end: datetime) -> Iterator[tuple[Key, int, int, int]]:
    # A report that was withdrawn or removed before it was judged does not wait: that was its end.
    waiting = Q(processed_at=None, state=Report.State.ACTIVE)
    over = Q(processed_at__isnull=False) | ~Q(state=Report.State.ACTIVE)
    rows = (
        Report.objects.filter(id__gte=_first(Report, "received_at", start - SLACK))
        .filter(received_at__gte=start, received_at__lt=end)
        .annotate(hour=TruncHour("received_at", tzinfo=UTC))
        .values_list("city", "hour", "channel")
        .annotate(n=Count("id"), over=Count("id", filter=over), waiting=Count("id", filter=waiting))
        .order_by()
    )
    for city, hour, channel, n, processed, pending in rows:
        yield (city, hour, channel), n, processed, pending


def _logged(start: datetime, end: datetime) -> Counter[Key]:
    rows = Entry.objects.filter(
        id__gte=_first(Entry, "at", start - SLACK), verb="report.received", at__gte=start, at__lt=end
    )
    found: Counter[Key] = Counter()
    for city, at, data in rows.values_list("city", "at", "data").iterator(chunk_size=20_000):
        found[city, _hour(at), str(json.loads(data)["channel"])] += 1
    return found


def _refused(start: datetime, end: datetime) -> dict[Key, dict[str, int]]:
    found: dict[Key, dict[str, int]] = {}
    for row in Refusal.objects.filter(hour__gte=start, hour__lt=end):
        found.setdefault((row.city, row.hour, row.channel), {})[row.reason] = row.count
    return found


def _first(model: type[Model], column: str, at: datetime) -> int:
    """Return the smallest id whose time is not before `at`, by halving: neither table has an index on its time."""
    rows = model._default_manager.order_by("id").values_list("id", column)
    low, high = 0, rows.values_list("id", flat=True).last() or 0
    while low < high:
        middle = (low + high) // 2
        found = rows.filter(id__gt=middle).first()
        if found is not None and found[1] < at:
            low = found[0]
        else:
            high = middle
    return low


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
