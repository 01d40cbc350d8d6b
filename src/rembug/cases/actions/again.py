"""Reports that come after an end: the same incident seen again opens its case again."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext

from rembug.cases.actions.move import by_clock
from rembug.cases.models import Case
from rembug.cases.queries.setup import facts_of
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotAllowed
from rembug.reports.queries.handling import changed_codes, seen_since

WORDS = "Ada laporan baru tentang kejadian yang sama. Kasus dibuka lagi."
LATELY = timedelta(hours=2)
WEEK = timedelta(days=7)  # now and then, for what a long pause of the worker hid
ENDED = ("done", "settled")


def reopen_seen_again(city: str, *, actor: Actor, back: timedelta = LATELY) -> int:
    """Reopen each case that is done or settled and of which somebody has seen and sent something since.

    What lies near but is an incident of its own opens a case of its own. Looking again changes nothing: a reopened
    case has no end. `back`: how far incidents that changed are looked at. Return how many were reopened.
    """
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya sistem yang membuka lagi karena laporan baru."))
    least = facts_of(city).alone_probability
    codes = changed_codes(city, clock.now() - back)
    rows = Case.objects.filter(city=city, incident__in=codes, state__in=ENDED).order_by("id")
    done = 0
    for row in rows:
        ended = row.settled_at or row.done_at or row.changed_at
        if seen_since(city, row.incident, ended, min_probability=least):
            done += by_clock(row.pk, "reopen", WORDS, actor=actor)
    return done
