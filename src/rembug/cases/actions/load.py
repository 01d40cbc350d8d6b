"""Taking over what the city's pack says of handling."""

from __future__ import annotations

import hashlib

import orjson
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.cases.models import Setup
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import CaseFacts, cases_to_json


@transaction.atomic
def load_cases(*, actor: Actor, city: str, facts: CaseFacts | None) -> bool:
    """Make the city's rules of handling what its pack says; tell whether anything changed.

    Deadlines that were promised stay as they were: `recompute` moves them openly.
    """
    if actor.kind != "system":
        actor.require("administrator", city=city)
    if facts is None:
        return bool(Setup.objects.filter(city=city).delete()[0])
    plain = cases_to_json(facts)
    digest = hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()
    before = Setup.objects.select_for_update().filter(city=city).first()
    if before is not None and before.digest == digest:
        return False
    Setup.objects.update_or_create(
        city=city, defaults={"facts": plain, "digest": digest, "loaded_at": clock.now()}
    )
    record(actor=actor, verb="cases.loaded", obj=Ref("city", city), data={"cases": digest}, city=city)
    return True
