"""Reading what an address asks for; what cannot be understood names the parameter and what it takes."""

import math
from datetime import UTC, datetime, timedelta

from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.reports.rules.screen import Box

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


def refuse(name: str, message: str) -> Invalid:
    """Return the error of one parameter."""
    return Invalid("Alamat ini tidak bisa dibaca.", faults=(FieldFault(name, "malformed", message),))


def city_of(request: Request) -> str:
    """Return the city asked for; raise `NotFound` for one that is not loaded, so that nobody fills our memory."""
    given = request.GET.get("city", "")
    if given and given not in places.cities():
        raise NotFound("Kota ini belum dimuat.")
    return given or request.city


def box_of(raw: str) -> Box:
    """Read `west,south,east,north` in degrees; empty is the whole Earth."""
    if not raw:
        return Box(-180.0, -90.0, 180.0, 90.0)
    try:
        west, south, east, north = (float(part) for part in raw.split(","))
    except ValueError:
        raise refuse("bbox", "Tulis barat,selatan,timur,utara dalam derajat.") from None
    numbers = (west, south, east, north)
    sane = all(map(math.isfinite, numbers)) and max(map(abs, (west, east))) <= 180
    if not sane or not -90 <= south <= north <= 90:
        raise refuse("bbox", "Derajat: -180 sampai 180 dan -90 sampai 90, selatan di bawah utara.")
    return Box(*numbers)


def whole_number(raw: str, name: str, low: int, high: int) -> int:
    """Read a whole number between two bounds."""
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9) or not low <= int(raw) <= high:
        raise refuse(name, f"Tulis bilangan bulat {low} sampai {high}.")
    return int(raw)


def fraction(raw: str, name: str) -> float | None:
    """Read a number from 0 to 1; empty is None."""
    if not raw:
        return None
    try:
        value = float(raw)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise refuse(name, "Tulis angka 0 sampai 1, misalnya 0.8.")
    return value


def span_of(raw: str) -> tuple[datetime, datetime]:
    """Read an OGC `datetime`: an instant, a day, or `start/end` with `..` or nothing for open ends."""
    if not raw:
        return EARLIEST, LATEST
    start, slash, end = raw.partition("/")
    first = EARLIEST if start in {"", ".."} and slash else _instant(start)
    if not slash:
        whole_day = len(start) == 10
        return first, first + (timedelta(days=1) if whole_day else timedelta(seconds=1))
    last = LATEST if end in {"", ".."} else _instant(end)
    if len(end) == 10:
        last += timedelta(days=1)
    if last < first:
        raise refuse("datetime", "Waktu akhir harus sesudah waktu awal.")
    return first, last


def _instant(raw: str) -> datetime:
    try:
        at = datetime.fromisoformat(raw.replace(" ", "+"))
    except ValueError:
        raise refuse(
            "datetime", "Tulis 2026-03-05 atau 2026-03-05T04:10:00Z, rentang dengan garis miring."
        ) from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise refuse("datetime", "Tahun 1970 sampai 9000.") from None
    if not EARLIEST <= at <= LATEST:
        raise refuse("datetime", "Tahun 1970 sampai 9000.")
    return at
