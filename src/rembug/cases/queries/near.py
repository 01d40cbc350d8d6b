"""Which communities are near enough to a case to check it, and have no part in it."""

from __future__ import annotations

from rembug.cases.models import Case
from rembug.lib.actor import Actor, Role, covers
from rembug.people.models import Body

CHECKERS: tuple[Role, ...] = ("verifier", "facilitator", "coordinator", "administrator")
SPHERE = "civil_society"


def is_near(actor: Actor, row: Case, body: Body) -> bool:
    """Tell whether the actor speaks for a community that looks after the case's area and does not handle it."""
    if body.sphere != SPHERE or body.pk in {row.body_id, row.about_body_id}:
        return False
    handled = row.holder_id is not None and actor.person_id == row.holder_id
    if handled or not actor.speaks_for(body.public_id, *CHECKERS, city=row.city):
        return False
    areas = [one.area_code for one in body.areas.all()]
    return not areas or any(covers(area, row.area_code) for area in areas)


def near_bodies(actor: Actor, city: str, code: str) -> list[tuple[str, str]]:
    """Return number and name of the actor's communities that may check a case."""
    mine = own_communities(actor, city)
    row = Case.objects.filter(city=city, code=code).first() if mine else None
    return [(body.public_id, body.name) for body in mine if row is not None and is_near(actor, row, body)]


def own_communities(actor: Actor, city: str) -> list[Body]:
    """Return the communities that the actor checks cases for, with their areas, by name."""
    mine = {grant.body for grant in actor.grants if grant.city == city and grant.role in CHECKERS}
    if not mine:
        return []
    rows = Body.objects.filter(city=city, public_id__in=mine, sphere=SPHERE)
    return list(rows.prefetch_related("areas").order_by("name"))
