"""Persons and what they may do."""

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser

from rembug.lib.actor import Actor, Grant, Role
from rembug.people.models import Body, BodyArea, Person, RoleGrant

FORCEFUL = (Body.State.CONFIRMED, Body.State.NOT_JOINED)


def grants_of(person: AbstractBaseUser) -> tuple[Grant, ...]:
    """Return the grants in force: not ended, of a body that is neither pending, declined nor closed.

    A role without an area of its own reaches as far as its body's areas, and not beyond. A body that looks after the
    city itself (a code of two parts, as `33.75`) or names no area reaches the whole city.
    """
    rows = RoleGrant.objects.filter(person_id=person.pk, ended_at=None, body__state__in=FORCEFUL)
    held = list(rows.values_list("role", "body__city", "body__public_id", "area_code", "body_id"))
    areas: dict[int, list[str]] = {}
    wide = {body for *_, area, body in held if not area}
    for body, code in BodyArea.objects.filter(body_id__in=wide).values_list("body_id", "area_code"):
        areas.setdefault(body, []).append(code if code.count(".") > 1 else "")
    return tuple(
        Grant(cast(Role, role), city, body, reach)
        for role, city, body, area, key in held
        for reach in ([area] if area else _widest(areas.get(key, [""])))
    )


def _widest(areas: list[str]) -> list[str]:
    return [""] if "" in areas else sorted(areas)


def actor_of(person: Person) -> Actor:
    """Return the actor of a person with all grants in force; for commands and jobs, not for requests."""
    return Actor(person.public_id, "person", grants_of(person), person.pk)
