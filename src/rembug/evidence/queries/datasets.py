"""Datasets and their versions as pages, catalogues and adapters show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext

from rembug.evidence.models import Dataset, Version
from rembug.evidence.rules.question import Asked, read
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound

EDITORS: tuple[Role, ...] = ("member", "verifier", "officer", "coordinator", "facilitator", "administrator")
MOST = 500


@dataclass(frozen=True, slots=True)
class VersionFace:
    """One published version. `files`: format -> name, bytes, sha256, media_type."""

    slug: str
    title: str
    number: int
    frozen_at: datetime
    row_count: int
    content_hash: str
    files: Mapping[str, Mapping[str, Any]]
    described: Mapping[str, str]
    columns: tuple[Mapping[str, Any], ...]
    quality: Mapping[str, Any]
    provenance: Mapping[str, Any]
    changes: Mapping[str, Any]
    note: str
    entry_hash: str


@dataclass(frozen=True, slots=True)
class DatasetFace:
    """One dataset with its published versions, newest first."""

    code: str
    city: str
    slug: str
    title: str
    title_en: str
    about: str
    about_en: str
    dimensions: tuple[str, ...]
    publisher: str
    publisher_id: str
    asked: Asked
    asked_at: datetime
    changed_at: datetime
    versions: tuple[VersionFace, ...]

    @property
    def latest(self) -> VersionFace | None:
        """The newest published version."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True, slots=True)
class Making:
    """A version that is not published, as those who asked for it see it."""

    number: int
    state: str
    asked_at: datetime
    why_failed: str


def catalogue(city: str, *, words: str = "", only_published: bool = True) -> list[DatasetFace]:
    """Return the datasets of a city, changed last first; `words` narrow by title and description."""
    rows = _rows(city)
    for word in words.split()[:8]:
        rows = rows.filter(title__icontains=word) | rows.filter(about__icontains=word)
    faces = [_face(row) for row in rows.order_by("-changed_at", "slug")[:MOST]]
    return [face for face in faces if face.versions or not only_published]


def dataset(city: str, slug: str) -> DatasetFace:
    """Return one dataset, also one that has no version yet. Raises `NotFound`."""
    row = _rows(city).filter(slug=slug).first()
    if row is None:
        raise NotFound(gettext("Kumpulan data ini tidak ada."))
    return _face(row)


def version(city: str, slug: str, number: int | None = None) -> tuple[DatasetFace, VersionFace]:
    """Return a dataset with one of its versions, the newest where none is named. Raises `NotFound`."""
    found = dataset(city, slug)
    for face in found.versions:
        if number is None or face.number == number:
            return found, face
    raise NotFound(gettext("Versi ini tidak ada."))


def making(city: str, slug: str) -> list[Making]:
    """Return what is being made or failed since the newest published version."""
    rows = Version.objects.filter(dataset__city=city, dataset__slug=slug)
    newest = rows.filter(state=Version.State.PUBLISHED).aggregate(at=Max("number"))["at"] or 0
    waiting = rows.exclude(state=Version.State.PUBLISHED).filter(number__gt=newest).order_by("-number")
    return [Making(row.number, row.state, row.asked_at, row.why_failed) for row in waiting[:5]]


def looked_at(city: str, slug: str) -> datetime | None:
    """Return when a dataset was last frozen, or found unchanged: until then its newest version tells everything."""
    done = (Version.State.PUBLISHED, Version.State.SAME)
    rows = Version.objects.filter(dataset__city=city, dataset__slug=slug, state__in=done)
    found: datetime | None = rows.aggregate(at=Max("frozen_at"))["at"]
    return found


def may_edit(actor: Actor, face: DatasetFace) -> bool:
    """Tell whether somebody may freeze this dataset: whoever acts for its publisher."""
    return actor.speaks_for(face.publisher_id, *EDITORS, city=face.city)


def stamp(city: str) -> str:
    """Return a word that changes whenever something is published in the city."""
    rows = Version.objects.filter(dataset__city=city, state=Version.State.PUBLISHED)
    found = rows.aggregate(at=Max("frozen_at"), last=Max("id"))
    return f"{found['last']}:{found['at']}"


def to_make() -> bool:
    """Tell whether a version waits to be made."""
    return Version.objects.filter(state=Version.State.MAKING).exists()


def _rows(city: str) -> QuerySet[Dataset]:
    published = Version.objects.filter(state=Version.State.PUBLISHED).order_by("-number")
    return (
        Dataset.objects.filter(city=city)
        .select_related("publisher")
        .prefetch_related(Prefetch("versions", queryset=published, to_attr="published"))
    )


def _face(row: Dataset) -> DatasetFace:
    return DatasetFace(
        code=row.code,
        city=row.city,
        slug=row.slug,
        title=row.title,
        title_en=row.title_en or row.title,
        about=row.about,
        about_en=row.about_en or row.about,
        dimensions=tuple(row.dimensions),
        publisher=row.publisher.name,
        publisher_id=row.publisher.public_id,
        asked=read(row.question),
        asked_at=row.asked_at,
        changed_at=row.changed_at,
        versions=tuple(_version(row, each) for each in getattr(row, "published", ())),
    )


def _version(row: Dataset, each: Version) -> VersionFace:
    return VersionFace(
        slug=row.slug,
        title=row.title,
        number=each.number,
        frozen_at=each.frozen_at or each.asked_at,
        row_count=each.row_count,
        content_hash=each.content_hash,
        files=each.files,
        described=each.described,
        columns=tuple(each.columns),
        quality=each.quality,
        provenance=each.provenance,
        changes=each.changes,
        note=each.note,
        entry_hash=each.entry_hash,
    )
