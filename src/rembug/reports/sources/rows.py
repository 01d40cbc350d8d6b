"""What every source gives: a submission with its sender, or the reason why a row cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from rembug.reports.rules.depth import BY_CODE, depth_class_of
from rembug.reports.rules.submission import TEXT_MAX, Submission


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that reads as a report. `number` counts rows from 1."""

    number: int
    submission: Submission


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that does not, with the reason and what to do."""

    number: int
    reason: str


Row = Taken | Refused


class Unreadable(ValueError):
    """One row's fault; the message names the field and the remedy."""


def key_of(source: str, *parts: object) -> UUID:
    """Return the same id for the same row of the same source: a second import stores nothing twice."""
    return uuid5(NAMESPACE_URL, "rembug-import:" + "\x1f".join([source, *map(str, parts)]))


def place_of(lon: Any, lat: Any) -> tuple[float, float]:
    """Return (lon, lat) in degrees. Raises `Unreadable`."""
    try:
        place = float(lon), float(lat)
    except (TypeError, ValueError):
        raise Unreadable("lon/lat: bukan angka; tulis derajat desimal, misalnya 109.67 dan -6.88") from None
    if not (abs(place[0]) <= 180 and abs(place[1]) <= 90):
        raise Unreadable("lon/lat: bukan tempat di bumi; periksa urutan bujur lalu lintang")
    return place


def instant_of(raw: Any, zone: str) -> datetime:
    """Return an aware time; one without offset is read in the city's time zone. Raises `Unreadable`."""
    try:
        at = datetime.fromisoformat(str(raw).strip())
        at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
        at.timestamp()
    except (ValueError, OverflowError):
        raise Unreadable("observed_at: waktu tidak terbaca; tulis 2026-03-05T04:10+07:00") from None
    return at


def depth_of(raw: Any) -> str:
    """Return the depth class of a code or of centimetres; empty when nothing is said. Raises `Unreadable`."""
    if raw in (None, ""):
        return ""
    if raw in BY_CODE:
        return str(raw)
    try:
        cm = float(raw)
    except (TypeError, ValueError):
        raise Unreadable(f"depth: pilih {', '.join(BY_CODE)} atau tulis sentimeter") from None
    if not 0 <= cm <= 1000:
        raise Unreadable("depth_cm: tulis 0 sampai 1000 sentimeter")
    return depth_class_of(cm)


def words_of(raw: Any) -> str:
    """Return text as it may be stored: no NUL, no more than a report holds."""
    return str(raw or "").replace("\x00", "").strip()[:TEXT_MAX]


def plain(values: Mapping[str, Any], city: str, zone: str, source: str) -> Submission:
    """Return the submission of a row with our own column names (as our open data and the CSV template have them).

    Raises `Unreadable` naming the field.
    """
    lon, lat = place_of(values.get("lon"), values.get("lat"))
    if not values.get("observed_at"):
        raise Unreadable("observed_at: kosong; tulis kapan dilihat")
    at = instant_of(values["observed_at"], zone)
    category = str(values.get("category") or "").strip()
    if not category:
        raise Unreadable("category: kosong; tulis kode jenis laporan")
    depth = depth_of(values.get("depth_class") or values.get("depth_cm"))
    claim = str(values.get("claim") or ("absent" if depth == "dry" else "present"))
    reference = str(values.get("code") or values.get("id") or "").strip()
    text = words_of(values.get("text"))
    return Submission(
        client_id=key_of(source, reference or (category, at.isoformat(), lon, lat, text)),
        city=city,
        category=category,
        lon=lon,
        lat=lat,
        located_by="import",
        claim=claim,
        depth_class=depth,
        observed_at=at,
        landmark=words_of(values.get("landmark"))[:120],
        text=text,
        channel="import",
        foreign_ref=f"{source}:{reference}"[:60] if reference else "",
    )
