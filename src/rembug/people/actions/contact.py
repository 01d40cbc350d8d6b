"""Somebody writes to a body; its people read it on their desk. No address of theirs is shown to the writer."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.people import rules
from rembug.people.actions import letters
from rembug.people.models import Body, Message, RoleGrant
from rembug.people.queries.bodies import PUBLIC_STATES

KEPT = timedelta(days=90)
MOST_LETTERS = 5  # people of one body who get a letter


@dataclass(frozen=True, slots=True)
class Writing:
    """A message: who writes, where an answer may go, the words. `action_id` makes a repeat harmless."""

    action_id: UUID
    name: str
    reply_to: str
    words: str


def write(*, actor: Actor, city: str, public_id: str, said: Writing, link: str) -> None:
    """Keep a message for a body, and tell its people by letter that one waits; the same form again keeps no second.

    Raises `Invalid`, `NotFound`. The letter holds no word of it, only `link`, the address of the inbox.
    """
    faults = tuple(
        FieldFault(field, "missing", words)
        for field, words in (
            ("name", gettext("Tulis nama Anda.")),
            ("reply_to", gettext("Tulis ke mana jawaban dikirim.")),
            ("words", gettext("Tulis pesannya.")),
        )
        if not getattr(said, field).strip()
    )
    if faults:
        raise Invalid(gettext("Pesan belum lengkap."), faults=faults)
    body = Body.objects.filter(city=city, public_id=public_id, state__in=PUBLIC_STATES).first()
    if body is None or not RoleGrant.objects.filter(body=body, ended_at=None).exists():
        raise NotFound(gettext("Pihak ini belum bisa dihubungi lewat Rembug."))
    values = {"body": body, "name": said.name.strip()[:80], "reply_to": said.reply_to.strip()[:120]}
    with transaction.atomic():
        values |= {"words": said.words.strip()[:2000], "at": clock.now()}
        _, is_new = Message.objects.get_or_create(action_id=said.action_id, defaults=values)
        if is_new:  # that somebody wrote is on record, not who and what
            audit.record(actor=actor, verb="body.written-to", obj=audit.Ref("body", public_id), city=city)
    if is_new:
        _tell(body, link)


def handled(*, actor: Actor, city: str, public_id: str) -> None:
    """Put a message away; again is harmless. Raises `NotAllowed`, `NotFound`."""
    with transaction.atomic():
        row = Message.objects.select_for_update(of=("self",)).select_related("body")
        message = row.filter(public_id=public_id, body__city=city).first()
        if message is None:
            raise NotFound(gettext("Pesan ini tidak ada."))
        actor.require_for(message.body.public_id, *rules.ROLES, city=city)
        if message.handled_at is None:
            message.handled_at = clock.now()
            message.save(update_fields=["handled_at"])
            ref = audit.Ref("body", message.body.public_id)
            audit.record(actor=actor, verb="body.message-handled", obj=ref, city=city)


def forget_old(*, actor: Actor) -> int:
    """Forget messages older than a season; return how many."""
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya sistem yang menghapus pesan lama."))
    return Message.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _tell(body: Body, link: str) -> None:
    grants = RoleGrant.objects.filter(body=body, ended_at=None, person__is_active=True, person__is_demo=False)
    people = dict.fromkeys(grant.person for grant in grants.select_related("person").order_by("id"))
    for person in list(people)[:MOST_LETTERS]:
        letters.send(person.email, "message", {"body": body.name, "link": link}, person.language)
