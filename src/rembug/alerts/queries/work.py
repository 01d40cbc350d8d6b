"""Warnings as those see them who write and release them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from rembug.alerts.models import Alert, Approval, Delivery
from rembug.alerts.queries.faces import AlertFace, face_of
from rembug.alerts.rules.states import APPROVERS, NEEDED, OPEN, WRITERS
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class Draft:
    """A message at work: its text, who has said yes, and what the asker may do."""

    face: AlertFace
    revision: int
    made_at: datetime
    by_forecast: bool
    approvals: tuple[str, ...]  # names of the offices
    missing: int
    said_yes: bool
    may_write: bool
    may_approve: bool
    reason: str
    reached: tuple[tuple[str, int, int], ...]  # channel, made, sent


def desk(actor: Actor, city: str) -> tuple[list[Draft], list[Draft]]:
    """Return what waits and what was sent or refused lately."""
    rows = Alert.objects.filter(city=city).select_related("follows").prefetch_related("followed_by")
    waiting = rows.filter(state__in=OPEN).order_by("-made_at")
    rest = rows.exclude(state__in=OPEN).order_by("-changed_at")[:30]
    return [_draft(actor, row) for row in waiting], [_draft(actor, row) for row in rest]


def draft(actor: Actor, city: str, code: str) -> Draft:
    """Return one message in any state. Raises `NotFound`."""
    row = Alert.objects.filter(city=city, code=code[:16]).select_related("follows").first()
    if row is None:
        raise NotFound("Peringatan ini tidak ada.")
    return _draft(actor, row)


def _draft(actor: Actor, row: Alert) -> Draft:
    yes = list(
        Approval.objects.filter(alert=row, revision=row.revision).select_related("body").order_by("at")
    )
    said = any(one.voice == actor.public_id for one in yes)
    is_open = row.state in OPEN
    counted = Delivery.objects.filter(alert=row).values("channel")
    sent = counted.annotate(made=Count("id"), sent=Count("id", filter=~Q(sent_at=None))).order_by("channel")
    return Draft(
        face=face_of(row),
        revision=row.revision,
        made_at=row.made_at,
        by_forecast=row.by_forecast,
        approvals=tuple(one.body.name for one in yes),
        missing=max(NEEDED - len(yes), 0),
        said_yes=said,
        may_write=is_open and actor.may(*WRITERS, city=row.city) and row.origin == Alert.Origin.OWN,
        may_approve=row.state == Alert.State.DRAFT and not said and actor.may(*APPROVERS, city=row.city),
        reason=row.reason,
        reached=tuple((one["channel"], one["made"], one["sent"]) for one in sent),
    )
