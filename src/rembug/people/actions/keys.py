"""Keys of other systems: made for a body, shown once, ended at any time."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.people.models import ApiKey, Body


def issue(*, actor: Actor, city: str, body: str, name: str) -> str:
    """Make a key for a body and return it; nobody can read it again. Raises `NotFound` for an unknown body."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
    owner = Body.objects.filter(city=city, public_id=body).first()
    if owner is None:
        raise NotFound("Pilih pihak yang ada.")
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = ApiKey.objects.create(
            city=city, body=owner, name=name.strip()[:80], key_hash=fingerprint(token), created_at=clock.now()
        )
        data = {"body": body, "key": made.public_id}
        record(actor=actor, verb="key.issued", obj=Ref("body", body), data=data, city=city)
    return token


def end(*, actor: Actor, city: str, public_id: str) -> None:
    """End a key; once more changes nothing."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
    with transaction.atomic():
        row = ApiKey.objects.select_for_update().filter(city=city, public_id=public_id).first()
        if row is None:
            raise NotFound("Kunci ini tidak ada.")
        if row.ended_at is None:
            row.ended_at = clock.now()
            row.save(update_fields=["ended_at"])
            owner = Ref("body", row.body.public_id)
            record(actor=actor, verb="key.ended", obj=owner, data={"key": public_id}, city=city)


def fingerprint(token: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(token.encode()).hexdigest()
