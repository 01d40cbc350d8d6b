"""The open data: every public report and incident, live and archive, page by page, masked once and for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Count, Max, Q, QuerySet

from rembug.lib import clock
from rembug.lib.masking import Sensitivity, public_time
from rembug.places import queries as places
from rembug.reports.models import Incident, Report
from rembug.reports.queries.categories import categories
from rembug.reports.queries.snapshot import live_reports, public_reports
from rembug.reports.rules.screen import Box

LATEST = 253_000_000_000_000_000  # microseconds: a page key beyond the year 9987 is damaged
SETTLED = timedelta(
    seconds=1
)  # a page by time of change ends here: what is being written now comes on the next one
FIELDS = (
    "id",
    "code",
    "category",
    "claim",
    "depth_class",
    "depth_low_cm",
    "depth_high_cm",
    "setting",
    "observed_at",
    "received_at",
    "area_code",
    "public_lon",
    "public_lat",
    "text_public",
    "landmark",
    "probability",
    "rung",
    "decided",
    "incident__code",
    "changed_at",
)

Row = TypeVar("Row", Report, Incident)


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asked for. `status`: live, ended or all. `rungs` empty means every rung."""

    city: str
    box: Box | None = None
    start: datetime | None = None
    end: datetime | None = None
    status: str = "all"
    rungs: tuple[str, ...] = ()
    min_probability: float | None = None
    category: str = ""
    area: str = ""
    by_change: bool = False
    received_before: datetime | None = None  # of reports: a frozen answer ends at its moment


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows as plain values, and the key after which the next page begins (empty at the end)."""

    items: list[dict[str, Any]]
    after: str


def report_page(question: Question, after: str, limit: int) -> Page:
    """Return one page of reports, oldest first, or by time of change for those who follow."""
    rows = _reports(question)
    order = ("changed_at", "id") if question.by_change else ("id",)
    if question.by_change:
        rows = rows.filter(changed_at__lte=clock.now() - SETTLED)
    rows = _beyond(rows, after, by_change=question.by_change).order_by(*order)
    found = list(rows.values_list(*FIELDS)[: limit + 1])
    face = _Faces(question.city)
    items = [face.report(row) for row in found[:limit]]
    if len(found) <= limit and not question.by_change:
        return Page(items, "")
    last = found[:limit][-1] if found else None
    key = after if last is None else _key(last, by_change=question.by_change)
    return Page(items, key)


def all_reports(question: Question, size: int = 1_000) -> Iterator[dict[str, Any]]:
    """Yield every report that fits, a page of rows in memory at a time."""
    after = ""
    while True:
        page = report_page(question, after, size)
        yield from page.items
        if not page.after or not page.items:
            return
        after = page.after


def all_incidents(question: Question, size: int = 500) -> Iterator[dict[str, Any]]:
    """Yield every public incident that fits, a page of rows in memory at a time."""
    after = ""
    while True:
        page = incident_page(question, after, size)
        yield from page.items
        if not page.after:
            return
        after = page.after


def incident_page(question: Question, after: str, limit: int) -> Page:
    """Return one page of public incidents, oldest first."""
    rows = _incidents(question)
    if after:
        rows = rows.filter(id__gt=_number(after))
    found = list(rows.order_by("id").annotate(reply_count=Count("replies"))[: limit + 1])
    face = _Faces(question.city)
    items = [face.incident(row) for row in found[:limit]]
    return Page(items, _encode(found[limit - 1].id) if len(found) > limit else "")


def newest_incidents(question: Question, limit: int) -> list[dict[str, Any]]:
    """Return the incidents that changed last, newest first (for feeds)."""
    face = _Faces(question.city)
    rows = _incidents(question).annotate(reply_count=Count("replies")).order_by("-changed_at")[:limit]
    return [face.incident(row) for row in rows]


def stamp(city: str) -> str:
    """Return a word that changes whenever a report or an incident of the city does."""
    reports = Report.objects.filter(city=city).aggregate(at=Max("changed_at"))["at"]
    incidents = Incident.objects.filter(city=city).aggregate(at=Max("changed_at"))["at"]
    return f"{reports and reports.timestamp()}:{incidents and incidents.timestamp()}"


def _reports(question: Question) -> QuerySet[Report]:
    now = clock.now()
    rows = public_reports(question.city)
    if question.status == "live":
        rows = live_reports(question.city, now)
    elif question.status == "ended":
        live = live_reports(question.city, now).values("id")
        rows = rows.exclude(id__in=live)
    if question.received_before is not None:
        rows = rows.filter(received_at__lt=question.received_before)
    rows = _in_box(rows, question.box)
    return _common(rows, question, "observed_at")


def _incidents(question: Question) -> QuerySet[Incident]:
    rows = Incident.objects.filter(city=question.city, is_public=True)
    if question.status in {"live", "ended"}:
        alive = Q(pk__in=[])
        for kind in categories(question.city).values():
            since = clock.now() - timedelta(seconds=kind.live_s)
            alive |= Q(category=kind.code, ended_at=None, last_at__gt=since)
        rows = rows.filter(alive) if question.status == "live" else rows.exclude(alive)
    return _common(_in_box(rows, question.box), question, "last_at")


def _common(rows: QuerySet[Row], question: Question, time_column: str) -> QuerySet[Row]:
    if question.start is not None:
        rows = rows.filter(**{f"{time_column}__gte": question.start})
    if question.end is not None:
        rows = rows.filter(**{f"{time_column}__lt": question.end})
    if question.rungs:
        rows = rows.filter(rung__in=question.rungs)
    if question.min_probability is not None:
        rows = rows.filter(probability__gte=question.min_probability)
    if question.category:
        rows = rows.filter(category=question.category)
    if question.area:
        rows = rows.filter(Q(area_code=question.area) | Q(area_code__startswith=f"{question.area}."))
    return rows


def _in_box(rows: QuerySet[Row], box: Box | None) -> QuerySet[Row]:
    if box is None:
        return rows
    rows = rows.filter(public_lat__gte=box.south, public_lat__lte=box.north)
    if box.west <= box.east:
        return rows.filter(public_lon__gte=box.west, public_lon__lte=box.east)
    return rows.filter(Q(public_lon__gte=box.west) | Q(public_lon__lte=box.east))


def _beyond(rows: QuerySet[Report], after: str, *, by_change: bool) -> QuerySet[Report]:
    if not after:
        return rows
    if not by_change:
        return rows.filter(id__gt=_number(after))
    micros, _, number = after.partition("-")
    at = datetime.fromtimestamp(min(_number(micros), LATEST) / 1e6, UTC)
    return rows.filter(Q(changed_at__gt=at) | Q(changed_at=at, id__gt=_number(number or "0")))


def _key(row: tuple[Any, ...], *, by_change: bool) -> str:
    if not by_change:
        return _encode(row[0])
    return f"{_encode(round(row[19].timestamp() * 1e6))}-{_encode(row[0])}"


def _encode(number: int) -> str:
    return format(number, "x")


def _number(text: str) -> int:
    """Read a page key; a damaged one begins anew."""
    try:
        return min(int(text, 16), 2**62)
    except ValueError:
        return 0


class _Faces:
    """Turns rows into the values of the open data."""

    def __init__(self, city: str) -> None:
        self.city = city
        self.kinds = categories(city)

    def report(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """One report: place and time as the public may know them."""
        sensitivity = self._sensitivity(row[2], row[7])
        moved = sensitivity is Sensitivity.HOME
        observed, received = public_time(row[8], sensitivity), public_time(row[9], sensitivity)
        return {
            "code": row[1],
            "category": row[2],
            "claim": row[3],
            "depth_class": row[4] or None,
            "depth_low_cm": row[5],
            "depth_high_cm": row[6],
            "observed_at": _iso(observed),
            "received_at": _iso(received),
            "area_code": row[10] or None,
            "area_name": places.label(self.city, row[10]) if row[10] else None,
            "lon": row[11],
            "lat": row[12],
            "place_moved": moved,
            "landmark": None if moved else row[14] or None,
            "text": row[13] or None,
            "probability": round(row[15], 3),
            "rung": row[16],
            "decided": row[17] or None,
            "incident": row[18],
        }

    def incident(self, row: Incident) -> dict[str, Any]:
        """One incident: times to ten minutes, place as the mean of what is public of its reports."""
        kind = self.kinds.get(row.category)
        return {
            "code": row.code,
            "category": row.category,
            "category_name": kind.names.get("id", row.category) if kind else row.category,
            "area_code": row.area_code or None,
            "area_name": places.label(self.city, row.area_code) if row.area_code else None,
            "started_at": _iso(public_time(row.started_at, Sensitivity.HOME)),
            "last_at": _iso(public_time(row.last_at, Sensitivity.HOME)),
            "ended_at": _iso(public_time(row.ended_at, Sensitivity.HOME) if row.ended_at else None),
            "report_count": row.report_count,
            "witness_count": row.witness_count,
            "dry_count": row.dry_count,
            "depth_class": row.depth_class or None,
            "depth_low_cm": row.depth_low_cm,
            "depth_high_cm": row.depth_high_cm,
            "probability": round(row.probability, 3),
            "rung": row.rung,
            "reply_count": getattr(row, "reply_count", 0),
            "lon": row.public_lon,
            "lat": row.public_lat,
            "changed_at": row.changed_at.astimezone(UTC).replace(microsecond=0).isoformat(),
        }

    def _sensitivity(self, category: str, setting: str) -> Sensitivity:
        if setting:
            return Sensitivity.EXACT if setting == "street" else Sensitivity.HOME
        kind = self.kinds.get(category)
        return Sensitivity(kind.sensitivity) if kind is not None else Sensitivity.HOME


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()
