"""The queue of reports that a person should check, most informative first, and one report with all that helps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Count, Q, QuerySet

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.reports.models import Report
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import AreaFace, CategoryFace
from rembug.reports.queries.work.scope import DECIDERS, own, within
from rembug.reports.rules import queue as rules

OPEN_DAYS = 14  # an older report can no longer be checked on the spot
LOADED = 20_000
PAGE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the verifier asked for; empty means everything. `decided`: those that somebody has decided already."""

    area: str = ""
    category: str = ""
    decided: bool = False


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One report of the queue; `words` are the original ones, for handlers only."""

    code: str
    category: CategoryFace
    area: AreaFace | None
    observed_at: datetime
    claim: str
    depth_class: str
    words: str
    landmark: str
    probability: float
    rung: str
    decided: str
    is_private: bool
    photo_count: int
    witness_count: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The first items of the queue and how many there are in all."""

    items: tuple[QueueItem, ...]
    total: int


def queue(*, actor: Actor, city: str, asked: Asked) -> Queue:
    """Return what the actor may check, most informative first; or what is decided, newest first."""
    rows = _rows(actor, city, asked)
    if asked.decided:
        keys = list(rows.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:PAGE])
        return Queue(_items(city, keys), rows.count())
    keys = _ordered(rows)
    return Queue(_items(city, keys[:PAGE]), len(keys))


def waiting(*, actor: Actor, city: str) -> int:
    """Return how many reports wait for a check by the actor."""
    return _rows(actor, city, Asked()).count()


def following(*, actor: Actor, city: str, asked: Asked, code: str) -> str:
    """Return the code of the report to look at after this one; empty when none is left."""
    keys = _ordered(_rows(actor, city, Asked(asked.area, asked.category)))
    here = Report.objects.filter(city=city, code=code).values_list("pk", flat=True).first()
    at = keys.index(here) + 1 if here in keys else 0
    rest = keys[at:] or [key for key in keys[:at] if key != here]
    if not rest:
        return ""
    return Report.objects.values_list("code", flat=True).get(pk=rest[0])


def _rows(actor: Actor, city: str, asked: Asked) -> QuerySet[Report]:
    since = clock.now() - timedelta(days=OPEN_DAYS)
    rows = Report.objects.filter(within(actor, city, DECIDERS), city=city, state=Report.State.ACTIVE)
    rows = rows.exclude(processed_at=None).exclude(own(actor)).filter(observed_at__gte=since)
    rows = rows.exclude(decided="") if asked.decided else rows.filter(decided="")
    if asked.area:
        rows = rows.filter(Q(area_code=asked.area) | Q(area_code__startswith=f"{asked.area}."))
    return rows.filter(category=asked.category) if asked.category else rows


def _ordered(rows: QuerySet[Report]) -> list[int]:
    columns = ("pk", "probability", "incident__witness_count", "observed_at")
    found = list(rows.order_by("-observed_at", "-pk").values_list(*columns)[:LOADED])
    if not found:
        return []
    now = clock.now()
    order = rules.order(
        np.array([row[0] for row in found], dtype=np.int64),
        np.array([row[1] for row in found], dtype=np.float64),
        np.array([row[2] or 1 for row in found], dtype=np.float64),
        np.array([(now - row[3]).total_seconds() for row in found], dtype=np.float64),
        np.zeros(len(found), dtype=np.int64),
    )
    return [int(found[at][0]) for at in order.tolist()]


def _items(city: str, keys: Iterable[int]) -> tuple[QueueItem, ...]:
    wanted, faces = list(keys), Faces(city)
    found = Report.objects.filter(pk__in=wanted).select_related("incident").annotate(n=Count("photos"))
    rows = {row.pk: row for row in found}
    return tuple(_item(faces, rows[key]) for key in wanted if key in rows)


def _item(faces: Faces, row: Report) -> QueueItem:
    return QueueItem(
        code=row.code,
        category=faces.category(row.category),
        area=faces.areas.get(row.area_code),
        observed_at=row.observed_at,
        claim=row.claim,
        depth_class=row.depth_class,
        words=row.text,
        landmark=row.landmark,
        probability=row.probability,
        rung=row.rung,
        decided=row.decided,
        is_private=row.visibility != "public",
        photo_count=int(getattr(row, "n", 0)),
        witness_count=row.incident.witness_count if row.incident else 1,
    )
