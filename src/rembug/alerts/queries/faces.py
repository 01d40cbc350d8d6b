"""Warnings as everybody may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from rembug.alerts.models import Alert
from rembug.alerts.queries.setup import facts_of
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.places import queries as places

PUBLIC = (Alert.State.RELEASED, Alert.State.REPLACED, Alert.State.ENDED)
ENDINGS = ("cancel", "all-clear")
MOST = 200
TOLD_FOR = timedelta(
    hours=6
)  # so long an end stands where the warning stood: who saw the one must see the other


@dataclass(frozen=True, slots=True)
class AlertFace:
    """One message: who says it, of what, where, until when, how sure."""

    code: str
    city: str
    kind: str
    is_relay: bool
    official: bool
    status: str
    state: str
    level: str
    level_name: str
    identifier: str
    sender: str
    sender_name: str
    headline: str
    description: str
    instruction: str
    words: dict[str, dict[str, str]]
    areas: tuple[tuple[str, str], ...]
    severity: str
    certainty: str
    urgency: str
    probability: float | None
    onset_at: datetime
    expires_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    changed_at: datetime
    basis: dict[str, Any]
    follows: str
    followed_by: tuple[str, ...]

    @property
    def is_exercise(self) -> bool:
        """Tell whether nothing of this is real."""
        return self.status in {"Exercise", "Test"}

    @property
    def is_ending(self) -> bool:
        """Tell whether it says that a warning is over or was withdrawn."""
        return self.kind in ENDINGS

    @property
    def is_over(self) -> bool:
        """Tell whether the message no longer warns."""
        return self.state != Alert.State.RELEASED or self.is_ending or self.expires_at <= clock.now()


def in_force(city: str, now: datetime | None = None) -> list[AlertFace]:
    """Return the warnings that hold now: official ones first, then the most severe, then the newest."""
    moment = now or clock.now()
    rows = _rows(city).filter(state=Alert.State.RELEASED, expires_at__gt=moment).exclude(kind__in=ENDINGS)
    faces = [face_of(row) for row in rows]
    order = {"Extreme": 0, "Severe": 1, "Moderate": 2, "Minor": 3}
    faces.sort(key=lambda one: -(one.sent_at or one.changed_at).timestamp())
    return sorted(faces, key=lambda one: (not (one.is_relay or one.official), order.get(one.severity, 4)))


def ended_lately(city: str, now: datetime | None = None) -> list[AlertFace]:
    """Return the ends of warnings that were told in the last six hours, newest first."""
    moment = now or clock.now()
    rows = _rows(city).filter(kind__in=ENDINGS, sent_at__gt=moment - TOLD_FOR, sent_at__lte=moment)
    return [face_of(row) for row in rows]


def past(city: str, now: datetime | None = None) -> list[AlertFace]:
    """Return what no longer warns, newest first."""
    moment = now or clock.now()
    over = ~Q(state=Alert.State.RELEASED) | Q(expires_at__lte=moment) | Q(kind__in=ENDINGS)
    return [face_of(row) for row in _rows(city).filter(over).order_by("-sent_at")[:MOST]]


def alert(city: str, code: str) -> AlertFace:
    """Return one released message. Raises `NotFound`."""
    row = _rows(city).filter(code=code[:16]).first()
    if row is None:
        raise NotFound(gettext("Peringatan ini tidak ada."))
    return face_of(row)


def xml_of(city: str, code: str) -> bytes:
    """Return the signed CAP message, or the original of a relayed one. Raises `NotFound`."""
    row = _rows(city).filter(code=code[:16]).first()
    if row is None:
        raise NotFound(gettext("Peringatan ini tidak ada."))
    return bytes(row.xml)


def recent(city: str, limit: int = 50) -> list[AlertFace]:
    """Return the messages sent last, newest first (feeds)."""
    return [face_of(row) for row in _rows(city).order_by("-sent_at", "-id")[:limit]]


def _rows(city: str) -> QuerySet[Alert]:
    rows = Alert.objects.filter(city=city, state__in=PUBLIC)
    return rows.select_related("follows").prefetch_related("followed_by").order_by("-sent_at", "-id")


def face_of(row: Alert) -> AlertFace:
    """Return one message in the reader's language."""
    tongue = get_language() or "id"
    words: dict[str, str] = row.words.get(tongue) or row.words.get("id") or next(iter(row.words.values()), {})
    later = [one.code for one in row.followed_by.all() if one.state in PUBLIC]
    return AlertFace(
        code=row.code,
        city=row.city,
        kind=row.kind,
        is_relay=row.origin == Alert.Origin.RELAY,
        official=row.official,
        status=row.status,
        state=row.state,
        level=row.level,
        level_name=_level_name(row),
        identifier=row.identifier,
        sender=row.sender,
        sender_name=row.sender_name,
        headline=words.get("headline", ""),
        description=words.get("description", ""),
        instruction=words.get("instruction", ""),
        words=row.words,
        areas=tuple((code, places.label(row.city, code)) for code in row.areas),
        severity=row.severity,
        certainty=row.certainty,
        urgency=row.urgency,
        probability=row.probability,
        onset_at=row.onset_at,
        expires_at=row.expires_at,
        sent_at=row.sent_at,
        ended_at=row.ended_at,
        changed_at=row.changed_at,
        basis=row.basis,
        follows=row.follows.code if row.follows else "",
        followed_by=tuple(later),
    )


def _level_name(row: Alert) -> str:
    """WASPADA, SIAGA, AWAS only where an office that may has released the message."""
    if not (row.official and row.level):
        return ""
    level = facts_of(row.city).level(row.level)
    return level.official if level else ""
