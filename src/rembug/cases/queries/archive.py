"""Every case as open data: who had it, what was promised, whether the first answer came in time. No words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch, Q

from rembug.cases.models import Case, Deadline
from rembug.cases.queries.setup import trials_of
from rembug.lib import clock
from rembug.people.models import Body
from rembug.places import queries as places

COARSE_S = 600  # times are cut to ten minutes: a case of one report may not tell when it was sent
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """The clock of a case's first answer; `in_time` is None while it still runs."""

    due_at: datetime | None
    in_time: bool | None


def all_cases(
    city: str,
    *,
    category: str = "",
    area: str = "",
    span: tuple[datetime | None, datetime | None] = (None, None),
    before: datetime | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield each case opened in a span (the end not included) and before a moment, in the order of opening."""
    rows = Case.objects.filter(city=city).select_related("body").order_by("id")
    rows = rows.prefetch_related(Prefetch("deadlines", Deadline.objects.order_by("started_at", "id")))
    if category:
        rows = rows.filter(category=category)
    if area:
        rows = rows.filter(Q(area_code=area) | Q(area_code__startswith=f"{area}."))
    start, end = span
    if start:
        rows = rows.filter(opened_at__gte=start)
    for limit in (end, before):
        rows = rows.filter(opened_at__lt=limit) if limit else rows
    now = before or clock.now()
    trials = frozenset(trials_of(city))
    for row in rows.iterator(PAGE):
        yield _row(row, now, trials)


def first_answer(row: Case, now: datetime, trials: Collection[str]) -> Kept:
    """Return the clock of the first answer: of the matter's class, as it was last reckoned, whatever came later.

    Only a body that has joined is held to it, and none of `trials` (public ids); for others there is none.
    """
    if row.body is None or row.body.state != Body.State.CONFIRMED or row.body.public_id in trials:
        return Kept(None, None)
    clocks = [one for one in row.deadlines.all() if one.kind == row.legal_class]
    if not clocks:
        return Kept(None, None)
    due = [one for one in clocks if one.started_at == clocks[0].started_at][-1].due_at
    if row.answered_at is not None and row.answered_at <= now:
        return Kept(due, row.answered_at <= due)
    return Kept(due, False if due < now else None)


def _row(row: Case, now: datetime, trials: Collection[str]) -> dict[str, Any]:
    kept = first_answer(row, now, trials)
    return {
        "code": row.code,
        "category": row.category,
        "area_code": row.area_code or None,
        "area_name": places.label(row.city, row.area_code) if row.area_code else None,
        "body": row.body.public_id if row.body else None,
        "body_name": row.body.name if row.body else None,
        "channel": row.channel,
        "state": row.state,
        "opened_at": _coarse(row.opened_at),
        "answer_due_at": _coarse(kept.due_at),
        "answered_at": _coarse(row.answered_at),
        "settled_at": _coarse(row.settled_at),
        "in_time": kept.in_time,
        "lon": row.lon,
        "lat": row.lat,
    }


def _coarse(at: datetime | None) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(int(at.timestamp()) // COARSE_S * COARSE_S, UTC).isoformat()
