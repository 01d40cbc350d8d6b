"""My data: correct it, take a consent back, be forgotten. Each request carries the legal clock of 72 hours."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotAllowed
from rembug.people import rules
from rembug.people.actions import consents
from rembug.people.models import Body, DataRequest, Invitation, Person, Registration
from rembug.people.queries.consents import subject_of
from rembug.people.queries.personal_data import holders


@transaction.atomic
def ask(*, actor: Actor, kind: str) -> DataRequest:
    """Start the clock of a request about the actor's own data."""
    subject = subject_of(actor)
    if not subject:
        raise NotAllowed(gettext("Kami tidak menyimpan data tentang perangkat ini."))
    at = clock.now()
    row = DataRequest.objects.create(subject=subject, kind=kind, asked_at=at, due_at=at + rules.ANSWER_WITHIN)
    audit.record(
        actor=actor, verb="data.asked", obj=audit.Ref("data-request", row.public_id), data={"kind": kind}
    )
    return row


@transaction.atomic
def done(*, actor: Actor, request: DataRequest) -> None:
    """Stop the clock of a request."""
    request.done_at = clock.now()
    request.save(update_fields=["done_at"])
    data = {"kind": request.kind}
    audit.record(
        actor=actor, verb="data.answered", obj=audit.Ref("data-request", request.public_id), data=data
    )


@transaction.atomic
def correct_person(*, actor: Actor, display_name: str, language: str) -> Person:
    """Correct the actor's own name and language."""
    request = ask(actor=actor, kind=DataRequest.Kind.CORRECT)
    person = _own(actor)
    person.display_name, person.language = display_name, language
    person.save(update_fields=["display_name", "language"])
    done(actor=actor, request=request)
    return person


@transaction.atomic
def withdraw_consent(*, actor: Actor, purpose: str) -> None:
    """Take back a consent; taking back the one for the account also ends all roles and sessions."""
    request = ask(actor=actor, kind=DataRequest.Kind.WITHDRAW)
    consents.withdraw(actor=actor, purpose=purpose)
    if purpose == "account":
        person = _own(actor)
        person.role_grants.filter(ended_at=None).update(ended_at=clock.now())
        person.is_active = False
        person.save(update_fields=["is_active"])
        end_sessions(actor=actor, person=person)
    done(actor=actor, request=request)


def erase_person(*, actor: Actor) -> DataRequest:
    """Forget the actor: account, roles, sessions, factors, invitations, and what other apps keep.

    The request is on record before anything is erased. The erasing is whole or nothing; when it fails, the
    request stays open with its clock running. What stays: the consents (proof that we asked), this request, and
    the audit log, all under a public id that leads nowhere. Returns the request, done.
    """
    request = ask(actor=actor, kind=DataRequest.Kind.DELETE)
    with transaction.atomic():
        for holder in holders():
            holder.erase(actor=actor)
        if actor.kind == "person":
            _forget(actor)
        done(actor=actor, request=request)
    return request


def _forget(actor: Actor) -> None:
    person = _own(actor)
    Invitation.objects.filter(email__iexact=person.email).delete()
    notes = Registration.objects.filter(contact_email__iexact=person.email)
    Body.objects.filter(registration__in=notes).update(representative="")
    notes.update(contact_email="")
    end_sessions(actor=actor, person=person)
    audit.record(actor=actor, verb="person.erased", obj=audit.Ref("person", person.public_id))
    person.delete()


@transaction.atomic
def end_sessions(*, actor: Actor, person: Person) -> int:
    """End every session of a person at once; return how many."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        SessionStore().delete(session.session_key)
        session.delete()
    if sessions:
        audit.record(actor=actor, verb="person.signed-out", obj=audit.Ref("person", person.public_id))
    return len(sessions)


def _own(actor: Actor) -> Person:
    person = Person.objects.select_for_update().filter(public_id=actor.public_id).first()
    if person is None:
        raise NotAllowed(gettext("Masuk dulu."))
    return person
