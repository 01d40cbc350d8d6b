"""At the desk: keeping a filter, asking a colleague to look."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from rembug.cases.models import KeptFilter, Mention, Step
from rembug.cases.queries.work import role_for
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed
from rembug.people.models import Person
from rembug.people.queries.persons import actor_of

MOST = 20


def keep_filter(*, actor: Actor, city: str, name: str, query: str) -> None:
    """Keep a question to the queue under a name; the same name again replaces it. Raises `Invalid`, `NotAllowed`."""
    person = _person(actor)
    name = " ".join(name.split())[:60]
    if not name:
        message = gettext("Beri nama saringan ini.")
        raise Invalid(message, faults=(FieldFault("name", "missing", message),))
    with transaction.atomic():
        mine = KeptFilter.objects.select_for_update().filter(city=city, person_id=person)
        if mine.exclude(name=name).count() >= MOST:
            raise Invalid(gettext("Paling banyak %(n)s saringan. Hapus satu dulu.") % {"n": MOST})
        KeptFilter.objects.update_or_create(
            city=city, person_id=person, name=name, defaults={"query": query[:300]}
        )


def drop_filter(*, actor: Actor, city: str, name: str) -> None:
    """Forget a kept filter; again is harmless."""
    KeptFilter.objects.filter(city=city, person_id=_person(actor), name=name).delete()


def mention(*, actor: Actor, city: str, step: Step, people: list[str]) -> None:
    """Ask colleagues who may open this case to look at a note; others are left out. Part of writing it."""
    for public_id in dict.fromkeys(people[:MOST]):
        person = Person.objects.filter(public_id=public_id, is_active=True).first()
        if person is None or person.pk == actor.person_id or role_for(actor_of(person), step.case) is None:
            continue
        Mention.objects.get_or_create(step=step, person=person)


def seen(*, actor: Actor, city: str, code: str) -> None:
    """Note that somebody opened a case in which they were named."""
    if actor.person_id is not None:
        waiting = Mention.objects.filter(person_id=actor.person_id, seen_at=None)
        waiting.filter(step__case__code=code, step__case__city=city).update(seen_at=clock.now())


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(gettext("Masuk dulu."))
    return actor.person_id
