"""Read the darkroom's answer as sceptically as a stranger's: its process has touched a stranger's bytes."""

import math
from datetime import datetime
from typing import Any

from rembug.lib.images.jpeg import is_bare
from rembug.lib.images.outcome import (
    SIDES,
    CameraNote,
    GpsFix,
    Photo,
    Reason,
    Refusal,
    Rendition,
)
from rembug.lib.images.sniff import Kind


def photo_from(header: dict[str, Any], body: bytes, *, key: str, sha256: str) -> Photo | Refusal:
    """Return the photo or refusal that an answer means; an answer that breaks its form is a refusal."""
    try:
        if "refused" in header:
            return Refusal(Reason(header["refused"]), str(header.get("detail", ""))[:80])
        return Photo(
            key=key,
            sha256=sha256,
            kind=Kind(header["kind"]).value,
            renditions=_renditions(header["sizes"], body),
            phash=_hash(header["phash"]),
            camera=_note(header["camera"]),
            peak_mb=float(header["peak_mb"]),
            cpu_s=float(header["cpu_s"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        return Refusal(Reason.DAMAGED, f"answer: {type(fault).__name__}")


def _renditions(sizes: list[dict[str, Any]], body: bytes) -> tuple[Rendition, ...]:
    renditions, at = [], 0
    for side, size in zip(SIDES, sizes, strict=True):
        blob = body[at : at + int(size["bytes"])]
        at += len(blob)
        width, height = int(size["width"]), int(size["height"])
        if not (1 <= width <= side and 1 <= height <= side and is_bare(blob)):
            raise ValueError("not a bare JPEG of this size")
        renditions.append(Rendition(side, width, height, blob))
    if at != len(body):
        raise ValueError("bytes left over")
    return tuple(renditions)


def _hash(value: int | None) -> int | None:
    if value is not None and not (isinstance(value, int) and 0 <= value < 1 << 64):
        raise ValueError("not a 64-bit hash")
    return value


def _note(raw: dict[str, Any] | None) -> CameraNote:
    if raw is None:
        return CameraNote()
    local, offset = raw["taken_local"], raw["utc_offset_min"]
    return CameraNote(
        taken_local=datetime.fromisoformat(local).replace(tzinfo=None) if local else None,
        utc_offset_min=None if offset is None else max(-840, min(840, int(offset))),
        gps=_fix(raw["gps"]),
    )


def _fix(raw: dict[str, Any] | None) -> GpsFix | None:
    if raw is None:
        return None
    lon, lat, accuracy, moment = float(raw["lon"]), float(raw["lat"]), raw["accuracy_m"], raw["at"]
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError("no place on Earth")
    at = datetime.fromisoformat(moment) if moment else None
    if at is not None and at.tzinfo is None:
        raise ValueError("a moment without a zone")
    if accuracy is not None and not math.isfinite(float(accuracy)):
        raise ValueError("an accuracy that is no number")
    return GpsFix(lon, lat, None if accuracy is None else float(accuracy), at)
