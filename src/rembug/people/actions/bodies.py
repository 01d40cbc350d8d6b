"""Bodies that a city pack lists: public offices, partners, examples."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from rembug.audit.actions import Act, Ref, record_many
from rembug.lib.actor import Actor
from rembug.lib.pack import BodyRow
from rembug.people.models import Body, BodyArea

COLUMNS = ("name", "kind", "sphere", "level", "is_example", "about")


@dataclass(frozen=True, slots=True)
class BodiesLoaded:
    """What a load did, in numbers of bodies."""

    added: int
    updated: int
    closed: int


@transaction.atomic
def load_bodies(*, actor: Actor, city: str, bodies: Iterable[BodyRow]) -> BodiesLoaded:
    """Make the listed bodies what the pack says; those that left it are closed, not deleted.

    Bodies that registered themselves are left alone, and so is the state of a listed body: it joins by its own people,
    not by a file.
    """
    if actor.kind != "system":
        actor.require("administrator", city=city)
    known = {
        body.public_id: body for body in Body.objects.filter(city=city, public_id__startswith=f"{city}-")
    }
    acts: list[Act] = []
    for row in bodies:
        verb = _put(known.pop(row.public_id, None), row, city)
        if verb:
            acts.append(Act(actor, verb, Ref("body", row.public_id), {"name": row.name}, city))
    for body in known.values():
        if body.state != Body.State.CLOSED:
            body.state = Body.State.CLOSED
            body.save(update_fields=["state"])
            acts.append(Act(actor, "body.closed", Ref("body", body.public_id), {"name": body.name}, city))
    record_many(acts)
    verbs = [act.verb for act in acts]
    return BodiesLoaded(verbs.count("body.listed"), verbs.count("body.updated"), verbs.count("body.closed"))


def _put(body: Body | None, row: BodyRow, city: str) -> str:
    """Save a listed body where it differs; return the verb of what happened, or nothing."""
    new = body is None
    body = body or Body(public_id=row.public_id, city=city, state=row.state)
    categories = list(row.categories)
    same = [getattr(body, column) for column in COLUMNS] == [getattr(row, column) for column in COLUMNS]
    same = same and body.categories == categories and body.state != Body.State.CLOSED
    if not same or new:
        for column in COLUMNS:
            setattr(body, column, getattr(row, column))
        body.categories = categories
        if body.state == Body.State.CLOSED:  # it left the pack once and is back
            body.state = row.state
        body.save()
    moved = _put_areas(body, set(row.areas))
    if new:
        return "body.listed"
    return "" if same and not moved else "body.updated"


def _put_areas(body: Body, wanted: set[str]) -> bool:
    had = set(body.areas.values_list("area_code", flat=True))
    if had == wanted:
        return False
    body.areas.filter(area_code__in=had - wanted).delete()
    BodyArea.objects.bulk_create(BodyArea(body=body, area_code=code) for code in sorted(wanted - had))
    return True
