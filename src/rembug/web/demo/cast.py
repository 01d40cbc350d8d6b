"""The people of the simulated week: phones without account, and staff who took up an invitation."""

import secrets
from dataclasses import dataclass

from django.conf import settings

from rembug.lib import ids
from rembug.lib.actor import ANONYMOUS, Actor, Role, system
from rembug.people.actions.invitations import Newcomer, Offer, accept, invite
from rembug.people.device import actor as device_actor
from rembug.people.queries.bodies import public_bodies
from rembug.people.queries.persons import actor_of

SYSTEM = system("demo.week")
VERIFIERS, OFFICES = 3, ("kelurahan", "badan", "dinas")


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who speaks for a body."""

    actor: Actor
    body: str
    name: str
    kind: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody of the week who has an account."""

    coordinator: Actor
    verifiers: tuple[Actor, ...]
    offices: tuple[Office, ...]
    approvers: tuple[tuple[Actor, str], ...]  # with the body that each speaks for
    publisher: tuple[Actor, str]


def phone(city: str, number: int) -> Actor:
    """Return the actor of one simulated phone."""
    return device_actor(ids.keyed(settings.SECRET_KEY, "demo phone", f"{city}:{number}"))


def gather(city: str, low_areas: list[str]) -> Cast:
    """Invite and take in staff: verifiers of example groups, officers of kelurahan with low ground and of agencies."""
    bodies = public_bodies(city=city)
    examples = [body for body in bodies if body.is_example and body.sphere == "civil_society"]
    offices = [body for body in bodies if body.sphere == "bureaucracy" and body.kind in OFFICES]
    local = [body for body in offices if body.kind != "kelurahan" or set(body.areas) & set(low_areas)]
    desk = next((body for body in offices if body.public_id.endswith("dinkominfo")), offices[0])
    return Cast(
        coordinator=_join(city, desk.public_id, "coordinator"),
        verifiers=tuple(_join(city, body.public_id, "verifier") for body in examples[:VERIFIERS]),
        offices=tuple(
            Office(_join(city, body.public_id, "officer"), body.public_id, body.name, body.kind, body.areas)
            for body in local
        ),
        approvers=tuple(
            (_join(city, body.public_id, "approver"), body.public_id)
            for body in (desk, *[body for body in local if body.kind == "dinas" and body != desk][:1])
        ),
        publisher=(_join(city, examples[0].public_id, "facilitator"), examples[0].public_id),
    )


def _join(city: str, body: str, role: Role) -> Actor:
    offer = Offer(f"{role}-{body}@{city}.demo.invalid", role, body)  # .invalid can never receive a letter
    token = invite(actor=SYSTEM, city=city, offer=offer)[1]
    newcomer = Newcomer(
        f"Simulasi {body}"[:80], secrets.token_urlsafe(24)
    )  # nobody knows it: nobody signs in
    return actor_of(accept(actor=ANONYMOUS, token=token, newcomer=newcomer))
