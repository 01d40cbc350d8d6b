"""How many cases of a place are open, late, answered, settled: for one sentence elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from rembug.cases.models import Case
from rembug.cases.queries.setup import trials_of
from rembug.cases.rules.states import OPEN
from rembug.lib import clock


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Cases of a place now, and what happened to them in a span."""

    open: int
    late: int
    settled: int
    opened: int
    answered: int


def counts(city: str, area: str, since: datetime, body: str = "") -> CaseCounts:
    """Count cases of an area (empty: the city), of one body when its public id is given; spans begin at `since`."""
    rows = Case.objects.filter(city=city)
    if area:
        rows = rows.filter(Q(area_code=area) | Q(area_code__startswith=f"{area}."))
    if body:
        rows = rows.filter(body__public_id=body)
    found = rows.aggregate(
        open=Count("id", filter=Q(state__in=OPEN)),
        late=Count(
            "id",
            filter=Q(state__in=OPEN, due_at__lt=clock.now(), body__state="confirmed")
            & ~Q(body__public_id__in=list(trials_of(city))),
        ),
        settled=Count("id", filter=Q(state="settled")),
        opened=Count("id", filter=Q(opened_at__gte=since)),
        answered=Count("id", filter=Q(answered_at__gte=since)),
    )
    return CaseCounts(**found)
