"""Second looks: those that wait for somebody's community, and how often what was settled held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rembug.cases.models import Inspection
from rembug.cases.queries.near import is_near, own_communities
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.places import queries as places

LISTED = 50


@dataclass(frozen=True, slots=True)
class Task:
    """A case to look at again, and the own communities that may."""

    code: str
    category: str
    area_name: str
    words: str
    settled_at: datetime | None
    until: datetime
    bodies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How many drawn cases were looked at, how many held, how many nobody looked at in time."""

    looked: int
    held: int
    missed: int


def tasks(actor: Actor, city: str) -> list[Task]:
    """Return the second looks that wait for the actor's communities, the most urgent first."""
    mine = own_communities(actor, city)
    if not mine:
        return []
    rows = Inspection.objects.filter(case__city=city, held=None, until__gte=clock.now()).select_related(
        "case"
    )
    found = []
    for row in rows.order_by("until", "id")[:LISTED]:
        bodies = tuple((body.public_id, body.name) for body in mine if is_near(actor, row.case, body))
        if bodies:
            found.append(
                Task(
                    code=row.case.code,
                    category=row.case.category,
                    area_name=places.label(city, row.case.area_code) if row.case.area_code else "",
                    words=row.case.words,
                    settled_at=row.case.settled_at,
                    until=row.until,
                    bodies=bodies,
                )
            )
    return found


def held(city: str) -> Held:
    """Return what second looks found in this city so far."""
    rows = Inspection.objects.filter(case__city=city)
    looked = rows.exclude(held=None)
    missed = rows.filter(held=None, until__lt=clock.now()).count()
    return Held(looked.count(), looked.filter(held=True).count(), missed)
