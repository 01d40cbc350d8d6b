"""Photos of what is done: those that everybody sees, those that wait for a look, and what is known of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from rembug.lib.actor import Actor
from rembug.reports.models import Attached
from rembug.reports.queries.work.scope import MODERATORS, within

LISTED = 12


@dataclass(frozen=True, slots=True)
class AttachedPhoto:
    """One photo. `exif_m`: metres from the thing, None where the photo does not tell its place."""

    name: str
    kind: str
    code: str
    state: str
    width: int
    height: int
    exif_at: datetime | None
    exif_m: float | None
    reused: bool
    received_at: datetime


def public(city: str, kind: str, code: str) -> list[AttachedPhoto]:
    """Return the shown photos of a thing, newest first."""
    rows = Attached.objects.filter(city=city, kind=kind, code=code, state=Attached.State.PUBLIC)
    return [_face(row) for row in rows.order_by("-received_at", "-id")[:LISTED]]


def of(city: str, kind: str, code: str) -> list[AttachedPhoto]:
    """Return all photos of a thing, for its handlers, newest first."""
    rows = Attached.objects.filter(city=city, kind=kind, code=code)
    return [_face(row) for row in rows.order_by("-received_at", "-id")[:LISTED]]


def first_of(city: str, kind: str, codes: Collection[str]) -> dict[str, str]:
    """Return the name of the newest shown photo of each of some things by its number."""
    rows = Attached.objects.filter(city=city, kind=kind, code__in=codes, state=Attached.State.PUBLIC)
    return dict(rows.order_by("received_at", "id").values_list("code", "name"))


def one(city: str, name: str) -> AttachedPhoto | None:
    """Return one photo by its name."""
    row = Attached.objects.filter(city=city, name=name).first()
    return _face(row) if row else None


def to_look_at(*, actor: Actor, city: str) -> list[AttachedPhoto]:
    """Return the photos that wait for a look by the actor, the longest waiting first."""
    rows = _within(actor, city).filter(state=Attached.State.READY)
    return [_face(row) for row in rows.order_by("id")[:LISTED]]


def looked_at(*, actor: Actor, city: str) -> list[AttachedPhoto]:
    """Return the photos that were looked at last, so that a slip can be put right."""
    rows = _within(actor, city).exclude(state=Attached.State.READY)
    return [_face(row) for row in rows.order_by("-looked_at")[:LISTED]]


def _within(actor: Actor, city: str) -> QuerySet[Attached]:
    rows = Attached.objects.filter(within(actor, city, MODERATORS), city=city)
    return rows.exclude(Q(sender_id=actor.person_id) if actor.person_id else Q(pk__in=[]))


def _face(row: Attached) -> AttachedPhoto:
    return AttachedPhoto(
        name=row.name,
        kind=row.kind,
        code=row.code,
        state=row.state,
        width=row.width,
        height=row.height,
        exif_at=row.exif_at,
        exif_m=row.exif_m,
        reused=row.reused,
        received_at=row.received_at,
    )
