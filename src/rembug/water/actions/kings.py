"""Ranking the highest waters of the coming months, once a day."""

from datetime import timedelta

from django.db import transaction

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.water import engine
from rembug.water.models import KingTide
from rembug.water.queries.setup import cities, station_of

AHEAD = timedelta(days=120)
COUNT = 24


def rank_all(*, actor: Actor) -> int:
    """Rank every city's highest waters; return how many stand."""
    return sum(rank(actor=actor, city=city) for city in cities())


@transaction.atomic
def rank(*, actor: Actor, city: str) -> int:
    """Replace the city's list. Raises `NotFound` where it has no constants."""
    station, now = station_of(city), clock.now()
    found = engine.kings(station.data, now, now + AHEAD, COUNT)
    KingTide.objects.filter(city=city).delete()
    KingTide.objects.bulk_create(
        KingTide(city=city, at=at, level_cm=level, station=station.digest, made_at=now) for at, level in found
    )
    return len(found)
