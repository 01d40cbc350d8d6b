"""Forgetting: what is sealed is deleted with its keys, a count remains."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from rembug.confidential.models import Count, Matter
from rembug.confidential.queries import setup
from rembug.lib.actor import Actor


def forget_due(*, actor: Actor) -> int:
    """Delete all matters whose time is over; return how many. A run that is cut goes on with the next."""
    gone = 0
    for city in setup.cities():
        for matter in Matter.objects.filter(city=city, ends_on__lte=setup.today(city)):
            with transaction.atomic():
                gone += forget_one(matter, actor=actor)
    return gone


def forget_one(matter: Matter, *, actor: Actor) -> int:
    """Delete one matter inside the caller's transaction and count it by its year; tell how many it was."""
    year = matter.received_on.year
    if not Matter.objects.filter(pk=matter.pk).delete()[0]:
        return 0
    row, _ = Count.objects.get_or_create(city=matter.city, year=year)
    Count.objects.filter(pk=row.pk).update(number=F("number") + 1)
    return 1
