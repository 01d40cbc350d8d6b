"""One kelurahan: now, its last thirty days, who looks after it."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from rembug.lib import clock
from rembug.people.models import Body
from rembug.places import queries as places
from rembug.reports.models import Reply, Report
from rembug.reports.queries.public.faces import Faces, counted_reports, incidents, live, newest
from rembug.reports.queries.public.now import DEPTH_ORDER, areas_now
from rembug.reports.queries.public.presence import water_by_hour
from rembug.reports.queries.public_types import (
    AreaView,
    BodyFace,
    CategoryFace,
    DayCount,
    IncidentCard,
    PublicReply,
)

DAYS = 30
LISTED = 60


def area_page(city: str, area_code: str, day: date | None = None) -> AreaView:
    """Return an area as its page shows it; `day` (local) picks the incidents of that day instead of the live ones.

    `area_code` may also be its slug. Raises `NotFound` when the city has no such area.
    """
    faces = Faces(city)
    here = places.area(city, area_code)
    area_code = here.code
    now = clock.now()
    inside = Q(area_code=area_code) | Q(area_code__startswith=f"{area_code}.")
    alive = [
        faces.incident(row) for row in newest(incidents(city).filter(inside).filter(live(city, now)))[:LISTED]
    ]
    listed = alive if day is None else _of_day(city, faces, inside, day)
    wet = areas_now(alive)
    reports = counted_reports(city).filter(
        inside, observed_at__gte=_midnight(_today() - timedelta(days=DAYS - 1))
    )
    return AreaView(
        area=faces.areas[area_code],
        now=wet[0] if wet else None,
        incidents=tuple(listed),
        days=_days(reports.filter(claim="present")),
        bodies=_bodies(city, area_code),
        replies=_replies(city, inside),
        categories=_categories(faces, reports.filter(claim="present")),
        approximate=here.approximate,
        water=water_by_hour(city, area_code),
    )


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _of_day(city: str, faces: Faces, inside: Q, day: date) -> list[IncidentCard]:
    span = Q(started_at__lt=_midnight(day + timedelta(days=1)), last_at__gte=_midnight(day))
    return [faces.incident(row) for row in newest(incidents(city).filter(inside).filter(span))[:LISTED]]


def _days(reports: QuerySet[Report]) -> tuple[DayCount, ...]:
    counts: dict[date, int] = defaultdict(int)
    deepest: dict[date, str] = defaultdict(str)
    zone = timezone.get_current_timezone()
    rows = reports.annotate(day=TruncDate("observed_at", tzinfo=zone)).values_list("day", "depth_class")
    for day, depth, number in rows.annotate(number=Count("pk")).order_by():
        counts[day] += number
        deepest[day] = max(deepest[day], depth, key=lambda code: DEPTH_ORDER.get(code, 0))
    last = _today()
    days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    return tuple(DayCount(day, counts[day], deepest[day]) for day in days)


def _bodies(city: str, area_code: str) -> tuple[BodyFace, ...]:
    """Bodies that look after this very area or the kecamatan around it; the whole city's are on the page of bodies."""
    around = [area_code, area_code.rpartition(".")[0]]
    rows = (
        Body.objects.filter(city=city, areas__area_code__in=around)
        .exclude(state__in=[Body.State.PENDING, Body.State.CLOSED])
        .exclude(level=Body.Level.CITY)
        .order_by("-level", "name")
        .distinct()
    )
    return tuple(
        BodyFace(row.name, row.kind, row.public_id, row.is_example, row.state == Body.State.CONFIRMED)
        for row in rows
    )


def _replies(city: str, inside: Q) -> tuple[PublicReply, ...]:
    mine = Q(incidents__in=incidents(city).filter(inside).values("pk"))
    rows = Reply.objects.filter(mine, city=city, withdrawn_at=None).select_related("body").distinct()
    return tuple(
        PublicReply(row.code, row.office, row.body.name, row.text, row.at) for row in rows.order_by("-at")[:5]
    )


def _categories(faces: Faces, reports: QuerySet[Report]) -> tuple[tuple[CategoryFace, int], ...]:
    rows = reports.values_list("category").annotate(number=Count("pk")).order_by("-number", "category")
    return tuple((faces.category(code), number) for code, number in rows)
