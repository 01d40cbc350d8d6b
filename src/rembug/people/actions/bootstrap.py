"""The first administrator of a city, invited from the console of its server."""

from django.db import transaction

from rembug.audit import actions as audit
from rembug.lib.actor import Actor
from rembug.people.actions.invitations import Offer, invite
from rembug.people.models import Body


@transaction.atomic
def invite_admin(*, actor: Actor, city: str, email: str, body: str = "") -> str:
    """Invite an administrator for the whole city; return the token of the link.

    Without `body` the role is tied to an office "Pengelola Rembug", which is made on the first call.
    """
    return invite(actor=actor, city=city, offer=Offer(email, "administrator", body or _office(actor, city)))[
        1
    ]


def _office(actor: Actor, city: str) -> str:
    office, made = Body.objects.get_or_create(
        city=city,
        name="Pengelola Rembug",
        defaults={
            "kind": "pengelola",
            "sphere": Body.Sphere.BUREAUCRACY,
            "level": Body.Level.CITY,
            "state": Body.State.CONFIRMED,
        },
    )
    if made:
        audit.record(actor=actor, verb="body.made", obj=audit.Ref("body", office.public_id), city=city)
    return office.public_id
