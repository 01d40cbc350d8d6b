"""The morning sheet: what the city must know before the first meeting, on one page."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from rembug.lib.actor import Actor
from rembug.reports.models import Incident, Photo, Recipient, Report
from rembug.reports.queries.public.faces import Faces, live
from rembug.reports.queries.public.now import DEPTH_ORDER
from rembug.reports.queries.public_types import AreaFace, CategoryFace, IncidentCard
from rembug.reports.queries.work.scope import COORDINATORS, within

DAY = timedelta(hours=24)
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One kelurahan: reports of the last day, live incidents, its deepest water, incidents that nobody has read."""

    area: AreaFace | None
    reports: int
    incidents: int
    deepest: str
    unread: int


@dataclass(frozen=True, slots=True)
class Morning:
    """The figures at `at`, within the areas of the one who asks."""

    at: datetime
    reports: int
    before: int  # the 24 hours before those
    kinds: tuple[tuple[CategoryFace, int], ...]
    incidents: int
    unread: int
    unanswered: int
    oldest_unread: datetime | None
    photos: int
    checks: int
    deepest: tuple[IncidentCard, ...]
    areas: tuple[AreaLine, ...]


def morning(*, actor: Actor, city: str, now: datetime) -> Morning:
    """Return the sheet for a coordinator. Incidents are live ones; "unread" means that no body has opened it."""
    faces = Faces(city)
    reports = Report.objects.filter(within(actor, city, COORDINATORS), city=city, state=Report.State.ACTIVE)
    fresh = reports.filter(received_at__gte=now - DAY, received_at__lte=now)
    happening = Incident.objects.filter(
        within(actor, city, COORDINATORS), live(city, now), city=city, report_count__gt=0, merged_into=None
    )
    cards = [faces.incident(row) for row in happening.order_by("-last_at", "-pk")]
    read = set(_received(happening).exclude(read_at=None).values_list("incident__code", flat=True))
    answered = set(
        happening.filter(replies__withdrawn_at=None).exclude(replies=None).values_list("code", flat=True)
    )
    unread = [card for card in cards if card.code not in read]
    kinds = Counter(fresh.values_list("category", flat=True))
    waiting = reports.filter(decided="", observed_at__gte=now - timedelta(days=14)).exclude(processed_at=None)
    return Morning(
        at=now,
        reports=fresh.count(),
        before=reports.filter(received_at__gte=now - 2 * DAY, received_at__lt=now - DAY).count(),
        kinds=tuple((faces.category(code), number) for code, number in kinds.most_common()),
        incidents=len(cards),
        unread=len(unread),
        unanswered=sum(card.code not in answered for card in cards),
        oldest_unread=min((card.started_at for card in unread), default=None),
        photos=Photo.objects.filter(report__in=reports, state=Photo.State.READY).count(),
        checks=waiting.count(),
        deepest=_deepest(cards),
        areas=_areas(faces, fresh, cards, {card.code for card in unread}),
    )


def _received(incidents: QuerySet[Incident]) -> QuerySet[Recipient]:
    return Recipient.objects.filter(incident__in=incidents)


def _depth(card: IncidentCard) -> int:
    return DEPTH_ORDER.get(card.depth_class, 0) if card.category.is_flood else 0


def _deepest(cards: list[IncidentCard]) -> tuple[IncidentCard, ...]:
    wet = [card for card in cards if _depth(card) > 1]
    return tuple(sorted(wet, key=lambda card: (-_depth(card), -card.probability))[:DEEPEST])


def _areas(
    faces: Faces, fresh: QuerySet[Report], cards: list[IncidentCard], unread: set[str]
) -> tuple[AreaLine, ...]:
    counts = Counter(fresh.values_list("area_code", flat=True))
    by_area: dict[str, list[IncidentCard]] = {}
    for card in cards:
        by_area.setdefault(card.area.code if card.area else "", []).append(card)
    lines = [
        AreaLine(
            area=faces.areas.get(code),
            reports=counts[code],
            incidents=len(by_area.get(code, [])),
            deepest=max(
                (c.depth_class for c in by_area.get(code, [])),
                key=lambda d: DEPTH_ORDER.get(d, 0),
                default="",
            ),
            unread=sum(card.code in unread for card in by_area.get(code, [])),
        )
        for code in {*counts, *by_area}
    ]
    return tuple(
        sorted(lines, key=lambda line: (-line.reports, -line.incidents, line.area.name if line.area else "~"))
    )
