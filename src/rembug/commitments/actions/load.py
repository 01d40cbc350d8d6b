"""Taking over what the city's pack says of things to lend and of grants."""

from __future__ import annotations

import hashlib

import orjson
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.commitments.models import DeskSetup
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import DeskFacts, desk_to_json


@transaction.atomic
def load_desk(*, actor: Actor, city: str, facts: DeskFacts | None) -> bool:
    """Make the city's desk what its pack says; tell whether anything changed. What was asked stays as it was."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
    if facts is None:
        return bool(DeskSetup.objects.filter(city=city).delete()[0])
    plain = desk_to_json(facts)
    digest = hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()
    before = DeskSetup.objects.select_for_update().filter(city=city).first()
    if before is not None and before.digest == digest:
        return False
    values = {"facts": plain, "digest": digest, "loaded_at": clock.now()}
    DeskSetup.objects.update_or_create(city=city, defaults=values)
    record(actor=actor, verb="desk.loaded", obj=Ref("city", city), data={"desk": digest}, city=city)
    return True
