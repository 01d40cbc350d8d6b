"""Joint positions as everybody sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from rembug.lib.errors import NotFound
from rembug.meetings.models import Position, Signature

LISTED = 100


@dataclass(frozen=True, slots=True)
class SignatureFace:
    """Who signed, when, and since when no longer."""

    body: str
    body_name: str
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class PositionFace:
    """A position with its signatures, oldest first."""

    code: str
    title: str
    text: str
    body: str
    body_name: str
    addressed_to: str
    text_hash: str
    made_at: datetime
    signatures: tuple[SignatureFace, ...]

    @property
    def standing(self) -> int:
        """How many signatures stand."""
        return sum(one.withdrawn_at is None for one in self.signatures)


def listed(city: str) -> list[PositionFace]:
    """Return the city's positions, newest first."""
    return [_face(row) for row in _rows().filter(city=city).order_by("-made_at", "-id")[:LISTED]]


def position(city: str, code: str) -> PositionFace:
    """Return one position. Raises `NotFound`."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound(gettext("Sikap bersama ini tidak ada."))
    return _face(row)


def signed_since(city: str, body: str, since: datetime) -> list[PositionFace]:
    """Return the positions that a body signed since an instant."""
    rows = _rows().filter(city=city, signatures__body__public_id=body, signatures__at__gte=since)
    return [_face(row) for row in rows.distinct().order_by("-made_at")[:LISTED]]


def _rows() -> QuerySet[Position]:
    signatures = Prefetch("signatures", Signature.objects.select_related("body").order_by("at", "id"))
    return Position.objects.select_related("body").prefetch_related(signatures)


def _face(row: Position) -> PositionFace:
    return PositionFace(
        code=row.code,
        title=row.title,
        text=row.text,
        body=row.body.public_id,
        body_name=row.body.name,
        addressed_to=row.addressed_to,
        text_hash=row.text_hash,
        made_at=row.made_at,
        signatures=tuple(
            SignatureFace(one.body.public_id, one.body.name, one.at, one.withdrawn_at)
            for one in row.signatures.all()
        ),
    )
