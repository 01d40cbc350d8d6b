"""When a message may go out: not at night, unless the level breaks the quiet; and not too often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

DAY = timedelta(hours=24)


def is_quiet(local: datetime, starts: int, ends: int) -> bool:
    """Tell whether a local time lies in the quiet hours; equal hours mean there are none.

    >>> is_quiet(datetime(2026, 1, 1, 23, 0), 21, 5)
    True
    """
    if starts == ends:
        return False
    hour = local.hour
    return starts <= hour < ends if starts < ends else hour >= starts or hour < ends


def too_many(sent: Iterable[datetime], now: datetime, most: int) -> bool:
    """Tell whether as many new warnings as a day may have went out within the last 24 hours."""
    return sum(now - DAY < at <= now for at in sent) >= most
