"""What somebody said for or against: found again by a keyed name, which tells nobody who it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rembug.deliberation.models import Argument, Proposal, Voice
from rembug.deliberation.queries.proposals import of_rows
from rembug.deliberation.rules.shapes import ProposalFace
from rembug.lib import ids
from rembug.lib.actor import Actor
from rembug.lib.errors import NotAllowed

LISTED = 100


@dataclass(frozen=True, slots=True)
class Said:
    """A reason of one's own and the proposal that it was said about."""

    side: str
    words: str
    at: datetime
    hidden_why: str
    proposal: ProposalFace


def since(city: str, at: datetime) -> tuple[int, int]:
    """Return how many proposals were published, and how many voices were given, since a moment."""
    asked = Proposal.objects.filter(city=city, published_at__gte=at).count()
    return asked, Voice.objects.filter(proposal__city=city, at__gte=at).count()


def source_of(actor: Actor, body: str, secret: str) -> str:
    """Return the keyed name of a body, an account or a phone. Raises `NotAllowed` for a phone without token."""
    if body:
        return ids.keyed(secret, "source", f"body:{body}")
    if actor.person_id is not None:
        return ids.keyed(secret, "source", f"person:{actor.person_id}")
    if actor.device_hash:
        return ids.keyed(secret, "source", f"device:{actor.device_hash}")
    raise NotAllowed("Buka halaman ini dari HP Anda lalu coba lagi.")


def supported(actor: Actor, city: str, secret: str) -> list[ProposalFace]:
    """Return the proposals that this account or phone supports, supported last first."""
    source = _source(actor, secret)
    rows = Voice.objects.filter(proposal__city=city, source=source).order_by("-at", "-id")
    return of_rows(city, list(rows.values_list("proposal_id", flat=True)[:LISTED])) if source else []


def argued(actor: Actor, city: str, secret: str) -> list[Said]:
    """Return the reasons that this account wrote, newest first."""
    source = _source(actor, secret)
    if not source:
        return []
    rows = list(Argument.objects.filter(proposal__city=city, writer=source).order_by("-at", "-id")[:LISTED])
    known = {one.code: one for one in of_rows(city, [row.proposal_id for row in rows])}
    codes = dict(Argument.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "proposal__code"))
    return [
        Said(row.side, row.words, row.at, row.hidden_why, known[codes[row.pk]])
        for row in rows
        if codes[row.pk] in known
    ]


def _source(actor: Actor, secret: str) -> str:
    try:
        return source_of(actor, "", secret)
    except NotAllowed:
        return ""
