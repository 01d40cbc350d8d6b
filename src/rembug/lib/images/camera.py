"""Read time and place out of an EXIF block. Runs in the darkroom only; a broken block is no block."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

# EXIF 2.32 tag numbers.
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
_TAKEN, _DIGITISED, _OFFSET = 36867, 36868, 36881
_LAT_REF, _LAT, _LON_REF, _LON, _CLOCK, _ERROR_M, _DATE = 1, 2, 3, 4, 7, 31, 29
_STAMP = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"([+-])(\d\d):(\d\d)")


def read_note(exif: Mapping[int, Any], gps: Mapping[int, Any]) -> dict[str, Any]:
    """Return the JSON form of a `CameraNote` from both EXIF directories; what is absurd is left out."""
    return {
        "taken_local": _wall_clock(exif.get(_TAKEN) or exif.get(_DIGITISED)),
        "utc_offset_min": _offset(exif.get(_OFFSET)),
        "gps": _fix(gps),
    }


def _wall_clock(value: object) -> str | None:
    found = _STAMP.match(value) if isinstance(value, str) else None
    if not found:
        return None
    try:
        # fromisoformat refuses a 31st of February.
        stamp = datetime.fromisoformat("{}-{}-{}T{}:{}:{}+00:00".format(*found.groups()))
    except ValueError:
        return None
    return stamp.replace(tzinfo=None).isoformat() if stamp.year > 1990 else None


def _offset(value: object) -> int | None:
    found = _ZONE.match(value) if isinstance(value, str) else None
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return (minutes if found[1] == "+" else -minutes) if minutes <= 14 * 60 else None


def _fix(gps: Mapping[int, Any]) -> dict[str, Any] | None:
    lat = _degrees(gps.get(_LAT), gps.get(_LAT_REF), "S", 90)
    lon = _degrees(gps.get(_LON), gps.get(_LON_REF), "W", 180)
    # Cameras without a fix write zeros; 0° N 0° E is open sea.
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None
    return {"lon": lon, "lat": lat, "accuracy_m": _positive(gps.get(_ERROR_M)), "at": _gps_moment(gps)}


def _degrees(parts: object, ref: object, negative: str, most: float) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    whole, minutes, seconds = (number or 0.0 for number in numbers)
    value = whole + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:
        return None
    return round(-value if isinstance(ref, str) and ref.strip("\0 ").upper() == negative else value, 7)


def _gps_moment(gps: Mapping[int, Any]) -> str | None:
    date, clock = gps.get(_DATE), gps.get(_CLOCK)
    if not isinstance(date, str) or not isinstance(clock, tuple) or len(clock) != 3:
        return None
    hours, minutes, seconds = (int(_number(part) or 0) for part in clock)
    wall = _wall_clock(f"{date.strip(chr(0))} {hours:02d}:{minutes:02d}:{seconds:02d}")
    return f"{wall}+00:00" if wall else None


def _positive(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and 0 < number < 100_000 else None


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]  # a rational of the decoder, or anything
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None
