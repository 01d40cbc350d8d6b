"""Saying of a city that its reports are made up."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.places import queries
from rembug.places.actions.load import allow
from rembug.places.models import City


@transaction.atomic
def mark_simulated(*, actor: Actor, city: str) -> None:
    """Have every page of the city say that its reports are made up. It stays so: mixed reports cannot be told apart."""
    allow(actor, city)
    row = City.objects.select_for_update().filter(slug=city).first()
    if row is None:
        raise NotFound(f"Kota {city!r} belum dimuat.")
    if row.simulated_at is None:
        row.simulated_at = clock.now()
        row.save(update_fields=["simulated_at"])
        record(actor=actor, verb="city.simulated", obj=Ref("city", city), city=city)
    queries.forget()
    transaction.on_commit(queries.forget)
