"""The city now, in a form that can be said in words."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.db.models import Max

from rembug.reports.models import Report
from rembug.reports.queries.public.faces import Faces, incidents, live, newest
from rembug.reports.queries.public_types import AreaNow, HappeningNow, IncidentCard
from rembug.reports.rules.depth import DEPTHS

SHOWN = 12
LADDER = ("refuted", "raw", "contested", "plausible", "corroborated", "verified")
DEPTH_ORDER = {depth.code: place for place, depth in enumerate(DEPTHS, start=1)}


def happening_now(city: str, now: datetime) -> HappeningNow:
    """Return what is happening at `now`: kelurahan under water deepest first, then the newest incidents."""
    faces = Faces(city)
    cards = [faces.incident(row) for row in newest(incidents(city).filter(live(city, now)))[:500]]
    return HappeningNow(
        at=now,
        areas=areas_now(cards),
        incidents=tuple(cards[:SHOWN]),
        incident_total=len(cards),
        report_total=sum(card.report_count for card in cards),
        last_received_at=Report.objects.filter(city=city).aggregate(last=Max("received_at"))["last"],
    )


def areas_now(cards: Iterable[IncidentCard]) -> tuple[AreaNow, ...]:
    """Group live flood incidents by kelurahan, deepest first."""
    wet = [card for card in cards if card.category.is_flood and card.area is not None]
    wet.sort(key=_area_code)
    found = [_area(list(group)) for _code, group in groupby(wet, key=_area_code)]
    return tuple(sorted(found, key=lambda area: (-DEPTH_ORDER.get(area.deepest, 0), area.area.name)))


def _area_code(card: IncidentCard) -> str:
    return card.area.code if card.area else ""


def _area(cards: list[IncidentCard]) -> AreaNow:
    # One unchecked voice does not make a headline where others were checked.
    checked = [card for card in cards if card.rung not in {"raw", "contested"}] or cards
    deepest = max(checked, key=lambda card: DEPTH_ORDER.get(card.depth_class, 0))
    surest = max(cards, key=lambda card: (LADDER.index(card.rung), card.probability))
    area = cards[0].area
    assert area is not None
    return AreaNow(
        area=area,
        report_count=sum(card.report_count for card in cards),
        incident_count=len(cards),
        deepest=deepest.depth_class,
        since=min(card.started_at for card in cards),
        last_at=max(card.last_at for card in cards),
        probability=surest.probability,
        rung=surest.rung,
    )
