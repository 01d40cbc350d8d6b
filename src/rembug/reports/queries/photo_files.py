"""Which photo file a caller may see, and where it lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.reports.models import Attached, Photo, Report
from rembug.reports.queries.work.scope import MODERATORS

FOLDER = "photos"


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A stored size: its storage key, and whether everybody may see it."""

    key: str
    is_public: bool


def key(name: str, side: int) -> str:
    """Return the storage key of one size; nothing in it comes from a client."""
    return f"{FOLDER}/{name}-{side}.jpg"


def photo_file(name: str, side: int, *, actor: Actor, city: str) -> PhotoFile:
    """Return the file of a photo. Raises `NotFound` alike for one that is not there and one not for this caller."""
    photo = Photo.objects.filter(name=name, report__city=city).select_related("report").first()
    if photo is None:
        return _attached_file(name, side, actor=actor, city=city)
    if photo.state in {Photo.State.RECEIVED, Photo.State.REFUSED}:
        raise NotFound("Foto ini tidak ada.")
    report = photo.report
    if photo.state == Photo.State.PUBLIC and is_shown(report):
        return PhotoFile(key(name, side), is_public=True)
    gone = report.state == Report.State.ERASED
    if gone or not actor.may(*MODERATORS, city=city, area=report.area_code):
        raise NotFound("Foto ini tidak ada.")
    return PhotoFile(key(name, side), is_public=False)


def _attached_file(name: str, side: int, *, actor: Actor, city: str) -> PhotoFile:
    row = Attached.objects.filter(name=name, city=city).first()
    if row is not None and row.state == Attached.State.PUBLIC:
        return PhotoFile(key(name, side), is_public=True)
    if row is None or not (
        actor.may(*MODERATORS, city=city, area=row.area_code)
        or (actor.person_id is not None and actor.person_id == row.sender_id)
    ):
        raise NotFound("Foto ini tidak ada.")
    return PhotoFile(key(name, side), is_public=False)


def is_shown(report: Report) -> bool:
    """Tell whether everybody may see this report."""
    return (
        report.state == Report.State.ACTIVE
        and report.visibility == "public"
        and report.public_lon is not None
        and report.processed_at is not None
    )


def is_public_photo_of(city: str, name: str, *, since: datetime) -> bool:
    """Tell whether a photo is shown to everybody, came after a moment, and was never sent before."""
    rows = Photo.objects.filter(name=name, report__city=city, state=Photo.State.PUBLIC, reused=False)
    return rows.filter(received_at__gte=since).exclude(fits=False).exists()


def public_photos_of(city: str, incident: str, *, since: datetime) -> list[str]:
    """Return the names of an incident's shown photos that came after a moment, the newest first."""
    rows = Photo.objects.filter(report__city=city, report__incident__code=incident, state=Photo.State.PUBLIC)
    found = rows.filter(reused=False, received_at__gte=since).exclude(fits=False).order_by("-received_at")
    return list(found.values_list("name", flat=True)[:12])


def shown_photos(reports: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of shown photos of each report, the first sent first; the caller shows shown reports only."""
    found: dict[int, list[str]] = {}
    rows = Photo.objects.filter(report_id__in=list(reports), state=Photo.State.PUBLIC).order_by("pk")
    for report, name in rows.values_list("report_id", "name"):
        found.setdefault(report, []).append(name)
    return found
