"""Incidents that a body received, unread first, and one of them with its reports."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.people.models import Body
from rembug.reports.models import Incident, Recipient, Reply, Report
from rembug.reports.queries.public import parts
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.public_types import IncidentCard, PublicReply, RecipientFace
from rembug.reports.queries.work.scope import DECIDERS, LINKERS, REPLIERS, bodies_of, within

PAGE = 40
OPEN_DAYS = 30
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Speaker:
    """A body in whose name the actor may speak."""

    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Received:
    """An incident as one of the actor's bodies received it."""

    card: IncidentCard
    body: str
    body_name: str
    delivered_at: datetime
    read_at: datetime | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a body received; `unread` counts all of it, whatever the filter."""

    items: tuple[Received, ...]
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class InnerReport:
    """One report inside an incident; the words are the original ones where the reader is a handler there."""

    code: str
    claim: str
    depth_class: str
    words: str
    landmark: str
    observed_at: datetime
    rung: str
    may_check: bool


@dataclass(frozen=True, slots=True)
class IncidentCase:
    """An incident for the bodies that received it."""

    card: IncidentCard
    is_public: bool
    bodies: tuple[Speaker, ...]
    reports: tuple[InnerReport, ...]
    reports_more: int
    replies: tuple[PublicReply, ...]
    own_replies: frozenset[str]
    recipients: tuple[RecipientFace, ...]


def speakers(*, actor: Actor, city: str) -> tuple[Speaker, ...]:
    """Return the bodies in whose name the actor may reply, by name."""
    rows = Body.objects.filter(city=city, public_id__in=bodies_of(actor, city)).order_by("name")
    return tuple(Speaker(row.public_id, row.name) for row in rows)


def inbox(*, actor: Actor, city: str, body: str, show: str = "open", category: str = "") -> Inbox:
    """Return what a body received, unread first, then by what was seen last.

    `show`: `open` (not answered by it, seen within 30 days), `unread`, or `all`. Empty for a body the actor does not
    speak for.
    """
    rows = _received(actor, city, body)
    chosen = rows
    if category:
        chosen = chosen.filter(incident__category=category)
    if show == "unread":
        chosen = chosen.filter(read_at=None)
    elif show != "all":
        chosen = _unanswered(chosen)
    faces = Faces(city)
    is_read = Case(When(read_at=None, then=0), default=1)
    ordered = chosen.annotate(is_read=is_read, is_answered=_answers()).order_by(
        "is_read", "-incident__last_at", "-pk"
    )
    items = tuple(_item(faces, row) for row in ordered[:PAGE])
    return Inbox(items, chosen.count(), rows.filter(read_at=None).count())


def unread(*, actor: Actor, city: str) -> int:
    """Return how many incidents nobody of the actor's bodies has opened yet."""
    return sum(_received(actor, city, one).filter(read_at=None).count() for one in bodies_of(actor, city))


def unanswered(*, actor: Actor, city: str) -> int:
    """Return how many incidents the actor's bodies have not answered yet."""
    return sum(_unanswered(_received(actor, city, one)).count() for one in bodies_of(actor, city))


def incident_case(*, actor: Actor, city: str, code: str) -> IncidentCase:
    """Return one incident for who may answer or link it. Raises `NotFound`, `NotAllowed`."""
    row = Incident.objects.filter(city=city, code=code, report_count__gt=0).first()
    if row is None:
        raise NotFound("Kejadian ini tidak ada.")
    bodies = _speakers_for(actor, row)
    if not bodies:
        actor.require(*LINKERS, city=city, area=row.area_code)
    faces = Faces(city)
    members = Report.objects.filter(incident=row, state=Report.State.ACTIVE).order_by("-observed_at", "-pk")
    own = Reply.objects.filter(incidents=row, body__public_id__in=[one.public_id for one in bodies])
    return IncidentCase(
        card=faces.incident(row),
        is_public=row.is_public,
        bodies=bodies,
        reports=tuple(_inner(actor, report) for report in members[:SHOWN]),
        reports_more=max(members.count() - SHOWN, 0),
        replies=parts.replies(row),
        own_replies=frozenset(own.filter(withdrawn_at=None).values_list("code", flat=True)),
        recipients=parts.recipients(row),
    )


def _speakers_for(actor: Actor, row: Incident) -> tuple[Speaker, ...]:
    received = Recipient.objects.filter(incident=row).select_related("body").order_by("body__name")
    return tuple(
        Speaker(one.body.public_id, one.body.name)
        for one in received
        if actor.may(*REPLIERS, city=row.city, area=row.area_code, body=one.body.public_id)
    )


def _received(actor: Actor, city: str, body: str) -> QuerySet[Recipient]:
    """Return what a body received within the areas of the actor's roles for this very body."""
    mine = Actor(
        actor.public_id, actor.kind, tuple(g for g in actor.grants if g.body == body), actor.person_id
    )
    reach = within(mine, city, REPLIERS, "incident__area_code") if body else Q(pk__in=[])
    rows = Recipient.objects.filter(reach, body__public_id=body, incident__city=city)
    standing = rows.filter(incident__report_count__gt=0, incident__merged_into=None)
    return standing.select_related("incident", "body")


def _unanswered(rows: QuerySet[Recipient]) -> QuerySet[Recipient]:
    """What is long over waits no more: an answer would reach nobody."""
    since = clock.now() - timedelta(days=OPEN_DAYS)
    return rows.filter(~_answers(), incident__last_at__gte=since)


def _answers() -> Exists:
    """The condition that the very body that received an incident has answered it."""
    pairs = Reply.incidents.through.objects.filter(
        incident=OuterRef("incident"), reply__body=OuterRef("body"), reply__withdrawn_at=None
    )
    return Exists(pairs)


def _item(faces: Faces, row: Recipient) -> Received:
    return Received(
        card=faces.incident(row.incident),
        body=row.body.public_id,
        body_name=row.body.name,
        delivered_at=row.delivered_at,
        read_at=row.read_at,
        answered=bool(getattr(row, "is_answered", False)),
    )


def _inner(actor: Actor, row: Report) -> InnerReport:
    handler = actor.may(*DECIDERS, city=row.city, area=row.area_code)
    public = row.visibility == "public"
    return InnerReport(
        code=row.code,
        claim=row.claim,
        depth_class=row.depth_class,
        words=row.text if handler else (row.text_public if public else ""),
        landmark=row.landmark if handler else "",
        observed_at=row.observed_at,
        rung=row.rung,
        may_check=handler,
    )
