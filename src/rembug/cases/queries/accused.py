"""Cases as the body that is complained about sees them: the public page, and its right of reply."""

from __future__ import annotations

from django.utils.translation import gettext

from rembug.cases.models import Case
from rembug.cases.queries.faces import CaseFace, _face, _rows, case
from rembug.cases.queries.setup import trials_of
from rembug.cases.rules.states import OPEN
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound

SPEAKERS: tuple[Role, ...] = ("officer", "coordinator", "approver", "administrator")
LISTED = 20


def may_reply(actor: Actor, row: Case) -> bool:
    """Tell whether the case is about a body that the actor speaks for."""
    about = row.about_body
    return about is not None and actor.speaks_for(about.public_id, *SPEAKERS, city=row.city)


def about_mine(actor: Actor, city: str) -> list[CaseFace]:
    """Return the open cases about the actor's own bodies, the latest first."""
    mine = {grant.body for grant in actor.grants if grant.city == city and grant.role in SPEAKERS}
    if not mine:
        return []
    about = Case.objects.filter(about_body__public_id__in=mine)  # of few: by the body alone, not by the city
    rows = _rows(city).filter(pk__in=list(about.values_list("pk", flat=True)), state__in=OPEN)
    trials = trials_of(city)
    return [_face(row, trials=trials) for row in rows.order_by("-id")[:LISTED]]


def about_me(actor: Actor, city: str, code: str) -> CaseFace:
    """Return the public face of a case about the actor's body. Raises `NotFound` for anybody else."""
    row = Case.objects.select_related("about_body").filter(city=city, code=code[:16].upper()).first()
    if row is None or not may_reply(actor, row):
        raise NotFound(gettext("Kasus ini tidak ada di meja Anda."))
    return case(city, row.code)
