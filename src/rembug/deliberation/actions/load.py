"""Taking over what the city's pack says of planning."""

from __future__ import annotations

import hashlib

import orjson
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.deliberation.models import Setup
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import PlanningFacts, planning_to_json


@transaction.atomic
def load_planning(*, actor: Actor, city: str, facts: PlanningFacts | None) -> bool:
    """Make the city's planning path what its pack says; tell whether anything changed.

    A proposal stays at its stage; only the calendar around it moves.
    """
    if actor.kind != "system":
        actor.require("administrator", city=city)
    if facts is None:
        return bool(Setup.objects.filter(city=city).delete()[0])
    plain = planning_to_json(facts)
    digest = hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()
    before = Setup.objects.select_for_update().filter(city=city).first()
    if before is not None and before.digest == digest:
        return False
    values = {"facts": plain, "digest": digest, "loaded_at": clock.now()}
    Setup.objects.update_or_create(city=city, defaults=values)
    record(actor=actor, verb="planning.loaded", obj=Ref("city", city), data={"planning": digest}, city=city)
    return True
