"""What waits for somebody with a role: one line a kind of work, only the kinds that the role has."""

from dataclasses import dataclass

from rembug.lib.actor import Actor, Role
from rembug.reports.queries.work import check, incidents, operator, photos
from rembug.reports.queries.work.scope import COORDINATORS, DECIDERS, MODERATORS, OPERATORS, REPLIERS


@dataclass(frozen=True, slots=True)
class Desk:
    """How much waits; None where the actor's roles do not have this work."""

    checks: int | None
    photos: int | None
    unread: int | None
    unanswered: int | None
    to_paste: int | None
    morning: bool
    bodies: tuple[str, ...]


def desk(*, actor: Actor, city: str) -> Desk:
    """Return what waits for the actor in this city."""
    replies = _holds(actor, city, REPLIERS)
    return Desk(
        checks=check.waiting(actor=actor, city=city) if _holds(actor, city, DECIDERS) else None,
        photos=photos.waiting(actor=actor, city=city) if _holds(actor, city, MODERATORS) else None,
        unread=incidents.unread(actor=actor, city=city) if replies else None,
        unanswered=incidents.unanswered(actor=actor, city=city) if replies else None,
        to_paste=len(operator.to_paste(actor=actor, city=city)) if _holds(actor, city, OPERATORS) else None,
        morning=_holds(actor, city, COORDINATORS),
        bodies=tuple(one.name for one in incidents.speakers(actor=actor, city=city)),
    )


def _holds(actor: Actor, city: str, roles: tuple[Role, ...]) -> bool:
    return any(grant.city == city and grant.role in roles for grant in actor.grants)
