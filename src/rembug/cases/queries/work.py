"""Cases as those see them who handle them: mine, due, late; counts and figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from rembug.cases.models import Case, Deadline, Step
from rembug.cases.queries.faces import SOON, CaseFace, Wanted, _face, _rows, _whole, narrowed
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
MAPPED = 500  # points of one map
COUNTED = 1_000  # a heap is counted up to here
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
class Points:
    """Cases with a place; whether there are more; how many have none."""

    cases: tuple[CaseFace, ...]
    more: bool
    without: int


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


def role_for(actor: Actor, row: Case) -> Who | None:
    """Return in which role somebody meets a case: coordinators of its area, or officers of its body.

    Whoever works for the body that is complained about has none: its word is the right of reply.
    """
    if row.about_body is not None and actor.speaks_for(row.about_body.public_id, *HANDLERS, city=row.city):
        return None
    if actor.may(*COORDINATORS, city=row.city, area=row.area_code):
        return "coordinator"
    if row.body is not None and actor.speaks_for(row.body.public_id, *HANDLERS, city=row.city):
        return "handler"
    return None


def visible(actor: Actor, city: str) -> QuerySet[Case]:
    """Return the cases that somebody handles or coordinates, those about their own body left out."""
    mine = {grant.body for grant in actor.grants if grant.city == city and grant.role in HANDLERS}
    about = Case.objects.filter(about_body__public_id__in=mine)  # of few: by the body alone, not by the city
    accused = list(about.values_list("pk", flat=True)) if mine else []
    rows = _handled(actor, city)
    return rows.exclude(pk__in=accused) if accused else rows


def _handled(actor: Actor, city: str) -> QuerySet[Case]:
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
    rows, now = visible(actor, city), clock.now()
    held = _held(rows, actor)
    page = _page(asked(actor, rows, wanted), after)
    faces = {row.pk: _face(row) for row in _rows(city).filter(pk__in=[mark.id for mark in page[:PAGE]])}
    used = _warned(faces)
    return Queue(
        cases=tuple(
            replace(faces[mark.id], warned=used.get(mark.id, 0)) for mark in page[:PAGE] if mark.id in faces
        ),
        counts={
            "open": _heap(rows.filter(state__in=OPEN)),
            "due": _heap(rows.filter(state__in=OPEN, due_at__gte=now, due_at__lt=now + SOON)),
            "late": _heap(rows.filter(state__in=OPEN, due_at__lt=now)),
            "new": _heap(rows.filter(state__in=("received", "reopened"))),
            "mine": _heap(held.filter(state__in=OPEN)),
        },
        following=page[PAGE - 1] if len(page) > PAGE else None,
    )


def asked(actor: Actor, rows: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    """Narrow rows to what somebody wants; `mine` is what they hold."""
    if wanted.state == "mine":
        return narrowed(_held(rows, actor), replace(wanted, state="open"))
    return narrowed(rows, wanted)


def _held(rows: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
    return rows.filter(holder_id=actor.person_id) if actor.person_id else rows.none()


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


def _warned(cases: Collection[int]) -> dict[int, int]:
    """Return the largest mark (50, 80, 100) among the running promises of some cases."""
    running = Deadline.objects.filter(case_id__in=list(cases), met_at=None, replaced_at=None, warned__gt=0)
    return dict(running.order_by("warned").values_list("case_id", "warned"))  # the largest comes last


def _heap(rows: QuerySet[Case]) -> Heap:
    found = rows.order_by().values("id")[: COUNTED + 1].count()
    return Heap(min(found, COUNTED), found > COUNTED)


def work(actor: Actor, city: str, code: str) -> CaseWork:
    """Return one case at work. Raises `NotFound` also where the asker has no part in it."""
    row = _whole(city).filter(code=code[:16]).first()
    who = role_for(actor, row) if row is not None else None
    if row is None or who is None:
        raise NotFound(gettext("Kasus ini tidak ada di meja Anda."))
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
    for row in (
        asked(actor, visible(actor, city), wanted).select_related("body").order_by("id").iterator(2000)
    ):
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


def points(actor: Actor, city: str, wanted: Wanted) -> Points:
    """Return the cases that somebody sees as points of a map, what is due first; at most `MAPPED`."""
    rows = asked(actor, visible(actor, city), wanted)
    placed = rows.exclude(lon=None).exclude(lat=None)
    marks = [pk for (pk,) in placed.order_by("due_at", "id").values_list("id")[: MAPPED + 1]]
    found = {row.pk: _face(row) for row in _rows(city).filter(pk__in=marks[:MAPPED])}
    without = rows.filter(lon=None).count()
    return Points(tuple(found[pk] for pk in marks[:MAPPED] if pk in found), len(marks) > MAPPED, without)
