"""People and bodies support a proposal, one voice each, and say what speaks for and against it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.deliberation.actions.propose import SPEAKERS, listed_body
from rembug.deliberation.models import Argument, Proposal, Voice
from rembug.deliberation.queries.voices import source_of
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor, Role
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound, TooMany
from rembug.lib.pii import mask
from rembug.places import queries as places

SIDES = ("for", "against")
MODERATORS: tuple[Role, ...] = ("coordinator", "facilitator", "administrator")
LONGEST = 600
MOST = 400  # arguments that one proposal takes


def support(*, actor: Actor, city: str, code: str, secret: str, area: str = "", body: str = "") -> bool:
    """Support a proposal, for oneself or for a body; once more changes nothing. Tell whether it was new.

    `secret` keys the name of the source, so that a voice is counted once and nobody can be told from it.
    Raises `NotAllowed`, `NotFound`.
    """
    row = _open(city, code)
    if body:
        actor.require_for(body, *SPEAKERS, city=city)
    known = area if area in {one.code for one in places.areas(city)} else ""
    values = {"at": clock.now(), "area_code": known, "body": listed_body(city, body) if body else None}
    with transaction.atomic():
        _, is_new = Voice.objects.get_or_create(
            proposal=row, source=source_of(actor, body, secret), defaults=values
        )
        if is_new:
            _record(actor, row, "proposal.supported", body)
    return is_new


def take_back(*, actor: Actor, city: str, code: str, secret: str, body: str = "") -> None:
    """Take one's support back; once more changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = _open(city, code)
    if body:
        actor.require_for(body, *SPEAKERS, city=city)
    with transaction.atomic():
        found = Voice.objects.filter(proposal=row, source=source_of(actor, body, secret))
        if found.delete()[0]:
            _record(actor, row, "proposal.unsupported", body)


def argue(
    *,
    actor: Actor,
    city: str,
    code: str,
    action_id: UUID,
    side: str,
    words: str,
    body: str = "",
    secret: str = "",
) -> Argument:
    """Say what speaks for or against; the same form again says nothing more.

    `secret` keys the writer's name, so that they find their words again.
    Whoever has an account may; phone and identity numbers are masked. Raises `Invalid`, `NotAllowed`, `TooMany`.
    """
    row = _open(city, code)
    if actor.person_id is None:
        raise NotAllowed("Masuk dulu untuk menulis alasan. Mendukung boleh tanpa akun.")
    if body:
        actor.require_for(body, *SPEAKERS, city=city)
    said = mask(words.strip())
    if side not in SIDES or not 10 <= len(said) <= LONGEST:
        message = f"Pilih setuju atau keberatan, dan tulis alasan 10 sampai {LONGEST} huruf."
        raise Invalid(message, faults=(FieldFault("words", "length", message),))
    if Argument.objects.filter(proposal=row).count() >= MOST:
        raise TooMany("Usulan ini sudah punya banyak alasan. Baca dulu yang ada.", retry_after_s=86400)
    writer = source_of(actor, "", secret) if secret else ""
    values = {"proposal": row, "side": side, "words": said, "at": clock.now(), "writer": writer}
    with transaction.atomic():
        made, is_new = Argument.objects.get_or_create(
            action_id=action_id, defaults=values | {"body": listed_body(city, body) if body else None}
        )
        if is_new:
            _record(actor, row, "proposal.argued", body)
    return made


def hide(*, actor: Actor, city: str, argument: int, why: str) -> str:
    """Hide an argument with a reason that everybody reads; return the proposal's code.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = Argument.objects.select_related("proposal__body").filter(pk=argument, proposal__city=city).first()
    if row is None:
        raise NotFound("Alasan ini tidak ada.")
    actor.require(*MODERATORS, city=city, area=row.proposal.area_code)
    if actor.speaks_for(row.proposal.body.public_id, *SPEAKERS, city=city):
        raise NotAllowed("Pengusul tidak menyembunyikan alasan tentang usulannya sendiri.")
    if not why.strip():
        raise Invalid("Tulis mengapa alasan ini disembunyikan.")
    with transaction.atomic():
        found = Argument.objects.filter(pk=row.pk, hidden_at=None)
        if found.update(hidden_at=clock.now(), hidden_why=why.strip()[:200]):
            _record(actor, row.proposal, "proposal.hidden", "")
    return row.proposal.code


def _open(city: str, code: str) -> Proposal:
    row = Proposal.objects.filter(city=city, code=code.upper()).exclude(state="withdrawn").first()
    if row is None:
        raise NotFound("Usulan ini tidak ada.")
    return row


def _record(actor: Actor, row: Proposal, verb: str, body: str) -> None:
    data: dict[str, object] = {"body": body} if body else {}
    by = actor if body or verb == "proposal.hidden" else ANONYMOUS
    record(actor=by, verb=verb, obj=Ref("proposal", row.code), data=data, city=row.city)
