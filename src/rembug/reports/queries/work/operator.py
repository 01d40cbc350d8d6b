"""Messages that an operator entered, and the replies that still have to go back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.reports.models import Pasted, Reply, Report
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import AreaFace, CategoryFace
from rembug.reports.queries.work.scope import OPERATORS, within
from rembug.reports.rules import receipts

CHANNEL = "operator"
KEPT = timedelta(days=60)  # an older conversation is no longer open in the messenger
MOST = 500


@dataclass(frozen=True, slots=True)
class ToPaste:
    """One reply of a body for one message."""

    report: str
    foreign_ref: str
    reply: str
    office: str
    text: str
    at: datetime
    pasted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entered:
    """A message that was entered; `token` opens its receipt, which belongs to whoever wrote it."""

    code: str
    foreign_ref: str
    token: str
    category: CategoryFace
    area: AreaFace | None
    received_at: datetime
    depth_class: str
    replies: tuple[ToPaste, ...]


def entered(*, actor: Actor, city: str, code: str) -> Entered:
    """Return one entered message. Raises `NotFound`, `NotAllowed`."""
    row = (
        Report.objects.filter(city=city, code=code, channel=CHANNEL)
        .exclude(state=Report.State.ERASED)
        .first()
    )
    if row is None:
        raise NotFound("Pesan ini tidak ada.")
    actor.require(*OPERATORS, city=city, area=row.area_code)
    faces = Faces(city)
    return Entered(
        code=row.code,
        foreign_ref=row.foreign_ref,
        token=receipts.token(settings.SECRET_KEY, row.client_id),
        category=faces.category(row.category),
        area=faces.areas.get(row.area_code),
        received_at=row.received_at,
        depth_class=row.depth_class,
        replies=tuple(_replies([row])),
    )


def code_of_number(*, actor: Actor, city: str, number: str) -> str:
    """Return the code of the report that has this number in the other channel; empty when there is none."""
    rows = Report.objects.filter(
        within(actor, city, OPERATORS), city=city, channel=CHANNEL, foreign_ref=number
    )
    return rows.values_list("code", flat=True).first() or ""


def to_paste(*, actor: Actor, city: str) -> tuple[ToPaste, ...]:
    """Return the replies that have not been pasted back yet, the oldest first."""
    since = clock.now() - KEPT
    rows = Report.objects.filter(
        within(actor, city, OPERATORS), city=city, channel=CHANNEL, received_at__gte=since
    )
    answered = (
        rows.exclude(incident=None)
        .filter(incident__replies__withdrawn_at=None)
        .exclude(incident__replies=None)
    )
    found = _replies(list(answered.distinct().order_by("-pk")[:MOST]))
    return tuple(
        sorted((one for one in found if one.pasted_at is None), key=lambda one: (one.at, one.report))
    )


def latest(*, actor: Actor, city: str, limit: int = 8) -> tuple[Entered, ...]:
    """Return what was entered last, newest first, without its replies."""
    rows = Report.objects.filter(within(actor, city, OPERATORS), city=city, channel=CHANNEL)
    faces = Faces(city)
    return tuple(
        Entered(
            row.code,
            row.foreign_ref,
            "",
            faces.category(row.category),
            faces.areas.get(row.area_code),
            row.received_at,
            row.depth_class,
            (),
        )
        for row in rows.exclude(state=Report.State.ERASED).order_by("-pk")[:limit]
    )


def _replies(rows: list[Report]) -> list[ToPaste]:
    by_incident: dict[int, list[Report]] = {}
    for row in rows:
        if row.incident_id is not None:
            by_incident.setdefault(row.incident_id, []).append(row)
    said = Reply.objects.filter(incidents__in=by_incident, withdrawn_at=None).order_by("at")
    pairs = said.values_list("incidents", "pk", "code", "office", "text", "at")
    done = {
        (report, reply): at
        for report, reply, at in Pasted.objects.filter(report__in=rows).values_list("report", "reply", "at")
    }
    return [
        ToPaste(row.code, row.foreign_ref, code, office, text, at, done.get((row.pk, reply)))
        for incident, reply, code, office, text, at in pairs
        for row in by_incident.get(incident, [])
    ]
