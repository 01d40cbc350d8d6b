"""Taking over what the city's pack says."""

from __future__ import annotations

import hashlib

import orjson
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.confidential.models import Setup
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import ConfidentialFacts, confidential_to_json


@transaction.atomic
def load_confidential(*, actor: Actor, city: str, facts: ConfidentialFacts | None) -> bool:
    """Make the rules of confidential reports what the pack says; tell whether anything changed.

    Boxes and matters stay. Without facts nothing new is taken.
    """
    if actor.kind != "system":
        actor.require("administrator", city=city)
    if facts is None:
        return bool(Setup.objects.filter(city=city).delete()[0])
    plain = confidential_to_json(facts)
    digest = hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()
    before = Setup.objects.select_for_update().filter(city=city).first()
    if before is not None and before.digest == digest:
        return False
    values = {"facts": plain, "digest": digest, "loaded_at": clock.now()}
    Setup.objects.update_or_create(city=city, defaults=values)
    data: dict[str, object] = {"rules": digest}
    record(actor=actor, verb="confidential.loaded", obj=Ref("city", city), data=data, city=city)
    return True
