"""When a thing was seen: a time has a width, because people say "this morning"."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def observed_span(
    since: str, observed_at: datetime | None, received_at: datetime, zone: str
) -> tuple[datetime, datetime]:
    """Return (from, at): the span in which it was seen, never later than it was received.

    `since` is "", "now", "morning" or "yesterday" in the city's time zone. A phone's clock may run ahead: the server's
    time wins. "Since yesterday" begins at noon of the day before, "this morning" at four o'clock.
    """
    at = min(observed_at or received_at, received_at)
    local = at.astimezone(ZoneInfo(zone))
    if since == "morning":
        start = local.replace(hour=4, minute=0, second=0, microsecond=0)
    elif since == "yesterday":
        start = local.replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
    elif since == "now":
        start = local - timedelta(minutes=15)
    else:
        start = local
    return min(start, local).astimezone(at.tzinfo), at
