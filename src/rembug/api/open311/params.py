"""What a client may ask for; an empty parameter is one that was not sent."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from rembug.api.open311.wire import Refused
from rembug.cases.queries.requests import MOST, Wanted
from rembug.lib import clock
from rembug.lib.request import Request
from rembug.places import queries as places

LONGEST = timedelta(days=90)
CODES_MOST = 200
TIMES = ("start_date", "end_date", "updated_after", "updated_before")


def jurisdiction(request: Request) -> str:
    """Return the city: by `jurisdiction_id` where it is given and known, else by the address."""
    given = str(request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id") or "").strip()
    loaded = places.cities()
    if given in loaded:
        return given
    if given and len(loaded) > 1:
        raise Refused(("404", f"jurisdiction_id {given[:60]!r} is not known here."), status=404)
    return request.city


def wanted(request: Request) -> Wanted:
    """Read a query for requests; every fault is told at once."""
    given = {name: text for name, value in request.GET.items() if (text := str(value).strip())}
    faults: list[tuple[str, str]] = []
    codes = tuple(
        filter(None, (part.strip().upper() for part in given.get("service_request_id", "").split(",")))
    )
    if codes:  # overrides every other argument
        return Wanted(codes=codes[:CODES_MOST])
    times = {name: _moment(given, name, faults) for name in TIMES}
    start, end = times["start_date"], times["end_date"]
    if start or end or not (times["updated_after"] or times["updated_before"]):
        start, end = _window(start, end, faults)  # whoever asks for changes alone asks for old requests too
    query = Wanted(
        services=tuple(part.strip() for part in given.get("service_code", "").split(",") if part.strip()),
        start=start,
        end=end,
        updated_after=times["updated_after"],
        updated_before=times["updated_before"],
        status=_status(given.get("status", ""), faults),
        box=_box(given.get("bbox", ""), faults),
        circle=_circle(given, faults),
        page=_whole(given, "page", 1, 1_000_000, faults) or 1,
        size=_whole(given, "page_size", 1, MOST, faults) or MOST,
    )
    if faults:
        raise Refused(*faults)
    return query


def _window(
    start: datetime | None, end: datetime | None, faults: list[tuple[str, str]]
) -> tuple[datetime | None, datetime | None]:
    """The standard's window: at most 90 days, the last 90 where none is named."""
    if start is None and end is None:
        return clock.now() - LONGEST, None
    start = start or (end or clock.now()) - LONGEST
    end = end or min(start + LONGEST, clock.now())
    if end < start:
        faults.append(("400", "end_date must not lie before start_date."))
    elif end - start > LONGEST:
        faults.append(("400", "start_date and end_date may lie at most 90 days apart."))
    return start, end


def _moment(given: dict[str, str], name: str, faults: list[tuple[str, str]]) -> datetime | None:
    raw = given.get(name, "")
    if not raw:
        return None
    try:
        at = datetime.fromisoformat(raw.replace(" ", "+"))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        at = datetime.min.replace(tzinfo=UTC)
    if not 1970 <= at.year <= 9000:
        faults.append(("400", f"{name} must be like 2026-01-15T05:30:00+07:00."))
        return None
    return at


def _status(raw: str, faults: list[tuple[str, str]]) -> str:
    parts = {part.strip().lower() for part in raw.split(",") if part.strip()}
    if not parts <= {"open", "closed"}:
        faults.append(("400", "status must be open, closed, or both with a comma."))
        return ""
    return parts.pop() if len(parts) == 1 else ""


def _box(raw: str, faults: list[tuple[str, str]]) -> tuple[float, float, float, float] | None:
    if not raw:
        return None
    try:
        west, south, east, north = (float(part) for part in raw.split(","))
    except ValueError:
        west = south = east = north = math.nan
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        faults.append(("400", "bbox must be west,south,east,north in degrees."))
        return None
    return west, south, east, north


def _circle(given: dict[str, str], faults: list[tuple[str, str]]) -> tuple[float, float, float] | None:
    if not {"lat", "long"} & set(given):
        return None
    try:
        lon, lat = float(given["long"]), float(given["lat"])
        metres = float(given.get("radius", "100"))
    except (KeyError, ValueError):
        lon = math.nan
        lat = metres = 0.0
    if not (abs(lon) <= 180 and abs(lat) <= 90 and 0 < metres <= 50_000):
        faults.append(
            ("400", "lat, long and radius (metres, at most 50000) must be numbers and come together.")
        )
        return None
    return lon, lat, metres


def _whole(
    given: dict[str, str], name: str, low: int, high: int, faults: list[tuple[str, str]]
) -> int | None:
    raw = given.get(name, "")
    if not raw:
        return None
    if not (raw.isascii() and raw.isdigit() and len(raw) < 9 and low <= int(raw) <= high):
        faults.append(("400", f"{name} must be a whole number from {low} to {high}."))
        return None
    return int(raw)
