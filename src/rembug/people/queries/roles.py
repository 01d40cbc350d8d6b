"""Roles in force."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from rembug.lib import access
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotAllowed, NotFound
from rembug.people import rules
from rembug.people.models import RoleGrant


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role that somebody holds, as pages show it."""

    id: int
    role: Role
    city: str
    body: str
    body_name: str
    area: str
    since: datetime
    needs_second_factor: bool
    person: str = ""
    person_name: str = ""


def of_person(*, actor: Actor) -> list[HeldRole]:
    """Return the roles of the person who asks, whether or not they wait for a second factor."""
    rows = RoleGrant.objects.filter(person__public_id=actor.public_id, ended_at=None).select_related("body")
    return [_held(row) for row in rows.order_by("created_at", "id")]


def in_city(*, actor: Actor, city: str) -> list[HeldRole]:
    """Return the roles in force in a city that the actor could end, by body and person."""
    rows = RoleGrant.objects.filter(body__city=city, ended_at=None).select_related("body", "person")
    ordered = rows.order_by("body__name", "person__display_name", "id")
    return [held for row in ordered if (held := _seen(actor, row)) is not None]


def one(*, actor: Actor, city: str, grant_id: int) -> HeldRole:
    """Return one role in force for who may end it. Raises `NotFound`, `NotAllowed`."""
    rows = RoleGrant.objects.filter(pk=grant_id, body__city=city, ended_at=None)
    row = rows.select_related("body", "person").first()
    if row is None:
        raise NotFound(gettext("Peran ini tidak ada atau sudah berakhir."))
    held = _seen(actor, row)
    if held is None:
        raise NotAllowed(gettext("Peran ini di luar wewenang Anda."))
    return held


def one_or_own(*, actor: Actor, city: str, grant_id: int) -> HeldRole:
    """Return one role in force for its holder, or for who may end it. Raises `NotFound`, also for everybody else."""
    for held in of_person(actor=actor):
        if held.id == grant_id and held.city == city:
            return held
    try:
        return one(actor=actor, city=city, grant_id=grant_id)
    except NotAllowed:
        raise NotFound(gettext("Peran ini tidak ada atau sudah berakhir.")) from None


def _seen(actor: Actor, row: RoleGrant) -> HeldRole | None:
    held = _held(row)
    place = {"city": held.city, "body": held.body, "sphere": row.body.sphere, "area": held.area}
    if not rules.may_give(actor, held.role, **place):
        return None
    return replace(held, person=row.person.public_id, person_name=row.person.display_name)


def _held(row: RoleGrant) -> HeldRole:
    role: Role = row.role  # type: ignore[assignment]  # only actions write it, from the same list
    return HeldRole(
        id=row.pk,
        role=role,
        city=row.body.city,
        body=row.body.public_id,
        body_name=row.body.name,
        area=row.area_code,
        since=row.created_at,
        needs_second_factor=role in access.NEEDS_SECOND_FACTOR,
    )
