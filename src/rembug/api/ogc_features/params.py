"""What a query may ask: anything unknown or unreadable is refused with 400, as the standard wants."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rembug.api.ogc_features.crs import CRS84, SYSTEMS, Crs
from rembug.lib.request import Request

LIMIT, LIMIT_MAX = 10, 1_000
FORMATS = ("json", "html")
Box = tuple[float, float, float, float]
Span = tuple[datetime | None, datetime | None]


class Refused(Exception):
    """A parameter that cannot be taken; the message names it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query for items. Boxes are in longitude and latitude already."""

    limit: int
    after: int
    box: Box | None
    span: Span
    crs: Crs


def only(request: Request, *names: str) -> None:
    """Refuse parameters that this address does not know, and any that comes twice."""
    for name in request.GET:
        if name not in {"f", *names}:
            raise Refused(f"Unknown parameter {name!r}. Known here: {', '.join(sorted({'f', *names}))}.")
        if len(request.GET.getlist(name)) > 1:
            raise Refused(f"Parameter {name!r} may come only once.")


def form(request: Request) -> str:
    """Return `json` or `html`: what `f` says, else what the reader prefers."""
    asked = request.GET.get("f", "")
    if asked:
        if asked not in FORMATS:
            raise Refused(f"f must be one of {', '.join(FORMATS)}.")
        return asked
    accepted = request.headers.get("Accept", "*/*")
    return "html" if "text/html" in accepted else "json"


def items(request: Request) -> Asked:
    """Read a query for items."""
    only(request, "limit", "bbox", "datetime", "after", "crs", "bbox-crs")
    given = request.GET
    return Asked(
        limit=min(_whole(given.get("limit", str(LIMIT)), "limit", 1), LIMIT_MAX),
        after=_whole(given.get("after", "0"), "after", 0),
        box=_box(given["bbox"], system(given.get("bbox-crs", CRS84), "bbox-crs"))
        if "bbox" in given
        else None,
        span=_span(given["datetime"]) if "datetime" in given else (None, None),
        crs=system(given.get("crs", CRS84), "crs"),
    )


def system(uri: str, name: str) -> Crs:
    """Return a reference system by its URI."""
    if uri not in SYSTEMS:
        raise Refused(f"{name} must be one of {', '.join(SYSTEMS)}.")
    return SYSTEMS[uri]


def _whole(raw: str, name: str, least: int) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 12) or int(raw) < least:
        raise Refused(f"{name} must be a whole number of at least {least}.")
    return int(raw)


def _box(raw: str, crs: Crs) -> Box:
    try:
        numbers = [float(part) for part in raw.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:  # heights are read and mean nothing here: every row lies on the ground
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise Refused("bbox must be four (or six) numbers.")
    try:
        west, south = crs.back(numbers[0], numbers[1])
        east, north = crs.back(numbers[2], numbers[3])
    except OverflowError:
        raise Refused("bbox is not on Earth.") from None
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):
        raise Refused("bbox is not on Earth, or its south lies above its north.")
    return west, south, east, north


def _span(raw: str) -> Span:
    first, slash, last = raw.partition("/")
    if not slash:
        at = _moment(first)
        return at, at + timedelta(days=1, seconds=-1) if len(first) == 10 else at
    start = None if first in {"", ".."} else _moment(first)
    end = None if last in {"", ".."} else _moment(last)
    if end is not None and len(last) == 10:
        end += timedelta(days=1, seconds=-1)
    if start is None and end is None:
        raise Refused("datetime is open on both sides.")
    if start is not None and end is not None and end < start:
        raise Refused("datetime ends before it starts.")
    return start, end


def _moment(raw: str) -> datetime:
    try:
        at = datetime.fromisoformat(raw.replace(" ", "+"))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        at.timestamp()
    except (ValueError, OverflowError):
        raise Refused("datetime must be like 2026-03-05T04:10:00Z, or an interval with a slash.") from None
    if not 1900 <= at.year <= 9000:
        raise Refused("datetime must lie between the years 1900 and 9000.")
    return at
