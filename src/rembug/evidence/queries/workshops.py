"""Common maps and workshop results as everybody sees them, and as those who enter and review do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from rembug.evidence.models import Workshop, WorkshopItem
from rembug.evidence.rules.workshop import Legend, read_legend
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound
from rembug.places import queries as places

MAPPERS: tuple[Role, ...] = ("member", "verifier", "officer", "coordinator", "facilitator")
REVIEWERS: tuple[Role, ...] = ("verifier", "officer", "coordinator", "facilitator")
LISTED = 200


@dataclass(frozen=True, slots=True)
class WorkshopFace:
    """Who met, when, how many; how many marks were accepted. None of the marks."""

    code: str
    title: str
    purpose: str
    body: str
    body_name: str
    held_on: date
    area_code: str
    area_name: str
    participants: int
    method: str
    meeting: str
    legend: tuple[Legend, ...]
    dimensions: tuple[str, ...]
    dataset: str
    accepted: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ItemFace:
    """One mark, for those who enter and review."""

    code: str
    sign: str
    words: str
    kind: str
    area_name: str
    people: int | None
    is_moved: bool
    state: str
    why: str
    at: datetime
    is_own: bool  # entered by who asks


def listed(city: str) -> list[WorkshopFace]:
    """Return the maps and results of a city, newest first."""
    return [_face(row) for row in _rows(city).order_by("-made_at", "-id")[:LISTED]]


def mine(actor: Actor, city: str) -> list[WorkshopFace]:
    """Return those of bodies that the actor acts for."""
    bodies = {grant.body for grant in actor.grants if grant.city == city and grant.role in MAPPERS}
    rows = _rows(city).filter(body__public_id__in=bodies).order_by("-made_at", "-id")
    return [_face(row) for row in rows[:LISTED]]


def to_review(actor: Actor, city: str) -> list[WorkshopFace]:
    """Return those with marks that the actor may review: entered by somebody else."""
    others = WorkshopItem.objects.filter(state=WorkshopItem.State.WAITING)
    others = others.exclude(entered_by_id=actor.person_id) if actor.person_id else others
    rows = _rows(city).filter(pk__in=others.values("workshop_id")).order_by("made_at", "id")
    faces = (_face(row) for row in rows[:LISTED])
    return [face for face in faces if actor.may(*REVIEWERS, city=city, area=face.area_code)]


def workshop(city: str, code: str) -> WorkshopFace:
    """Return one. Raises `NotFound`."""
    return _face(_row(city, code))


def may_see_inside(actor: Actor, city: str, face: WorkshopFace) -> bool:
    """Tell whether somebody acts for its body, or reviews where it was drawn."""
    if actor.speaks_for(face.body, *MAPPERS, city=city):
        return True
    return actor.may(*REVIEWERS, city=city, area=face.area_code)


def items(actor: Actor, city: str, code: str) -> list[ItemFace]:
    """Return all marks in the order of entering. Raises `NotFound` also for who may not see them."""
    row = _row(city, code)
    if not may_see_inside(actor, city, _face(row)):
        raise NotFound("Peta ini tidak ada, atau bukan peta pihak Anda.")
    signs = {one.key: one.words for one in read_legend(row.legend)}
    return [
        ItemFace(
            code=one.code,
            sign=signs.get(one.legend, one.legend),
            words=one.words,
            kind=one.kind,
            area_name=places.label(city, one.area_code) if one.area_code else "",
            people=one.people,
            is_moved=one.is_moved,
            state=one.state,
            why=one.why,
            at=one.at,
            is_own=one.entered_by_id is not None and one.entered_by_id == actor.person_id,
        )
        for one in row.items.order_by("id")
    ]


def _rows(city: str) -> QuerySet[Workshop]:
    rows = Workshop.objects.filter(city=city).select_related("body", "dataset")
    states = WorkshopItem.State
    return rows.annotate(
        accepted=Count("items", filter=Q(items__state=states.ACCEPTED)),
        waiting=Count("items", filter=Q(items__state=states.WAITING)),
    )


def _row(city: str, code: str) -> Workshop:
    row = _rows(city).filter(code=code.upper()).first()
    if row is None:
        raise NotFound("Peta ini tidak ada.")
    return row


def _face(row: Workshop) -> WorkshopFace:
    return WorkshopFace(
        code=row.code,
        title=row.title,
        purpose=row.purpose,
        body=row.body.public_id,
        body_name=row.body.name,
        held_on=row.held_on,
        area_code=row.area_code,
        area_name=places.label(row.city, row.area_code) if row.area_code else "",
        participants=row.participants,
        method=row.method,
        meeting=row.meeting,
        legend=read_legend(row.legend),
        dimensions=tuple(row.dimensions),
        dataset=row.dataset.slug if row.dataset else "",
        accepted=getattr(row, "accepted", 0),
        waiting=getattr(row, "waiting", 0),
    )
