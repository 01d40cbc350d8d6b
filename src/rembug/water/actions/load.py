"""Taking over what the city's pack says of its water."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import WaterFacts, water_to_json
from rembug.water.models import Setup
from rembug.water.rules.inputs import digest_of


@transaction.atomic
def load_water(*, actor: Actor, city: str, facts: WaterFacts | None) -> bool:
    """Make the city's water what its pack says; tell whether anything changed.

    Constants fitted to the city's own gauge stay in force; so does a surveyed terrain. The worker makes the rest ready
    (`prepare`) before its next forecast: loading a city needs no flood engine.
    """
    if actor.kind != "system":
        actor.require("administrator", city=city)
    if facts is None:
        return bool(Setup.objects.filter(city=city).delete()[0])
    plain = water_to_json(facts)
    digest = digest_of(facts=plain)
    before = Setup.objects.select_for_update().filter(city=city).first()
    if before is not None and before.digest == digest:
        return False
    Setup.objects.update_or_create(
        city=city, defaults={"facts": plain, "digest": digest, "loaded_at": clock.now()}
    )
    record(actor=actor, verb="water.loaded", obj=Ref("city", city), data={"water": digest}, city=city)
    return True
