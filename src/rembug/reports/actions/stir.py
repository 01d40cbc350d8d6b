"""Marking what the next exact run must judge again."""

from datetime import datetime

from rembug.lib import clock


def stirred() -> dict[str, datetime]:
    """Return the columns that say: changed now, and the neighbours do not know it yet."""
    now = clock.now()
    return {"stirred_at": now, "changed_at": now}
