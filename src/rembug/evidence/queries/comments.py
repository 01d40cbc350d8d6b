"""Comments on a version of a dossier, as everybody sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rembug.evidence.models import Comment
from rembug.lib import ids
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound

COMMENTERS: tuple[Role, ...] = (
    *("member", "verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
MODERATORS: tuple[Role, ...] = ("coordinator", "facilitator", "administrator")


@dataclass(frozen=True, slots=True)
class CommentFace:
    """One comment; `words` are empty where it was withdrawn or hidden."""

    code: str
    body: str
    body_name: str
    words: str
    at: datetime
    withdrawn: bool
    hidden_why: str
    own: bool


def writer_of(actor: Actor, secret: str) -> str:
    """Return the keyed name of whoever writes."""
    return ids.keyed(secret, "dossier-comment", f"person:{actor.person_id}")


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of one's own, and the dossier that it stands under."""

    slug: str
    title: str
    words: str
    at: datetime


def own_comments(actor: Actor, city: str, secret: str) -> list[OwnComment]:
    """Return what somebody wrote and did not take back, newest first."""
    if actor.person_id is None:
        return []
    rows = Comment.objects.filter(dossier__city=city, writer=writer_of(actor, secret), withdrawn_at=None)
    return [
        OwnComment(row.dossier.slug, row.dossier.title, row.words, row.at)
        for row in rows.select_related("dossier").order_by("-at", "-id")[:100]
    ]


def version_of(city: str, code: str) -> tuple[str, int]:
    """Return slug and number of the version that a comment stands under. Raises `NotFound`."""
    found = Comment.objects.filter(dossier__city=city, code=code.upper())
    row = found.values_list("dossier__slug", "dossier__number").first()
    if row is None:
        raise NotFound("Komentar ini tidak ada.")
    return row


def comments(city: str, slug: str, number: int, *, actor: Actor, secret: str) -> list[CommentFace]:
    """Return the comments of one version, oldest first."""
    me = writer_of(actor, secret) if actor.person_id is not None else ""
    rows = Comment.objects.filter(dossier__city=city, dossier__slug=slug, dossier__number=number)
    return [
        CommentFace(
            code=row.code,
            body=row.body.public_id,
            body_name=row.body.name,
            words="" if row.hidden_at else row.words,
            at=row.at,
            withdrawn=row.withdrawn_at is not None,
            hidden_why=row.hidden_why,
            own=bool(me) and row.writer == me and row.withdrawn_at is None,
        )
        for row in rows.select_related("body").order_by("at", "id")
    ]
