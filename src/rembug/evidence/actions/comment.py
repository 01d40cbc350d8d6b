"""A member of a body comments on a version of a dossier, takes it back; a moderator hides it with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.evidence.models import Comment, Dossier
from rembug.evidence.queries.comments import COMMENTERS, MODERATORS, writer_of
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound, TooMany
from rembug.lib.pii import mask
from rembug.people.models import Body
from rembug.people.queries.bodies import PUBLIC_STATES

SHORTEST, LONGEST = 5, 600
MOST = 200  # comments that one version takes


def comment(
    *, actor: Actor, city: str, slug: str, number: int, action_id: UUID, body: str, words: str, secret: str
) -> Comment:
    """Comment in the name of a body; the same form again says nothing more. Numbers of persons are masked.

    `secret` keys the writer's name. Raises `Invalid`, `NotAllowed`, `NotFound`, `TooMany`.
    """
    actor.require_for(body, *COMMENTERS, city=city)
    row = Dossier.objects.filter(city=city, slug=slug, number=number).first()
    speaker = Body.objects.filter(city=city, public_id=body, state__in=PUBLIC_STATES).first()
    if row is None or speaker is None:
        raise NotFound("Data dukung atau pihak ini tidak ada.")
    said = mask(words.strip())
    if not SHORTEST <= len(said) <= LONGEST:
        message = f"Tulis {SHORTEST} sampai {LONGEST} huruf."
        raise Invalid(message, faults=(FieldFault("words", "length", message),))
    with transaction.atomic():
        known = Comment.objects.filter(action_id=action_id).first()
        if known is not None:
            return known
        if Comment.objects.filter(dossier=row).count() >= MOST:
            raise TooMany("Versi ini sudah punya banyak komentar. Baca dulu yang ada.", retry_after_s=86400)
        made, is_new = Comment.objects.get_or_create(
            action_id=action_id,
            defaults={
                "dossier": row,
                "body": speaker,
                "words": said,
                "at": clock.now(),
                "writer": writer_of(actor, secret),
            },
        )
        if is_new:
            _record(actor, made, "dossier.commented", {"body": body})
    return made


def withdraw(*, actor: Actor, city: str, code: str, secret: str) -> Comment:
    """Take one's own comment back; its words are deleted. Again changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = _found(city, code)
    if actor.person_id is None or row.writer != writer_of(actor, secret):
        raise NotAllowed("Hanya penulisnya yang menarik komentar.")
    with transaction.atomic():
        kept = Comment.objects.filter(pk=row.pk, withdrawn_at=None)
        if kept.update(withdrawn_at=clock.now(), words=""):
            _record(actor, row, "dossier.uncommented", {"body": row.body.public_id})
    return row


def hide(*, actor: Actor, city: str, code: str, why: str) -> Comment:
    """Hide a comment with a reason that everybody reads. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = _found(city, code)
    actor.require(*MODERATORS, city=city)
    writers = (row.dossier.body.public_id, *row.dossier.authors)
    if any(grant.city == city and grant.body in writers for grant in actor.grants):
        raise NotAllowed("Penulis data dukung tidak menyembunyikan komentar tentang tulisannya sendiri.")
    said = mask(why.strip())[:200]
    if not said:
        raise Invalid("Tulis mengapa komentar ini disembunyikan.")
    with transaction.atomic():
        if Comment.objects.filter(pk=row.pk, hidden_at=None).update(hidden_at=clock.now(), hidden_why=said):
            _record(actor, row, "dossier.comment_hidden", {"why": said})
    return row


def _found(city: str, code: str) -> Comment:
    rows = Comment.objects.select_related("dossier__body", "body")
    row = rows.filter(dossier__city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Komentar ini tidak ada.")
    return row


def _record(actor: Actor, row: Comment, verb: str, more: dict[str, object]) -> None:
    data: dict[str, object] = {"number": row.dossier.number, "comment": row.code} | more
    record(actor=actor, verb=verb, obj=Ref("dossier", row.dossier.slug), data=data, city=row.dossier.city)
