"""Messages that wait for the bodies of whoever asks."""

from dataclasses import dataclass
from datetime import datetime

from rembug.lib.actor import Actor
from rembug.people import rules
from rembug.people.models import Message

LISTED = 200


@dataclass(frozen=True, slots=True)
class MessageFace:
    """One message as the body's people read it."""

    public_id: str
    body: str
    body_name: str
    name: str
    reply_to: str
    words: str
    at: datetime
    handled_at: datetime | None


def inbox(*, actor: Actor, city: str) -> list[MessageFace]:
    """Return the messages to bodies that one acts for, those that wait first, newest first."""
    mine = {grant.body for grant in actor.grants if grant.city == city}
    mine = {body for body in mine if actor.speaks_for(body, *rules.ROLES, city=city)}
    rows = Message.objects.filter(body__city=city, body__public_id__in=mine).select_related("body")
    ordered = sorted(rows.order_by("-at", "-id")[:LISTED], key=lambda row: row.handled_at is not None)
    return [
        MessageFace(
            public_id=row.public_id,
            body=row.body.public_id,
            body_name=row.body.name,
            name=row.name,
            reply_to=row.reply_to,
            words=row.words,
            at=row.at,
            handled_at=row.handled_at,
        )
        for row in ordered
    ]
