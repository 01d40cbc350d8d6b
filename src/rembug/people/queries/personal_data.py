"""Everything we keep about one person, and nothing about others."""

from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.module_loading import import_string

from rembug.lib.actor import Actor
from rembug.lib.personal_data import Holder
from rembug.people.models import Consent, DataRequest, Invitation, Person, RoleGrant
from rembug.people.queries import consents


def holders() -> list[Holder]:
    """Return the keepers of personal data in other apps (setting DATA_HOLDERS)."""
    return [import_string(path) for path in settings.DATA_HOLDERS]


def my_data(actor: Actor) -> dict[str, object]:
    """Return everything about the actor as JSON: account, roles, consents, requests, and what other apps keep."""
    found: dict[str, object] = {
        "consents": [_consent(row) for row in consents.of_actor(actor=actor)],
        "requests": [_request(row) for row in requests(actor=actor)],
    }
    if actor.kind == "person":
        found |= _account(Person.objects.get(public_id=actor.public_id))
    for holder in holders():
        found |= holder.export(actor=actor)
    return found


def requests(*, actor: Actor) -> list[DataRequest]:
    """Return what the actor asked about their own data, newest first, with its legal clock."""
    subject = consents.subject_of(actor)
    return list(DataRequest.objects.filter(subject=subject).order_by("-asked_at", "-id")) if subject else []


def _account(person: Person) -> Mapping[str, object]:
    sessions = UserSession.objects.filter(user=person).order_by("created_at")
    factors = Authenticator.objects.filter(user=person).order_by("created_at")
    grants = RoleGrant.objects.filter(person=person).select_related("body").order_by("created_at")
    invited = (
        Invitation.objects.filter(email__iexact=person.email).select_related("body").order_by("created_at")
    )
    return {
        "account": {
            "public_id": person.public_id,
            "email": person.email,
            "display_name": person.display_name,
            "language": person.language,
            "created_at": person.created_at.isoformat(),
        },
        "roles": [
            {
                "role": row.role,
                "body": row.body.name,
                "area": row.area_code,
                "since": row.created_at.isoformat(),
                "ended": row.ended_at and row.ended_at.isoformat(),
            }
            for row in grants
        ],
        "invitations": [
            {"role": row.role, "body": row.body.name, "made": row.created_at.isoformat()} for row in invited
        ],
        "sessions": [
            {"since": row.created_at.isoformat(), "address": row.ip, "browser": row.user_agent}
            for row in sessions
        ],
        # The kinds only: the secrets themselves open the account and are never handed out.
        "second_factors": [{"kind": row.type, "since": row.created_at.isoformat()} for row in factors],
    }


def _consent(row: Consent) -> dict[str, object]:
    return {
        "purpose": row.purpose,
        "text_version": row.text_version,
        "text_sha256": row.text_hash,
        "language": row.language,
        "channel": row.channel,
        "given": row.given,
        "at": row.at.isoformat(),
    }


def _request(row: DataRequest) -> dict[str, object]:
    return {
        "kind": row.kind,
        "asked": row.asked_at.isoformat(),
        "due": row.due_at.isoformat(),
        "done": row.done_at and row.done_at.isoformat(),
    }
