"""Requests for grants, as everybody sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from rembug.commitments.models import Grant, GrantStep
from rembug.commitments.queries.desk import facts
from rembug.commitments.rules.grants import missing
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.places import queries as places

LISTED = 200


@dataclass(frozen=True, slots=True)
class RouteFace:
    """A lawful route, with its basis; `confirmed`: the regulation itself was read."""

    code: str
    name: str
    basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RequirementFace:
    """A requirement; whether the group and the office say that it is met."""

    code: str
    name: str
    basis: str
    confirmed: bool
    routes: tuple[str, ...] = ()
    own: bool = False
    met: bool = False


@dataclass(frozen=True, slots=True)
class GrantStepFace:
    """One step."""

    at: datetime
    verb: str
    body: str
    body_name: str
    words: str
    reference: str


@dataclass(frozen=True, slots=True)
class GrantFace:
    """What is asked for and where it stands."""

    code: str
    title: str
    purpose: str
    amount: int
    route: str
    route_name: str
    body: str
    body_name: str
    to: str
    to_name: str
    area_name: str
    state: str
    asked_at: datetime
    missing: int
    requirements: tuple[RequirementFace, ...] = ()
    steps: tuple[GrantStepFace, ...] = ()


def routes(city: str) -> list[RouteFace]:
    """Return the routes of a city."""
    return [RouteFace(row.code, _said(row.names), row.basis, row.confirmed) for row in facts(city).routes]


def requirements(city: str) -> list[RequirementFace]:
    """Return what the routes of a city ask for."""
    return [
        RequirementFace(row.code, _said(row.names), row.basis, row.confirmed, row.routes)
        for row in facts(city).requirements
    ]


def listed(city: str) -> list[GrantFace]:
    """Return all requests, changed last first."""
    return _faces(city, _rows(city))


def mine(actor: Actor, city: str) -> list[GrantFace]:
    """Return the requests by, or to, the bodies that the actor has a role in."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    return _faces(city, _rows(city).filter(Q(body__public_id__in=bodies) | Q(decider__public_id__in=bodies)))


def grant(city: str, code: str) -> GrantFace:
    """Return one request, whole. Raises `NotFound`."""
    row = _rows(city).filter(code=code.upper()).first()
    if row is None:
        raise NotFound("Permintaan ini tidak ada.")
    steps = GrantStep.objects.filter(grant=row).select_related("body").order_by("at", "id")
    return _face(
        row,
        {one.code: one.name for one in routes(city)},
        requirements=tuple(
            RequirementFace(
                *(one["code"], _said(one["names"]), one["basis"], one["confirmed"], tuple(one["routes"])),
                own=one["code"] in row.own,
                met=one["code"] in row.met,
            )
            for one in row.requirements
        ),
        steps=tuple(
            GrantStepFace(one.at, one.verb, one.body.public_id, one.body.name, one.words, one.reference)
            for one in steps
        ),
    )


def _rows(city: str) -> QuerySet[Grant]:
    return Grant.objects.filter(city=city).select_related("body", "decider")


def _faces(city: str, rows: QuerySet[Grant]) -> list[GrantFace]:
    names = {one.code: one.name for one in routes(city)}
    return [_face(row, names) for row in rows.order_by("-changed_at", "-id")[:LISTED]]


def _face(row: Grant, names: dict[str, str], **more: Any) -> GrantFace:
    same = ("code", "title", "purpose", "amount", "route", "state", "asked_at")
    return GrantFace(
        **{name: getattr(row, name) for name in same},
        route_name=names.get(row.route, row.route),
        body=row.body.public_id,
        body_name=row.body.name,
        to=row.decider.public_id,
        to_name=row.decider.name,
        area_name=places.label(row.city, row.area_code),
        missing=len(missing([one["code"] for one in row.requirements], row.met)),
        **more,
    )


def _said(names: Any) -> str:
    return str(names.get(get_language() or "id") or names["id"])
