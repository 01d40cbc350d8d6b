"""One reply of a body, with whom it reached."""

from dataclasses import dataclass
from datetime import datetime

from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.reports.models import Reply
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import IncidentCard
from rembug.reports.queries.work.scope import REPLIERS


@dataclass(frozen=True, slots=True)
class Answered:
    """An incident that a reply answers."""

    card: IncidentCard
    is_public: bool


@dataclass(frozen=True, slots=True)
class OwnReply:
    """A reply for who may take it back."""

    code: str
    office: str
    text: str
    at: datetime
    incidents: tuple[Answered, ...]
    reports: int


def own_reply(*, actor: Actor, city: str, code: str) -> OwnReply:
    """Return a reply of one of the actor's bodies. Raises `NotFound`, also for those of others."""
    row = Reply.objects.filter(city=city, code=code, withdrawn_at=None).select_related("body").first()
    incidents = list(row.incidents.order_by("-last_at", "-pk")) if row else []
    reached = (
        row and actor.may(*REPLIERS, city=city, area=one.area_code, body=row.body.public_id)
        for one in incidents
    )
    if row is None or not all(reached):
        raise NotFound("Tanggapan ini tidak ada.")
    faces = Faces(city)
    return OwnReply(
        code=row.code,
        office=row.office,
        text=row.text,
        at=row.at,
        incidents=tuple(Answered(faces.incident(one), one.is_public) for one in incidents),
        reports=sum(one.report_count for one in incidents),
    )
