"""Things to lend and requests, as everybody sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from rembug.commitments.models import DeskSetup, Need, NeedStep, Thing
from rembug.commitments.rules.desk import HOLDING, Hold, free, is_overdue
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.lib.pack import DeskFacts, desk_from_json
from rembug.places import queries as places

LISTED = 200


@dataclass(frozen=True, slots=True)
class ThingFace:
    """A thing that is lent, and how many are free today."""

    code: str
    kind: str
    kind_name: str
    name: str
    quantity: int
    free: int
    body: str
    body_name: str
    area_name: str


@dataclass(frozen=True, slots=True)
class NeedStepFace:
    """One step."""

    at: datetime
    verb: str
    body: str
    body_name: str
    quantity: int
    words: str


@dataclass(frozen=True, slots=True)
class NeedFace:
    """What is asked for and where it stands."""

    code: str
    kind: str
    kind_name: str
    purpose: str
    quantity: int
    given: int
    body: str
    body_name: str
    to: str
    to_name: str
    lender: str
    lender_name: str
    thing_name: str
    area_name: str
    from_on: date
    to_on: date
    state: str
    overdue: bool
    asked_at: datetime
    steps: tuple[NeedStepFace, ...] = ()


def facts(city: str) -> DeskFacts:
    """Return what the pack says; nothing where it has no desk."""
    plain = DeskSetup.objects.filter(city=city).values_list("facts", flat=True).first()
    return desk_from_json(plain) if plain else DeskFacts()


def facility_codes(city: str) -> set[str]:
    """Return the kinds of things by code."""
    return {row.code for row in facts(city).facilities}


def facility_names(city: str) -> dict[str, str]:
    """Return the kinds of things in the reader's language."""
    tongue = get_language() or "id"
    return {row.code: row.names.get(tongue) or row.names["id"] for row in facts(city).facilities}


def free_of(thing: Thing, first: date, last: date, *, without: int = 0) -> int:
    """Return how many pieces of a thing are free on every day of a span, one request left out."""
    rows = Need.objects.filter(thing=thing, state__in=HOLDING).exclude(pk=without)
    spans = rows.values_list("from_on", "to_on", "given", "state")
    holds = [Hold(start, end, given, state == "lent") for start, end, given, state in spans]
    return free(thing.quantity, holds, first, last, today())


def things(city: str, *, kind: str = "", body: str = "") -> list[ThingFace]:
    """Return the things that are lent, by kind and name."""
    rows = Thing.objects.filter(city=city, retired_at=None).select_related("body")
    if kind:
        rows = rows.filter(kind=kind)
    if body:
        rows = rows.filter(body__public_id=body)
    found, names, now = list(rows.order_by("kind", "name", "id")[:LISTED]), facility_names(city), today()
    holds: dict[int, list[Hold]] = {}
    taken = Need.objects.filter(thing__in=found, state__in=HOLDING)
    for pk, start, end, given, state in taken.values_list("thing_id", "from_on", "to_on", "given", "state"):
        holds.setdefault(pk or 0, []).append(Hold(start, end, given, state == "lent"))
    return [
        ThingFace(
            code=row.code,
            kind=row.kind,
            kind_name=names.get(row.kind, row.kind),
            name=row.name,
            quantity=row.quantity,
            free=free(row.quantity, holds.get(row.pk, []), now, now, now),
            body=row.body.public_id,
            body_name=row.body.name,
            area_name=places.label(city, row.area_code),
        )
        for row in found
    ]


def needs(city: str, *, state: str = "") -> list[NeedFace]:
    """Return what is asked for, changed last first."""
    rows = _rows(city).filter(state=state) if state else _rows(city)
    return _faces(city, rows)


def mine(actor: Actor, city: str) -> list[NeedFace]:
    """Return what concerns the bodies that the actor has a role in, and what anybody may offer."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    own = Q(body__public_id__in=bodies) | Q(addressed__public_id__in=bodies)
    own |= Q(thing__body__public_id__in=bodies) | Q(addressed=None, state="asked")
    return _faces(city, _rows(city).filter(own))


def need(city: str, code: str) -> NeedFace:
    """Return one request with its steps. Raises `NotFound`."""
    row = _rows(city).filter(code=code.upper()).first()
    if row is None:
        raise NotFound("Permintaan ini tidak ada.")
    steps = NeedStep.objects.filter(need=row).select_related("body").order_by("at", "id")
    faces = tuple(
        NeedStepFace(one.at, one.verb, one.body.public_id, one.body.name, one.quantity, one.words)
        for one in steps
    )
    return _face(row, facility_names(city), steps=faces)


def today() -> date:
    """Return the day of the city."""
    return timezone.localtime(clock.now()).date()


def _rows(city: str) -> QuerySet[Need]:
    return Need.objects.filter(city=city).select_related("body", "addressed", "thing__body")


def _faces(city: str, rows: QuerySet[Need]) -> list[NeedFace]:
    names = facility_names(city)
    return [_face(row, names) for row in rows.order_by("-changed_at", "-id")[:LISTED]]


def _face(row: Need, names: dict[str, str], **more: Any) -> NeedFace:
    same = ("code", "kind", "purpose", "quantity", "given", "from_on", "to_on", "state", "asked_at")
    return NeedFace(
        **{name: getattr(row, name) for name in same},
        kind_name=names.get(row.kind, row.kind),
        body=row.body.public_id,
        body_name=row.body.name,
        to=row.addressed.public_id if row.addressed else "",
        to_name=row.addressed.name if row.addressed else "",
        lender=row.thing.body.public_id if row.thing else "",
        lender_name=row.thing.body.name if row.thing else "",
        thing_name=row.thing.name if row.thing else "",
        area_name=places.label(row.city, row.area_code),
        overdue=is_overdue(row.state, row.to_on, today()),
        **more,
    )
