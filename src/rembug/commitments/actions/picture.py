"""Photos of what was promised, under the same rules as any photo: a person looks before anybody sees them."""

from __future__ import annotations

from uuid import UUID

from rembug.commitments.queries.promises import row_of
from rembug.deliberation.actions.propose import SPEAKERS
from rembug.lib.actor import Actor
from rembug.reports.actions.attach import Subject, attach

KIND = "promise"


def add_photo(*, actor: Actor, city: str, code: str, body: str, action_id: UUID, data: bytes) -> str:
    """Store a photo of a promise for a body that the actor speaks for: the owner's, or another party's that looked.

    Return its name. The same form stores it once. Raises `Invalid`, `KeyReused`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(body, *SPEAKERS, city=city)
    row = row_of(city, code)
    subject = Subject(city, KIND, row.code, row.area_code, row.lon, row.lat)
    return attach(actor=actor, subject=subject, client_id=action_id, data=data).name
