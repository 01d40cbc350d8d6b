"""Boxes: who reads, who holds a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext

from rembug.confidential.models import Box, BoxKey, Matter, Wrap
from rembug.confidential.queries.setup import facts_of
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import NotAllowed, NotFound
from rembug.people.queries.bodies import public_bodies


@dataclass(frozen=True, slots=True)
class Held:
    """A box that lies open in front of somebody: its body (public id) and its private key."""

    body: str
    private: bytes


@dataclass(frozen=True, slots=True)
class BoxFace:
    """A box as its people see it. `mark` is the beginning of its public key's hash, to compare by telephone."""

    body: str
    name: str
    opened_on: date | None = None
    mark: str = ""
    mine: bool = False


def open_boxes(city: str) -> dict[str, Box]:
    """Return the boxes of a city that letters can be sealed for, by the public id of their body."""
    known = {row.body for row in facts_of(city).recipients}
    rows = Box.objects.select_related("body").filter(body__city=city, body__public_id__in=known)
    return {row.body.public_id: row for row in rows}


def reading(city: str) -> list[str]:
    """Return the names of the bodies that read: those whose box is open."""
    return sorted(box.body.name for box in open_boxes(city).values())


def require_reader(actor: Actor, city: str, body: str) -> None:
    """Raise `NotAllowed` unless the actor has the role that the pack asks for at this body."""
    wanted = [row for row in facts_of(city).recipients if row.body == body]
    if not any(
        grant.role == row.role and grant.city == city and grant.body == body
        for row in wanted
        for grant in actor.grants
    ):
        raise NotAllowed(gettext("Kotak ini hanya untuk petugas yang ditunjuk."))


def my_boxes(actor: Actor, city: str) -> list[BoxFace]:
    """Return the boxes of bodies at which the actor has the role that reads."""
    held = {(grant.body, grant.role) for grant in actor.grants if grant.city == city}
    mine = [row.body for row in facts_of(city).recipients if (row.body, row.role) in held]
    names = {body.public_id: body.name for body in public_bodies(city=city)}
    known = open_boxes(city)
    return [_face(body, names.get(body, body), known.get(body), actor) for body in dict.fromkeys(mine)]


def all_boxes(city: str) -> list[tuple[BoxFace, int]]:
    """Return every recipient's box and how many people hold a key to it; for the operator."""
    names = {body.public_id: body.name for body in public_bodies(city=city)}
    known = open_boxes(city)
    found = []
    for body in dict.fromkeys(row.body for row in facts_of(city).recipients):
        holders = (
            BoxKey.objects.filter(box=known.get(body)).exclude(holder="").count() if body in known else 0
        )
        found.append((_face(body, names.get(body, body), known.get(body), ANONYMOUS), holders))
    return found


def my_box(actor: Actor, city: str, body: str) -> BoxFace:
    """Return one of them. Raises `NotAllowed`, `NotFound`."""
    require_reader(actor, city, body)
    found = next((face for face in my_boxes(actor, city) if face.body == body), None)
    if found is None:
        raise NotFound(gettext("Kotak ini tidak ada."))
    return found


def _face(body: str, name: str, box: Box | None, actor: Actor) -> BoxFace:
    if box is None:
        return BoxFace(body, name)
    digest = sha256(bytes(box.public_key)).hexdigest().upper()
    mark = " ".join(digest[i : i + 4] for i in range(0, 20, 4))
    mine = BoxKey.objects.filter(box=box, holder=actor.public_id).exists()
    return BoxFace(body, name, box.opened_on, mark, mine)


def boxes_of(matter: Matter) -> dict[str, Box]:
    """Return the boxes that the matter was sealed for, by the public id of their body."""
    rows = Wrap.objects.filter(letter__matter=matter, letter__number=0).exclude(box=None)
    return {row.box.body.public_id: row.box for row in rows.select_related("box__body") if row.box}
