"""Photos of a meeting, under the same rules as any photo: a person looks before anybody sees them."""

from __future__ import annotations

from uuid import UUID

from rembug.lib.actor import Actor
from rembug.meetings.actions.arrange import hosted
from rembug.reports.actions.attach import Subject, attach

KIND = "meeting"


def add_photo(*, actor: Actor, city: str, code: str, action_id: UUID, data: bytes) -> str:
    """Store a photo of a meeting that the actor's body hosts; return its name. The same form stores it once.

    Raises `Invalid`, `KeyReused`, `NotAllowed`, `NotFound`.
    """
    row = hosted(actor, city, code)
    subject = Subject(city, KIND, row.code, row.area_code)
    return attach(actor=actor, subject=subject, client_id=action_id, data=data).name
