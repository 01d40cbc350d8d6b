"""Photos of what came of a call, under the same rules as any photo: a person looks before anybody sees them."""

from __future__ import annotations

from uuid import UUID

from rembug.calls.actions.call import own
from rembug.lib.actor import Actor
from rembug.reports.actions.attach import Subject, attach

KIND = "call"


def add_photo(*, actor: Actor, city: str, code: str, action_id: UUID, data: bytes) -> str:
    """Store a photo of a call of the actor's body; return its name. The same form stores it once.

    Raises `Invalid`, `KeyReused`, `NotAllowed`, `NotFound`.
    """
    row = own(actor, city, code)
    subject = Subject(city, KIND, row.code, row.area_code)
    return attach(actor=actor, subject=subject, client_id=action_id, data=data).name
