"""Stopping an account, and letting it go on."""

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib.actor import Actor
from rembug.lib.errors import NotAllowed, NotFound
from rembug.people.actions.personal_data import end_sessions
from rembug.people.models import Person


@transaction.atomic
def disable_person(*, actor: Actor, city: str, public_id: str) -> None:
    """Stop an account of the city: its sessions end at once and it cannot sign in."""
    person = _of_city(actor, city, public_id)
    if person.pk == actor.person_id:
        raise NotAllowed(gettext("Anda tidak bisa menghentikan akun sendiri."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(actor=actor, person=person)
    audit.record(actor=actor, verb="person.disabled", obj=audit.Ref("person", public_id), city=city)


@transaction.atomic
def enable_person(*, actor: Actor, city: str, public_id: str) -> None:
    """Let a stopped account sign in again."""
    person = _of_city(actor, city, public_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(actor=actor, verb="person.enabled", obj=audit.Ref("person", public_id), city=city)


def _of_city(actor: Actor, city: str, public_id: str) -> Person:
    actor.require("administrator", city=city)
    known = Person.objects.select_for_update().filter(public_id=public_id)
    person = known.filter(pk__in=Person.objects.filter(role_grants__body__city=city)).first()
    if person is None:
        raise NotFound(gettext("Orang ini tidak ada di kota ini."))
    # An administrator of one city has no say over somebody who also serves another.
    if person.role_grants.filter(ended_at=None).exclude(body__city=city).exists():
        raise NotAllowed(gettext("Orang ini juga bertugas di kota lain. Akhiri perannya di sini saja."))
    return person
