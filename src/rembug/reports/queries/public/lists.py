"""The list beside the map: incidents newest first, page by page, by keys instead of page numbers."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from rembug.lib import clock
from rembug.reports.models import Incident
from rembug.reports.queries.public.faces import Faces, incidents, live, newest
from rembug.reports.queries.public_types import Filters, IncidentList

PAGE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def incident_list(city: str, filters: Filters, after: str = "") -> IncidentList:
    """Return the incidents that match, after the key of the last page (`IncidentList.next_after`)."""
    rows = _matching(city, filters)
    total = rows.count()
    start = _key(after)
    if start is not None:
        at, pk = start
        rows = rows.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk))
    page = list(newest(rows)[: PAGE + 1])
    faces = Faces(city)
    more = _written(page[PAGE - 1]) if len(page) > PAGE else ""
    return IncidentList(tuple(faces.incident(row) for row in page[:PAGE]), total, more)


def _matching(city: str, filters: Filters) -> QuerySet[Incident]:
    rows = incidents(city)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.area:
        rows = rows.filter(Q(area_code=filters.area) | Q(area_code__startswith=f"{filters.area}."))
    if filters.rung:
        rows = rows.filter(rung=filters.rung)
    if filters.day:
        zone = timezone.get_current_timezone()
        start = datetime(filters.day.year, filters.day.month, filters.day.day, tzinfo=zone)
        rows = rows.filter(started_at__lt=start + timedelta(days=1), last_at__gte=start)
    elif filters.state == "now":
        rows = rows.filter(live(city, clock.now()))
    elif filters.state == "ended":
        rows = rows.exclude(live(city, clock.now()))
    return rows


def _written(row: Incident) -> str:
    return f"{(row.last_at - EPOCH) // MICROSECOND}-{row.pk}"


def _key(after: str) -> tuple[datetime, int] | None:
    at, _, pk = after.partition("-")
    try:
        return EPOCH + int(at) * MICROSECOND, int(pk)
    except (ValueError, OverflowError):
        return None
