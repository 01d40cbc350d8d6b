"""Calls as everybody sees them, and as their body does."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext

from rembug.calls.models import Call, Joining, Point, Reading, Watcher
from rembug.calls.rules.comparing import compare
from rembug.calls.rules.links import hash_of
from rembug.calls.rules.shapes import CallFace, PointFace
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.lib.ical import Event
from rembug.places import queries as places
from rembug.reports.rules.depth import DEPTHS

LISTED = 100
RINGS = (timedelta(days=1), timedelta(hours=2))
PAST = timedelta(days=31)
DEEPER = {depth.code: place for place, depth in enumerate(DEPTHS)}


def coming(city: str) -> list[CallFace]:
    """Return calls that are not over, soonest first."""
    rows = _rows().filter(city=city, ends_at__gte=clock.now(), cancelled_at=None, closed_at=None)
    return [_face(row) for row in rows.order_by("starts_at", "id")[:LISTED]]


def past(city: str) -> list[CallFace]:
    """Return calls that are over or closed, newest first."""
    rows = _rows().filter(city=city, cancelled_at=None).exclude(closed_at=None, ends_at__gte=clock.now())
    return [_face(row) for row in rows.order_by("-starts_at", "-id")[:LISTED]]


def of_body(city: str, body: str, since: datetime | None = None) -> list[CallFace]:
    """Return the calls of a body, newest first."""
    rows = _rows().filter(city=city, body__public_id=body)
    if since is not None:
        rows = rows.filter(ends_at__gte=since)
    return [_face(row) for row in rows.order_by("-starts_at", "-id")[:LISTED]]


def joined_by(city: str, body: str) -> int:
    """Return how many calls people of a body joined."""
    rows = Joining.objects.filter(call__city=city, body__public_id=body, people__gt=0)
    return rows.values("call").distinct().count()


def mine(actor: Actor, city: str) -> list[CallFace]:
    """Return the calls of bodies that the actor has a role in, newest first."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    rows = _rows().filter(city=city, body__public_id__in=bodies)
    return [_face(row) for row in rows.order_by("-starts_at", "-id")[:LISTED]]


def call(city: str, code: str) -> CallFace:
    """Return one call with its points and what came of them. Raises `NotFound`."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound(gettext("Ajakan ini tidak ada."))
    return _face(row, whole=True)


def watch(city: str, token: str) -> tuple[CallFace, tuple[PointFace, ...], frozenset[int]]:
    """Return a watcher's call, their points in walking order, and the numbers they have answered. Raises `NotFound`."""
    row = Watcher.objects.select_related("call").filter(token_hash=hash_of(token), call__city=city).first()
    if row is None:
        raise NotFound(gettext("Tautan pantauan ini tidak berlaku."))
    found = call(city, row.call.code)
    by_number = {point.number: point for point in found.points}
    own = tuple(by_number[number] for number in row.points if number in by_number)
    done = Reading.objects.filter(watcher=row).exclude(point=None).values_list("point__number", flat=True)
    return found, own, frozenset(done)


def events(city: str) -> list[Event]:
    """Return calls for a calendar; cancelled ones say so."""
    rows = _rows().filter(city=city, ends_at__gte=clock.now() - PAST)
    return [_event(row) for row in rows.order_by("starts_at", "id")[:500]]


def event(city: str, code: str) -> Event:
    """Return one call for the calendar of whoever comes: it rings the day before and two hours before."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound(gettext("Ajakan ini tidak ada."))
    return replace(_event(row), alarms=RINGS)


def _event(row: Call) -> Event:
    return Event(
        f"call-{row.code}@{row.city}.rembug",
        row.starts_at,
        row.ends_at,
        row.title,
        f"{row.what}\n{row.safety}\n{settings.PUBLIC_URL}{reverse('calls:call', args=[row.code])}",
        row.place,
        row.cancelled_at is not None,
        busy=True,
    )


def _rows() -> QuerySet[Call]:
    return Call.objects.select_related("body")


def _state(row: Call) -> str:
    now = clock.now()
    if row.cancelled_at is not None:
        return "cancelled"
    if row.closed_at is not None:
        return "closed"
    if now < row.starts_at:
        return "coming"
    return "now" if now <= row.ends_at else "past"


def _face(row: Call, *, whole: bool = False) -> CallFace:
    area = places.area(row.city, row.area_code) if row.area_code else None
    joinings = Joining.objects.filter(call=row, people__gt=0)
    points = _points(row) if whole and row.kind == Call.Kind.WATCH else ()
    watchers = Watcher.objects.filter(call=row).count() if row.kind == Call.Kind.WATCH else 0
    looked: dict[str, int] = defaultdict(int)
    for point in points:
        looked[point.area_name] += point.looked
    return CallFace(
        code=row.code,
        kind=row.kind,
        title=row.title,
        what=row.what,
        body=row.body.public_id,
        body_name=row.body.name,
        place=row.place,
        area_name=area.name if area else "",
        area_slug=area.slug if area else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        wanted=row.wanted,
        joined=(joinings.aggregate(sum=Sum("people"))["sum"] or 0) + watchers,
        joined_bodies=tuple(sorted(set(joinings.exclude(body=None).values_list("body__name", flat=True)))),
        safety=row.safety,
        role=row.role,
        state=_state(row),
        cancelled_why=row.cancelled_why,
        result=row.result,
        came=row.came,
        hours=row.hours,
        level_cm=row.level_cm,
        watchers=watchers,
        points=points,
        silent_areas=tuple(sorted(name for name, number in looked.items() if name and not number)),
        comparison=compare(points) if points else None,
    )


def _points(row: Call) -> tuple[PointFace, ...]:
    wet: Counter[int] = Counter()
    dry: Counter[int] = Counter()
    deepest: dict[int, str] = {}
    for point, is_wet, depth in Reading.objects.filter(call=row).values_list(
        "point_id", "wet", "depth_class"
    ):
        (wet if is_wet else dry)[point] += 1
        if is_wet and DEEPER.get(depth, -1) > DEEPER.get(deepest.get(point, ""), -1):
            deepest[point] = depth
    names = {area.code: area.name for area in places.areas(row.city)}
    return tuple(
        PointFace(
            number=point.number,
            lon=point.lon,
            lat=point.lat,
            area_name=names.get(point.area_code, ""),
            expected=point.expected,
            is_control=point.is_control,
            wet=wet[point.pk],
            dry=dry[point.pk],
            depth=deepest.get(point.pk, ""),
        )
        for point in Point.objects.filter(call=row).order_by("number")
    )
