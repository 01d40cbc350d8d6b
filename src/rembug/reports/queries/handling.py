"""Incidents as those need them who handle them: what changed, who sent a receipt, which photos show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from rembug.reports.models import Decision, Incident, Report
from rembug.reports.queries.snapshot import public_reports
from rembug.reports.rules import receipts


@dataclass(frozen=True, slots=True)
class Happening:
    """One public incident: its place is the public one, its words are those of its surest report, masked."""

    code: str
    category: str
    area_code: str
    lon: float
    lat: float
    probability: float
    rung: str
    words: str
    changed_at: datetime
    reports: int = 1
    id: int = 0  # with `changed_at`: where the next page begins


def changed_since(city: str, at: datetime, limit: int, after: int = 0) -> list[Happening]:
    """Return public incidents that changed after a moment, in the order of change.

    `after`: and those of that moment itself whose `id` is larger; many may change at once.
    """
    later = Q(changed_at__gt=at) | Q(changed_at=at, id__gt=after) if after else Q(changed_at__gt=at)
    changed = Incident.objects.filter(later, city=city, is_public=True)
    rows = list(changed.order_by("changed_at", "id")[:limit])
    members = public_reports(city).filter(incident__in=rows).exclude(text_public="")
    told = members.order_by("probability").values_list("incident_id", "text_public")
    words = dict(told)  # the surest comes last
    return [
        Happening(
            code=row.code,
            category=row.category,
            area_code=row.area_code,
            lon=row.public_lon,
            lat=row.public_lat,
            probability=row.probability,
            rung=row.rung,
            words=words.get(row.pk, ""),
            changed_at=row.changed_at,
            reports=row.report_count,
            id=row.pk,
        )
        for row in rows
    ]


def changed_codes(city: str, at: datetime) -> list[str]:
    """Return the numbers of the public incidents that changed after a moment."""
    rows = Incident.objects.filter(city=city, is_public=True, changed_at__gt=at)
    return list(rows.values_list("code", flat=True))


def seen_since(city: str, incident: str, at: datetime, *, min_probability: float) -> bool:
    """Tell whether a public report that may be true tells what somebody saw after a moment, and sent after it."""
    rows = public_reports(city).filter(incident__code=incident, claim="present")
    rows = rows.filter(probability__gte=min_probability)
    return rows.filter(observed_from__gt=at, received_at__gt=at).exists()


def incident_of_receipt(token: str) -> str:
    """Return the number of the incident to which the report of a secret token belongs; empty where there is none."""
    rows = Report.objects.filter(receipt_hash=receipts.fingerprint(token)).exclude(state=Report.State.ERASED)
    return rows.values_list("incident__code", flat=True).first() or ""


def sources_of(city: str, incident: str) -> frozenset[str]:
    """Return the keyed hashes of those who reported an incident: who may say whether it is settled."""
    rows = Report.objects.filter(city=city, incident__code=incident, state=Report.State.ACTIVE)
    return frozenset(rows.values_list("source", flat=True))


def decided_by(city: str, body: str) -> int:
    """Return how many reports a body's verifiers have decided about; each once."""
    rows = Decision.objects.filter(report__city=city, body__public_id=body)
    return rows.values("report").distinct().count()
