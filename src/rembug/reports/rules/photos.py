"""What a photo tells about its report, as the flags that the judgement reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rembug.reports.rules.observations import Photo

SIZES = {"kecil": 240, "sedang": 800, "besar": 1600}
ALIKE_BITS = 8  # of 64: up to here two pictures are one, shrunk or saved again
EARLY, LATE = timedelta(hours=2), timedelta(minutes=15)  # around the time that the report speaks about
OLD = timedelta(hours=24)  # a shot older than this does not show what is seen now
NEAR_M = 250.0

HIDE_REASONS = ("face", "plate", "home", "indecent", "not_about_this", "request")


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What is known of one developed photo; `exif_m` is how far its own place is from the report's, in metres."""

    reused: bool
    fits: bool | None
    exif_at: datetime | None
    exif_m: float | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """When and how exactly the report says it was seen."""

    seen_from: datetime
    seen_to: datetime
    accuracy_m: float | None


def flags_of(photos: Iterable[PhotoFacts], claimed: Claimed) -> Photo:
    """Return all that a report's photos say together; none says nothing."""
    flags = Photo.NONE
    for photo in photos:
        flags |= Photo.HAS | _of_camera(photo, claimed) | _of_person(photo)
        if photo.reused:
            flags |= Photo.REUSED
    return flags


def _of_camera(photo: PhotoFacts, claimed: Claimed) -> Photo:
    if photo.exif_at is None:
        return Photo.NONE
    if photo.exif_at < claimed.seen_from - OLD:
        return Photo.REUSED
    in_time = claimed.seen_from - EARLY <= photo.exif_at <= claimed.seen_to + LATE
    reach = max(NEAR_M, 2 * (claimed.accuracy_m or 0.0))
    # Both must agree: a time alone is easily right, and a messenger strips the place.
    in_place = photo.exif_m is not None and photo.exif_m <= reach
    return Photo.EXIF_FITS if in_time and in_place else Photo.NONE


def _of_person(photo: PhotoFacts) -> Photo:
    if photo.fits is None:
        return Photo.NONE
    return Photo.FITS if photo.fits else Photo.MISFIT
