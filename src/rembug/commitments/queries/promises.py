"""Promises as everybody sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from rembug.commitments.models import Commitment, Outcome, Step
from rembug.commitments.queries.evidence import address
from rembug.commitments.rules.shapes import Kept, MilestoneFace, OutcomeFace, PromiseFace, StepFace
from rembug.commitments.rules.states import OPEN, STATES, is_kept, is_late
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.people.models import Body
from rembug.places import queries as places

LISTED = 200
PLAIN = (
    *("code", "city", "title", "words", "kind", "role", "amount", "source", "source_code", "due_on"),
    *("area_code", "place", "lon", "lat", "is_quick_win", "indicator", "dataset", "base_from", "base_to"),
    *("target", "state", "confirmed", "delivered_on", "outcome", "made_at", "changed_at"),
)
SPHERES = tuple(Body.Sphere.values)


def listed(
    city: str,
    *,
    area: str = "",
    body: str = "",
    state: str = "",
    outcome: str = "",
    dimension: str = "",
    limit: int = LISTED,
) -> list[PromiseFace]:
    """Return the promises of a city, changed last first. `state` may also be `late`."""
    rows = _rows().filter(city=city)
    if area:
        rows = rows.filter(Q(area_code=area) | Q(area_code__startswith=f"{area}."))
    if body:
        rows = rows.filter(Q(body__public_id=body) | Q(funder__public_id=body))
    if state == "late":
        rows = rows.filter(state__in=OPEN, due_on__lt=today())
    elif state in STATES:
        rows = rows.filter(state=state)
    if outcome:
        rows = rows.filter(outcome=outcome)
    faces = [face(row) for row in rows.order_by("-changed_at", "-id")[:limit]]
    return [one for one in faces if not dimension or dimension in one.dimensions]


def works(city: str) -> list[PromiseFace]:
    """Return what is built, by area and date: the rob programme, whoever owns and pays it."""
    rows = _rows().filter(city=city, kind="works").exclude(state="withdrawn").prefetch_related("milestones")
    found = rows.order_by("area_code", "due_on", "id")[: LISTED * 2]
    now = today()
    return [replace(face(row), milestones=_milestones(row, now)) for row in found]


def of_proposal(city: str, code: str) -> list[PromiseFace]:
    """Return what bodies promised for a proposal, oldest first."""
    rows = _rows().filter(city=city, proposal__code=code.upper())
    return [face(row) for row in rows.order_by("made_at", "id")[:LISTED]]


def of_proposals(city: str, codes: Iterable[str]) -> list[PromiseFace]:
    """Return what bodies promised for some proposals, oldest first."""
    rows = _rows().filter(city=city, proposal__code__in=list(codes))
    return [face(row) for row in rows.order_by("made_at", "id")[: LISTED * 5]]


def of_dataset(city: str, slug: str) -> list[PromiseFace]:
    """Return the promises that are measured by a dataset."""
    return [face(row) for row in _rows().filter(city=city, dataset=slug).order_by("-made_at")[:LISTED]]


def promise(city: str, code: str) -> PromiseFace:
    """Return one promise, whole. Raises `NotFound`."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Komitmen ini tidak ada.")
    return face(row, whole=True)


def verdicts(city: str, codes: Iterable[str]) -> dict[str, OutcomeFace]:
    """Return the newest verdict of some promises by code."""
    rows = Outcome.objects.filter(commitment__city=city, commitment__code__in=list(codes))
    newest = Outcome.objects.filter(commitment=OuterRef("commitment")).order_by("-at", "-id").values("id")[:1]
    found = rows.filter(id=Subquery(newest)).select_related("commitment")
    return {row.commitment.code: _outcome(row) for row in found}


def row_of(city: str, code: str) -> Commitment:
    """Return the row of a promise. Raises `NotFound`."""
    row = Commitment.objects.select_related("body").filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Komitmen ini tidak ada.")
    return row


def mine(actor: Actor, city: str) -> list[PromiseFace]:
    """Return the promises of bodies that the actor has a role in, by date."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    rows = _rows().filter(city=city, body__public_id__in=bodies).order_by("due_on", "id")
    return [face(row) for row in rows[:LISTED]]


def kept(faces: Iterable[PromiseFace]) -> Kept:
    """Return how some promises stand."""
    every = list(faces)

    def count(*states: str) -> int:
        return sum(one.standing in states for one in every)

    return Kept(
        made=len(every),
        kept=sum(is_kept(one.state, one.confirmed) for one in every),
        claimed=sum(one.state == "delivered" and not one.confirmed for one in every),
        open=count("promised", "funded", "under_way"),
        late=count("late"),
        broken=count("broken"),
        withdrawn=count("withdrawn"),
        working=sum(one.outcome == "working" for one in every),
        no_effect=sum(one.outcome == "no_effect" for one in every),
        unknown=sum(one.outcome == "unknown" for one in every),
        bodies=tuple(sorted({one.body_name for one in every})),
    )


def balance(city: str) -> dict[str, Kept]:
    """Return how the promises of each sphere stand, counted by the database."""
    rows: Any = Commitment.objects.filter(city=city).values("body__sphere").annotate(**_counts())
    found = {row.pop("body__sphere"): row for row in rows}
    return {sphere: Kept(**found.get(sphere, {})) for sphere in SPHERES}


def tally(city: str, *, body: str = "", area: str = "") -> Kept:
    """Return how the promises of a body, or for an area, stand, counted by the database."""
    rows = Commitment.objects.filter(city=city)
    if body:
        rows = rows.filter(body__public_id=body)
    if area:
        rows = rows.filter(Q(area_code=area) | Q(area_code__startswith=f"{area}."))
    return Kept(**rows.aggregate(**_counts()))


def _counts() -> dict[str, Count]:
    past = Q(due_on__lt=today())
    wanted = {
        "kept": Q(state="delivered", confirmed=True),
        "claimed": Q(state="delivered", confirmed=False),
        "open": Q(state__in=OPEN) & ~past,
        "late": Q(state__in=OPEN) & past,
        "broken": Q(state="broken"),
        "withdrawn": Q(state="withdrawn"),
        "working": Q(outcome="working"),
        "no_effect": Q(outcome="no_effect"),
        "unknown": Q(outcome="unknown"),
    }
    return {"made": Count("id")} | {name: Count("id", filter=one) for name, one in wanted.items()}


def today() -> date:
    """Return the day of the city."""
    return timezone.localtime(clock.now()).date()


def face(row: Any, *, whole: bool = False) -> PromiseFace:
    """Return a promise as pages show it."""
    now = today()
    late = is_late(row.state, row.due_on, now)
    more: dict[str, Any] = _whole(row, now) if whole else {}
    return PromiseFace(
        **{name: getattr(row, name) for name in PLAIN},
        body=row.body.public_id,
        body_name=row.body.name,
        sphere=row.body.sphere,
        funder=row.funder.public_id if row.funder else "",
        funder_name=row.funder.name if row.funder else "",
        proposal=row.proposal.code if row.proposal else "",
        proposal_title=row.proposal.title if row.proposal else "",
        area_name=places.label(row.city, row.area_code),
        dimensions=tuple(row.dimensions),
        areas=tuple(row.areas),
        area_names=tuple(places.label(row.city, code) for code in row.areas),
        controls=tuple(row.controls),
        control_names=tuple(places.label(row.city, code) for code in row.controls),
        standing="late" if late else row.state,
        days_left=(row.due_on - now).days,
        **more,
    )


def _rows() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("body", "funder", "proposal")


def _whole(row: Commitment, now: date) -> dict[str, Any]:
    steps = Prefetch("steps", Step.objects.select_related("body", "milestone").order_by("at", "id"))
    found = Commitment.objects.prefetch_related(steps, "milestones").get(pk=row.pk)
    return {
        "steps": tuple(_step(one) for one in found.steps.all()),
        "milestones": _milestones(found, now),
        "outcomes": tuple(_outcome(one) for one in row.outcomes.order_by("-at", "-id")[:60]),
    }


def _milestones(row: Commitment, now: date) -> tuple[MilestoneFace, ...]:
    return tuple(
        MilestoneFace(
            one.place,
            one.what,
            one.due_on,
            one.done_on,
            one.done_on is None and one.due_on < now and row.state in OPEN,
        )
        for one in sorted(row.milestones.all(), key=lambda part: part.place)
    )


def _outcome(row: Outcome) -> OutcomeFace:
    names = (
        "at",
        "state",
        "reason",
        "version",
        "content_hash",
        "after_from",
        "after_to",
        "rule",
        "tide",
        "numbers",
    )
    return OutcomeFace(**{name: getattr(row, name) for name in names})


def _step(row: Step) -> StepFace:
    return StepFace(
        at=row.at,
        verb=row.verb,
        body=row.body.public_id if row.body else "",
        body_name=row.body.name if row.body else "",
        words=row.words,
        evidence=row.evidence,
        evidence_code=row.evidence_code,
        address=address(row.evidence, row.evidence_code),
        milestone=row.milestone.what if row.milestone else "",
    )
