"""Taking over what the city's pack says of warnings."""

from __future__ import annotations

import hashlib

import orjson
from django.db import transaction

from rembug.alerts.models import Setup
from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import AlertFacts, alerts_to_json


@transaction.atomic
def load_alerts(*, actor: Actor, city: str, facts: AlertFacts | None) -> bool:
    """Make the city's rules of warnings what its pack says; tell whether anything changed."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
    if facts is None:
        return bool(Setup.objects.filter(city=city).delete()[0])
    plain = alerts_to_json(facts)
    digest = hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()
    before = Setup.objects.select_for_update().filter(city=city).first()
    if before is not None and before.digest == digest:
        return False
    Setup.objects.update_or_create(
        city=city, defaults={"facts": plain, "digest": digest, "loaded_at": clock.now()}
    )
    record(actor=actor, verb="alerts.loaded", obj=Ref("city", city), data={"alerts": digest}, city=city)
    return True
