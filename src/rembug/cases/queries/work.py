"""Cases as those see them who handle them: mine, due, late; counts and figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from rembug.cases.models import Case, Step
from rembug.cases.queries.faces import CaseFace, Wanted, _face, _rows, _whole, narrowed
from rembug.cases.queries.forwards import Journey, journey
from rembug.cases.queries.similar import Similar, similar
from rembug.cases.rules.states import OPEN, Who, verbs
from rembug.lib import clock
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound
from rembug.people.models import Body
from rembug.reports.queries.photo_files import public_photos_of

HANDLERS: tuple[Role, ...] = ("officer", "coordinator", "administrator")
COORDINATORS: tuple[Role, ...] = ("coordinator", "administrator")
PAGE = 100
COUNTED = 1_000  # a heap is counted up to here
ENOUGH = 5  # a spread of fewer says nothing
SPREAD = 1_000  # newest answers of a body that its spread rests on
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """The last case of a page; the next page begins after it, whatever came or went before."""

    due: datetime | None
    id: int

    def __str__(self) -> str:
        return f"{'' if self.due is None else (self.due - EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def read(cls, raw: str) -> Mark | None:
        """Read a mark; a damaged one begins anew."""
        found = re.fullmatch(r"([0-9]{0,17})-([0-9]{1,15})", raw)
        if found is None:
            return None
        due = EPOCH + timedelta(microseconds=int(found[1])) if found[1] else None
        return cls(due, int(found[2]))


@dataclass(frozen=True, slots=True)
class Heap:
    """How many cases are of a kind; `more`: at least one more than `number`."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of cases with the heaps of everything that the asker may see."""

    cases: tuple[CaseFace, ...]
    counts: dict[str, Heap]
    following: Mark | None


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note."""

    at: Any
    body_name: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseWork:
    """One case at work: what may be done, internal notes, bodies it can go to."""

    face: CaseFace
    verbs: tuple[str, ...]
    notes: tuple[Note, ...]
    bodies: tuple[tuple[str, str], ...]
    is_coordinator: bool
    photos: tuple[str, ...]
    similar: tuple[Similar, ...]
    journey: Journey | None  # in the system of its body
    unnumbered: tuple[tuple[str, str], ...]  # referrals outside that wait for a number: rung and words


@dataclass(frozen=True, slots=True)
class Figure:
    """How one body did: open, late, answered; days until the answer as median and quartiles."""

    name: str
    open: int
    late: int
    answered: int
    settled: int
    median: float | None
    low: float | None
    high: float | None


def role_for(actor: Actor, row: Case) -> Who | None:
    """Return in which role somebody meets a case: coordinators of its area, or officers of its body."""
    if actor.may(*COORDINATORS, city=row.city, area=row.area_code):
        return "coordinator"
    if row.body is not None and actor.speaks_for(row.body.public_id, *HANDLERS, city=row.city):
        return "handler"
    return None


def visible(actor: Actor, city: str) -> QuerySet[Case]:
    """Return the cases that somebody handles or coordinates."""
    own = Q(pk__in=[])
    for grant in actor.grants:
        if grant.city != city or grant.role not in HANDLERS:
            continue
        if grant.role in COORDINATORS:
            if not grant.area:
                return Case.objects.filter(city=city)
            own |= Q(area_code=grant.area) | Q(area_code__startswith=f"{grant.area}.")
        own |= Q(body__public_id=grant.body)
    return Case.objects.filter(own, city=city)


def queue(actor: Actor, city: str, wanted: Wanted, after: Mark | None = None) -> Queue:
    """Return the work of somebody: what is due first, then what has no date, with the size of each heap."""
    rows = visible(actor, city)
    held = rows.filter(holder_id=actor.person_id) if actor.person_id else rows.none()
    page = _page(narrowed(rows, wanted), after)
    faces = {row.pk: _face(row) for row in _rows(city).filter(pk__in=[mark.id for mark in page[:PAGE]])}
    return Queue(
        cases=tuple(faces[mark.id] for mark in page[:PAGE] if mark.id in faces),
        counts={
            "open": _heap(rows.filter(state__in=OPEN)),
            "late": _heap(rows.filter(state__in=OPEN, due_at__lt=clock.now())),
            "new": _heap(rows.filter(state__in=("received", "reopened"))),
            "mine": _heap(held.filter(state__in=OPEN)),
        },
        following=page[PAGE - 1] if len(page) > PAGE else None,
    )


def _page(rows: QuerySet[Case], after: Mark | None) -> list[Mark]:
    """Return the marks of a page and one more. Databases disagree where no date stands in an order: it comes last."""
    found: list[Mark] = []
    if after is None or after.due is not None:
        dated = rows.filter(due_at__isnull=False)
        if after is not None:
            dated = dated.filter(due_at__gte=after.due).exclude(due_at=after.due, id__lte=after.id)
        found = [
            Mark(due, pk)
            for due, pk in dated.order_by("due_at", "id").values_list("due_at", "id")[: PAGE + 1]
        ]
    undated = rows.filter(due_at=None)
    if after is not None and after.due is None:
        undated = undated.filter(id__gt=after.id)
    rest = undated.order_by("id").values_list("id", flat=True)[: PAGE + 1 - len(found)]
    return found + [Mark(None, pk) for pk in rest]


def _heap(rows: QuerySet[Case]) -> Heap:
    found = rows.order_by().values("id")[: COUNTED + 1].count()
    return Heap(min(found, COUNTED), found > COUNTED)


def work(actor: Actor, city: str, code: str) -> CaseWork:
    """Return one case at work. Raises `NotFound` also where the asker has no part in it."""
    row = _whole(city).filter(code=code[:16]).first()
    who = role_for(actor, row) if row is not None else None
    if row is None or who is None:
        raise NotFound("Kasus ini tidak ada di meja Anda.")
    may = verbs(row.state, who)
    if who == "coordinator" and row.body and actor.speaks_for(row.body.public_id, *HANDLERS, city=city):
        may += [verb for verb in verbs(row.state, "handler") if verb not in may]
    notes = Step.objects.filter(case=row).exclude(internal="").select_related("body").order_by("-at")
    bodies = Body.objects.filter(city=city, state__in=("confirmed", "not_joined"))
    if row.about_body_id:
        bodies = bodies.exclude(pk=row.about_body_id)
    return CaseWork(
        face=_face(row, whole=True),
        verbs=tuple(may),
        notes=tuple(Note(one.at, one.body.name if one.body else "", one.internal) for one in notes),
        bodies=tuple(
            bodies.exclude(sphere="civil_society").order_by("name").values_list("public_id", "name")
        ),
        is_coordinator=who == "coordinator",
        similar=_similar(row),
        journey=journey(row),
        unnumbered=_unnumbered(row) if who == "coordinator" else (),
        photos=tuple(public_photos_of(city, row.incident, since=row.opened_at)) if row.incident else (),
    )


def _similar(row: Case) -> tuple[Similar, ...]:
    if row.lon is None or row.lat is None:
        return ()
    english = (get_language() or "id") == "en"
    at = row.opened_at
    return tuple(similar(row.city, row.category, row.lon, row.lat, at, but=row.code, english=english))


def _unnumbered(row: Case) -> tuple[tuple[str, str], ...]:
    tongue = "en" if (get_language() or "id") == "en" else "id"
    return tuple(
        (one.rung, one.words.get(tongue) or one.words["id"])
        for one in row.escalations.all()
        if one.is_outside and not one.number
    )


def in_hands_of(city: str, bodies: Collection[str]) -> list[CaseFace]:
    """Return the open cases of some bodies (public ids), in the order in which they were opened."""
    rows = _rows(city).filter(state__in=OPEN, body__public_id__in=bodies).order_by("id")
    return [_face(row) for row in rows]


def table(actor: Actor, city: str, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Yield the cases that somebody sees as rows of a table."""
    for row in narrowed(visible(actor, city), wanted).select_related("body").order_by("id").iterator(2000):
        yield {
            "code": row.code,
            "category": row.category,
            "area_code": row.area_code,
            "body": row.body.name if row.body else "",
            "state": row.state,
            "reason": row.reason,
            "opened_at": row.opened_at.isoformat(),
            "answered_at": row.answered_at and row.answered_at.isoformat(),
            "due_at": row.due_at and row.due_at.isoformat(),
            "settled_at": row.settled_at and row.settled_at.isoformat(),
            "foreign_number": row.foreign_number,
            "words": row.words,
        }


def figures(city: str) -> list[Figure]:
    """Return how the bodies did, by name: medians with quartiles, and no order by success."""
    now = clock.now()
    counted = (
        Case.objects.filter(city=city)
        .exclude(body=None)
        .values("body_id", "body__name")
        .annotate(
            open=Count("id", filter=Q(state__in=OPEN)),
            late=Count("id", filter=Q(state__in=OPEN, due_at__lt=now)),
            answered=Count("id", filter=~Q(answered_at=None)),
            settled=Count("id", filter=Q(state="settled")),
        )
        .order_by("body__name")
    )
    days = _days(city)
    return [_figure(row, days.get(row["body_id"], [])) for row in counted]


def _days(city: str) -> dict[int, list[float]]:
    """Return for each body how many days its newest answers took."""
    newest = Window(RowNumber(), partition_by="body_id", order_by=F("answered_at").desc())
    answered = Case.objects.filter(city=city).exclude(body=None).exclude(answered_at=None)
    rows = answered.annotate(place=newest).filter(place__lte=SPREAD)
    found: dict[int, list[float]] = {}
    for body, began, ended in rows.values_list("body_id", "opened_at", "answered_at").iterator(2_000):
        if ended is not None:
            found.setdefault(body, []).append((ended - began).total_seconds() / 86_400)
    return found


def _figure(row: Mapping[str, Any], days: list[float]) -> Figure:
    low, median, high = quantiles(days, n=4) if len(days) >= ENOUGH else (None, None, None)
    return Figure(
        *(row["body__name"], row["open"], row["late"], row["answered"], row["settled"], median, low, high)
    )
