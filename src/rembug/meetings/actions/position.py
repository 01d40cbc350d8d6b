"""Joint positions: written once, signed and withdrawn by bodies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.meetings.actions.arrange import SPEAKERS, known_body
from rembug.meetings.models import Position, Signature


@dataclass(frozen=True, slots=True)
class Words:
    """What a position says, for which body, to whom."""

    action_id: UUID
    body: str
    title: str
    text: str
    addressed_to: str = ""


def write(*, actor: Actor, city: str, words: Words) -> Position:
    """Publish a text and sign it for its own body; the same form again writes nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(words.body, *SPEAKERS, city=city)
    body = known_body(city, words.body)
    title, text = words.title.strip(), words.text.strip()
    faults = tuple(
        FieldFault(name, "missing", said)
        for name, value, said in (("title", title, "Beri judul."), ("text", text, "Tulis sikap bersama ini."))
        if not value
    )
    if faults:
        raise Invalid(
            gettext("Sikap bersama belum bisa diterbitkan. Periksa isian yang ditandai."), faults=faults
        )
    digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    now = clock.now()
    with transaction.atomic():
        row, is_new = Position.objects.get_or_create(
            action_id=words.action_id,
            defaults={
                "city": city,
                "code": ids.public_code(),
                "body": body,
                "title": title,
                "text": text,
                "addressed_to": words.addressed_to.strip(),
                "text_hash": digest,
                "made_at": now,
            },
        )
        if is_new:
            Signature.objects.create(position=row, body=body, at=now)
            data: dict[str, object] = {"body": words.body, "text": digest}
            record(actor=actor, verb="position.written", obj=Ref("position", row.code), data=data, city=city)
    return row


def sign(*, actor: Actor, city: str, code: str, body: str) -> None:
    """Sign for a body; once more changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = _allowed(actor, city, code, body)
    with transaction.atomic():
        values = {"at": clock.now()}
        _, is_new = Signature.objects.get_or_create(
            position=row, body=known_body(city, body), withdrawn_at=None, defaults=values
        )
        if is_new:
            data: dict[str, object] = {"body": body, "text": row.text_hash}
            record(actor=actor, verb="position.signed", obj=Ref("position", code), data=data, city=city)


def withdraw(*, actor: Actor, city: str, code: str, body: str) -> None:
    """Withdraw a body's signature; both dates stay. Once more changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = _allowed(actor, city, code, body)
    with transaction.atomic():
        found = Signature.objects.filter(position=row, body__public_id=body, withdrawn_at=None)
        if found.update(withdrawn_at=clock.now()):
            data: dict[str, object] = {"body": body, "text": row.text_hash}
            record(actor=actor, verb="position.withdrawn", obj=Ref("position", code), data=data, city=city)


def _allowed(actor: Actor, city: str, code: str, body: str) -> Position:
    actor.require_for(body, *SPEAKERS, city=city)
    row = Position.objects.filter(city=city, code=code).first()
    if row is None:
        raise NotFound(gettext("Sikap bersama ini tidak ada."))
    return row
