"""Asking a what-if: by a facilitator or the pack; equal inputs are asked once."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.places import queries as places
from rembug.water.models import Scenario, Setup
from rembug.water.queries.setup import facts_of, terrain_of
from rembug.water.rules import whatif
from rembug.water.rules.inputs import digest_of

LONGEST_TITLE = 120


@transaction.atomic
def ask(*, actor: Actor, city: str, title: str, change: whatif.Change, by: str = "") -> Scenario:
    """Put a what-if in the queue; one that was asked before (same change, ground and pack) is returned as it is."""
    if actor.kind != "system":
        actor.require("facilitator", "coordinator", "administrator", city=city)
    facts = facts_of(city)
    whatif.check(change, facts)
    title = " ".join(title.split())
    if not 3 <= len(title) <= LONGEST_TITLE:
        remedy = "Tulis judul 3 sampai 120 huruf."
        raise Invalid("Judul belum bisa dipakai.", faults=(FieldFault("title", "length", remedy),))
    inputs = inputs_of(city, change)
    known = Scenario.objects.filter(city=city, inputs=inputs).first()
    if known is not None:
        return known
    row = Scenario.objects.create(
        city=city,
        code=ids.public_code(),
        title=title,
        by=by,
        change=change.plain(),
        inputs=inputs,
        asked_at=clock.now(),
    )
    record(
        actor=actor,
        verb="scenario.asked",
        obj=Ref("scenario", row.code),
        data={"change": change.plain(), "inputs": inputs, "body": by},
        city=city,
    )
    return row


def inputs_of(city: str, change: whatif.Change) -> str:
    """Return the hash of everything that a what-if is computed from."""
    prepared = Setup.objects.filter(city=city).values_list("prepared", flat=True).first()
    if not prepared:
        raise NotFound("Peta tinggi tanah kota ini belum siap. Coba lagi sebentar.")
    terrain = terrain_of(city)
    year = clock.now().year if change.outlook != "now" else 0  # sinking counts from this year
    return digest_of(
        year=year,
        change=change.plain(),
        prepared=prepared,
        terrain=terrain and terrain.digest,
        members=whatif.MEMBERS,
    )


def ask_of_pack(*, actor: Actor, city: str) -> int:
    """Ask what the pack asks for everybody; return how many what-ifs stand."""
    facts, language = facts_of(city), places.city(city).languages[0]
    for row in facts.scenarios:
        ask(actor=actor, city=city, title=row.names[language][:LONGEST_TITLE], change=whatif.change_of(row))
    return len(facts.scenarios)
