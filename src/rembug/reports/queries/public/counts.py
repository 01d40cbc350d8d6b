"""A few sums over public reports of a place: what lessons and weekly texts say in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from rembug.reports.queries.categories import categories
from rembug.reports.queries.public.faces import counted_reports, incidents
from rembug.reports.queries.public.now import DEPTH_ORDER


@dataclass(frozen=True, slots=True)
class Counts:
    """What was reported of a place in a span. `deepest` is a depth class; empty when nothing deep was reported."""

    reports: int
    flood_reports: int
    flood_days: int
    dry_reports: int
    deepest: str
    deepest_incident: str  # its public code
    incidents: int


def inside(area: str) -> Q:
    """Return the condition of an area and what lies in it; an empty code is the whole city."""
    return Q(area_code=area) | Q(area_code__startswith=f"{area}.") if area else Q()


def counts(city: str, area: str, since: datetime, until: datetime) -> Counts:
    """Count reports seen from `since` to before `until`. Refuted happenings give no depth."""
    floods = [code for code, row in categories(city).items() if row.is_flood]
    rows = counted_reports(city).filter(inside(area), observed_at__gte=since, observed_at__lt=until)
    wet = rows.filter(category__in=floods, claim="present")
    sums = rows.aggregate(
        every=Count("id", filter=Q(claim="present")),
        dry=Count("id", filter=Q(category__in=floods, claim="absent")),
    )
    days = wet.annotate(day=TruncDate("observed_at")).aggregate(days=Count("day", distinct=True))
    happened = (
        incidents(city).filter(inside(area), last_at__gte=since, started_at__lt=until).exclude(rung="refuted")
    )
    deep = (
        happened.filter(category__in=floods)
        .exclude(rung__in=("raw", "contested"))
        .values_list("depth_class", "code")
    )
    deepest = max(deep, key=lambda row: DEPTH_ORDER.get(row[0], 0), default=("", ""))
    return Counts(sums["every"], wet.count(), days["days"], sums["dry"], *deepest, happened.count())
