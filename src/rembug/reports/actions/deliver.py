"""Handing an incident to whoever looks after its area: the office, the group."""

from collections.abc import Sequence
from datetime import datetime

from rembug.lib.actor import Actor, covers
from rembug.people.models import Body
from rembug.reports.models import Incident, Recipient


def deliver(incidents: Sequence[Incident], *, at: datetime, actor: Actor) -> None:
    """Write who receives each incident: bodies whose areas cover it and whose subjects include it.

    Said in the entry that opens the incident's history; a body that has not joined receives too and is shown as such.
    """
    if not incidents:
        return
    rows = []
    for city in {incident.city for incident in incidents}:
        bodies = _bodies(city)
        for incident in incidents:
            if incident.city == city:
                rows += [
                    Recipient(incident=incident, body_id=body_id, delivered_at=at)
                    for body_id, areas, categories in bodies
                    if _cares(incident, areas, categories)
                ]
    Recipient.objects.bulk_create(rows, ignore_conflicts=True)


def _bodies(city: str) -> list[tuple[int, list[str], list[str]]]:
    wanted = Body.objects.filter(city=city).exclude(state__in=[Body.State.PENDING, Body.State.CLOSED])
    return [
        (body.id, [area.area_code for area in body.areas.all()], body.categories)
        for body in wanted.prefetch_related("areas")
    ]


def _cares(incident: Incident, areas: list[str], categories: list[str]) -> bool:
    """An empty list of subjects means: everything in its own areas, which must then be smaller than the city."""
    if categories and incident.category not in categories:
        return False
    reached = [code for code in areas if covers(code, incident.area_code)]
    return bool(reached) and (bool(categories) or any(code.count(".") >= 3 for code in reached))
