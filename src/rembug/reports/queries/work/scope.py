"""How far a role reaches: the areas and the bodies of somebody's grants."""

from django.conf import settings
from django.db.models import Q

from rembug.lib import ids
from rembug.lib.actor import Actor, Role
from rembug.reports.models import Report

DECIDERS: tuple[Role, ...] = ("verifier", "officer", "coordinator", "administrator")
MODERATORS = LINKERS = DECIDERS
REPLIERS: tuple[Role, ...] = (
    "officer",
    "coordinator",
    "member",
    "verifier",
    "facilitator",
    "approver",
    "administrator",
)
OPERATORS: tuple[Role, ...] = ("officer", "coordinator", "administrator")
COORDINATORS: tuple[Role, ...] = ("coordinator", "administrator")


def within(actor: Actor, city: str, roles: tuple[Role, ...], column: str = "area_code") -> Q:
    """Return the condition of what lies in an area where the actor holds one of the roles; none lies in no area."""
    areas = {grant.area for grant in actor.grants if grant.city == city and grant.role in roles}
    if not areas:
        return Q(pk__in=[])
    if "" in areas:
        return Q()
    reached = Q(pk__in=[])
    for area in areas:
        reached |= Q(**{column: area}) | Q(**{f"{column}__startswith": f"{area}."})
    return reached


def bodies_of(actor: Actor, city: str, roles: tuple[Role, ...] = REPLIERS) -> tuple[str, ...]:
    """Return the public ids of the bodies for which the actor holds one of the roles, in a stable order."""
    found = [g.body for g in actor.grants if g.city == city and g.role in roles and g.body]
    return tuple(dict.fromkeys(found))


def voices(actor: Actor) -> set[str]:
    """Return the names under which somebody's reports are kept: as a person, and by this phone."""
    found = set()
    if actor.person_id is not None:
        found.add(ids.keyed(settings.SECRET_KEY, "source", f"person:{actor.person_id}"))
    if actor.device_hash:
        found.add(ids.keyed(settings.SECRET_KEY, "source", f"device:{actor.device_hash}"))
    return found


def own(actor: Actor) -> Q:
    """Return the condition of the actor's own reports: nobody judges those."""
    mine = Q(source__in=voices(actor))
    return mine if actor.person_id is None else mine | Q(person_id=actor.person_id)


def is_own(actor: Actor, report: Report) -> bool:
    """Tell whether the actor sent the report, signed in or from this very phone."""
    same_person = actor.person_id is not None and actor.person_id == report.person_id
    return same_person or report.source in voices(actor)
