"""Times as gauges write them: several formats in one file, with or without a zone, days counted from an epoch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from rob.types import RobError, Times

SLASHED = re.compile(
    r"\s*(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})[ T,]*(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(AM|PM)?\s*",
    re.IGNORECASE,
)


def parse_times(texts: Sequence[str], utc_offset: float | None, source: str) -> Times:
    """UTC times of a column.

    Parameters
    ----------
    texts
        ISO times (with a zone or not), or day/month/year and month/day/year, mixed as they come.
    utc_offset
        Hours east of UTC of the times that carry no zone; None when not stated.
    source
        File, for messages.

    Raises
    ------
    RobError
        When a time is unreadable, when day and month cannot be told apart, or when no zone is known.
    """
    month_first = _month_first(texts, source)
    parsed = [_parse(text, row, month_first, source) for row, text in enumerate(texts, start=1)]
    odd = [row for row, at in enumerate(parsed) if not 1600 <= at.year <= 2400]
    if odd:
        raise RobError(
            source, f"time in row {odd[0] + 1}", f"the year {parsed[odd[0]].year} cannot be", "Check the date"
        )
    naive = [at for at in parsed if at.tzinfo is None]
    if naive and utc_offset is None:
        raise RobError(
            source,
            "time",
            f"{naive[0].isoformat()} carries no time zone",
            "State the offset of the series from UTC in hours (--utc-offset 7 for WIB, 0 for UTC)",
        )
    shift = timedelta(hours=utc_offset or 0.0)
    return np.array(
        [np.datetime64(_utc(at, shift), "s") for at in parsed],
        dtype="datetime64[s]",
    )


def _utc(at: datetime, shift: timedelta) -> datetime:
    offset = at.utcoffset()
    return (at - shift) if offset is None else at.replace(tzinfo=None) - offset


def _parse(text: str, row: int, month_first: bool, source: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    found = SLASHED.fullmatch(text)
    try:
        if not found:
            raise ValueError
        a, b, c = int(found[1]), int(found[2]), int(found[3])
        if a > 31:
            year, month, day = a, b, c
        else:
            year, month, day = (c, a, b) if month_first else (c, b, a)
        hour = int(found[4]) % 12 + (12 if found[7].upper() == "PM" else 0) if found[7] else int(found[4])
        return datetime(year, month, day, hour, int(found[5]), int(found[6] or 0))  # noqa: DTZ001 (zone added by the caller)
    except ValueError:
        raise RobError(
            source,
            f"time in row {row}",
            f"{text!r} is not a time",
            "Write times as 2026-05-01 07:00 or 5/1/2026 7:00",
        ) from None


def _month_first(texts: Sequence[str], source: str) -> bool:
    """Whether slashed dates put the month first, told by a number above 12, or by the ISO dates around them."""
    slashed = [found for found in map(SLASHED.fullmatch, texts) if found and int(found[1]) <= 31]
    if not slashed or any(int(found[2]) > 12 for found in slashed):
        return True
    if any(int(found[1]) > 12 for found in slashed) or all(found[1] == found[2] for found in slashed):
        return False
    raise RobError(
        source,
        "time",
        f"{slashed[0][0].strip()!r} may be day/month or month/day",
        "Write the dates of this file as 2026-05-01",
    )


def from_days(days: np.ndarray, epoch: str) -> Times:
    """Times from days (with fraction) since an epoch, to the nearest second."""
    seconds = np.round(np.asarray(days, float) * 86400.0).astype("timedelta64[s]")
    return np.datetime64(epoch, "s") + seconds
