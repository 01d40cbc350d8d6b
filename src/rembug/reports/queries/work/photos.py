"""Photos that wait for a look."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rembug.lib.actor import Actor
from rembug.reports.models import Photo, Report
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import AreaFace, CategoryFace
from rembug.reports.queries.work.case import SeenPhoto, seen_photo
from rembug.reports.queries.work.scope import MODERATORS, own, within


@dataclass(frozen=True, slots=True)
class PhotoCase:
    """One photo with what its report claims."""

    photo: SeenPhoto
    report: str
    category: CategoryFace
    area: AreaFace | None
    landmark: str
    claim: str
    depth_class: str
    words: str
    observed_at: datetime
    received_at: datetime
    is_private: bool


@dataclass(frozen=True, slots=True)
class PhotoQueue:
    """The photo to look at now, and how many wait in all."""

    now: PhotoCase | None
    total: int


def photo_queue(*, actor: Actor, city: str) -> PhotoQueue:
    """Return the photo that has waited longest among those the actor may look at."""
    rows = _rows(actor, city)
    first = rows.select_related("report").order_by("pk").first()
    return PhotoQueue(_case(city, first) if first else None, rows.count())


def shown(*, actor: Actor, city: str, limit: int = 12) -> tuple[PhotoCase, ...]:
    """Return the photos that were looked at last, so that a slip can be put right."""
    looked = [Photo.State.PUBLIC, Photo.State.HIDDEN]
    rows = _of(actor, city).filter(state__in=looked).select_related("report").order_by("-looked_at")
    return tuple(_case(city, photo) for photo in rows[:limit])


def waiting(*, actor: Actor, city: str) -> int:
    """Return how many photos wait for a look by the actor."""
    return _rows(actor, city).count()


def _rows(actor: Actor, city: str) -> QuerySet[Photo]:
    return _of(actor, city).filter(state=Photo.State.READY)


def _of(actor: Actor, city: str) -> QuerySet[Photo]:
    reports = Report.objects.filter(within(actor, city, MODERATORS), city=city, state=Report.State.ACTIVE)
    return Photo.objects.filter(report__in=reports.exclude(own(actor)))


def _case(city: str, photo: Photo) -> PhotoCase:
    faces, row = Faces(city), photo.report
    return PhotoCase(
        photo=seen_photo(photo),
        report=row.code,
        category=faces.category(row.category),
        area=faces.areas.get(row.area_code),
        landmark=row.landmark,
        claim=row.claim,
        depth_class=row.depth_class,
        words=row.text,
        observed_at=row.observed_at,
        received_at=photo.received_at,
        is_private=row.visibility != "public",
    )
