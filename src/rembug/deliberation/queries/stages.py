"""Who decides at a stage, and what waits for a body."""

from __future__ import annotations

from collections.abc import Iterable

from rembug.deliberation.models import Proposal
from rembug.deliberation.queries.setup import path_of
from rembug.deliberation.rules.path import Path
from rembug.lib.actor import Actor, covers
from rembug.people.models import Body
from rembug.people.queries.bodies import PUBLIC_STATES


def may_decide(body: Body, path: Path, row: Proposal) -> bool:
    """Tell whether a body decides where a proposal stands: its kind has the stage, and it looks after the place.

    An RW looks after part of a kelurahan: there the kelurahan of both is enough.
    """
    stage = path.stages.get(row.stage)
    if stage is None or body.kind not in stage.deciders:
        return False
    areas = [one.area_code for one in body.areas.all()]
    return not areas or any(covers(area, row.area_code) or covers(row.area_code, area) for area in areas)


def deciding(actor: Actor, city: str, path: Path, row: Proposal, roles: Iterable[str]) -> list[Body]:
    """Return the actor's bodies that decide on this proposal now."""
    wanted = set(roles)
    names = {grant.body for grant in actor.grants if grant.city == city and grant.role in wanted}
    rows = Body.objects.filter(city=city, public_id__in=names, state__in=PUBLIC_STATES)
    found = rows.prefetch_related("areas").order_by("name")
    return [body for body in found if row.state == "open" and may_decide(body, path, row)]


def waiting(actor: Actor, city: str, roles: Iterable[str]) -> list[Proposal]:
    """Return the open proposals on which a body of the actor decides now, by priority."""
    wanted = set(roles)
    names = {grant.body for grant in actor.grants if grant.city == city and grant.role in wanted}
    bodies = list(Body.objects.filter(city=city, public_id__in=names).prefetch_related("areas"))
    path = path_of(city)
    kinds = {body.kind for body in bodies}
    open_stages = [stage.code for stage in path.facts.stages if kinds & set(stage.deciders)]
    rows = Proposal.objects.filter(city=city, state="open", stage__in=open_stages).select_related("body")
    found = list(rows.order_by("cycle", "priority", "id")[:2000])
    return [row for row in found if any(may_decide(body, path, row) for body in bodies)][:200]
