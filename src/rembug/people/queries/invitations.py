"""Invitations: for who made them, and for who was invited."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from rembug.lib import clock
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotAllowed, NotFound
from rembug.people import rules
from rembug.people.models import Body, Invitation, Person
from rembug.people.tokens import hash_of


@dataclass(frozen=True, slots=True)
class InvitationFace:
    """An invitation as pages show it. `state`: open, accepted, revoked, expired."""

    public_id: str
    email: str
    city: str
    role: Role
    body: str
    body_name: str
    area: str
    expires_at: datetime
    state: str
    has_account: bool = False


def made_in(*, actor: Actor, city: str) -> list[InvitationFace]:
    """Return the invitations of the city that the actor could take back, newest first (at most 200)."""
    rows = Invitation.objects.filter(city=city).select_related("body").order_by("-created_at", "-id")[:200]
    return [_face(row) for row in rows if _may(actor, row.body, row.role, row.area_code)]


def one(*, actor: Actor, city: str, public_id: str) -> InvitationFace:
    """Return one invitation for who may take it back. Raises `NotFound`, `NotAllowed`."""
    row = Invitation.objects.filter(city=city, public_id=public_id).select_related("body").first()
    if row is None:
        raise NotFound(gettext("Undangan ini tidak ada."))
    if not _may(actor, row.body, row.role, row.area_code):
        raise NotAllowed(gettext("Undangan ini di luar wewenang Anda."))
    return _face(row)


def by_token(token: str) -> InvitationFace:
    """Return the open invitation of a link. Raises `NotFound` for a used, revoked, expired or unknown one."""
    row = Invitation.objects.filter(token_hash=hash_of(token)).select_related("body").first()
    if row is None or _state(row) != "open":
        raise NotFound(gettext("Undangan ini tidak berlaku lagi. Minta undangan baru."))
    return _face(row, has_account=Person.objects.filter(email__iexact=row.email).exists())


def _may(actor: Actor, body: Body, role: str, area: str) -> bool:
    known: Role = role  # type: ignore[assignment]  # only actions write it, from the same list
    return rules.may_give(actor, known, city=body.city, body=body.public_id, sphere=body.sphere, area=area)


def _state(row: Invitation) -> str:
    if row.accepted_at:
        return "accepted"
    if row.revoked_at:
        return "revoked"
    return "expired" if row.expires_at <= clock.now() else "open"


def _face(row: Invitation, *, has_account: bool = False) -> InvitationFace:
    role: Role = row.role  # type: ignore[assignment]  # only actions write it, from the same list
    return InvitationFace(
        public_id=row.public_id,
        email=row.email,
        city=row.city,
        role=role,
        body=row.body.public_id,
        body_name=row.body.name,
        area=row.area_code,
        expires_at=row.expires_at,
        state=_state(row),
        has_account=has_account,
    )
