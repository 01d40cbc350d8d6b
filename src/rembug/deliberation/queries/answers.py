"""Answer sheets: what each body was asked, and what it said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from rembug.deliberation.models import AnswerStep, Delivery
from rembug.deliberation.rules.answers import clock_of
from rembug.deliberation.rules.shapes import Balance, DeliveryFace, StepFace
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.people.models import Body

LISTED = 200
SPHERES = tuple(Body.Sphere.values)


def sheet(city: str, code: str) -> DeliveryFace:
    """Return one answer sheet. Raises `NotFound`."""
    row = delivery_rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Lembar jawaban ini tidak ada.")
    return delivery_face(row, today())


def of_body(city: str, body: str, limit: int = LISTED) -> list[DeliveryFace]:
    """Return what a body was asked, newest first."""
    rows = delivery_rows().filter(city=city, body__public_id=body).order_by("-delivered_on", "-id")
    return [delivery_face(row, today()) for row in rows[:limit]]


def of_proposals(city: str, codes: Iterable[str]) -> list[DeliveryFace]:
    """Return to whom some proposals were handed, newest first."""
    rows = delivery_rows().filter(city=city, proposal__code__in=list(codes))
    return [delivery_face(row, today()) for row in rows.order_by("-delivered_on", "-id")[: LISTED * 2]]


def of_dossier(city: str, slug: str) -> list[DeliveryFace]:
    """Return to whom a dossier was handed by itself, newest first."""
    rows = delivery_rows().filter(city=city, dossier=slug).order_by("-delivered_on", "-id")
    return [delivery_face(row, today()) for row in rows[:LISTED]]


def waiting_for(actor: Actor, city: str) -> list[DeliveryFace]:
    """Return what the actor's bodies were asked and have not answered, oldest first."""
    bodies = {grant.body for grant in actor.grants if grant.city == city}
    rows = delivery_rows().filter(city=city, body__public_id__in=bodies, answered_at=None)
    return [delivery_face(row, today()) for row in rows.order_by("due_on", "id")[:LISTED]]


def silent(city: str) -> list[DeliveryFace]:
    """Return the demands on which silence counts and the date has passed, longest silent first."""
    rows = delivery_rows().filter(city=city, answered_at=None, due_on__lt=today())
    faces = [delivery_face(row, today()) for row in rows.order_by("due_on", "id")[: LISTED * 5]]
    return [face for face in faces if face.is_silent][:LISTED]


def balance(city: str) -> dict[str, Balance]:
    """Return what each sphere was asked and how it answered, counted by the database."""
    rows: Any = Delivery.objects.filter(city=city).values("body__sphere").annotate(**_counts())
    found = {row.pop("body__sphere"): row for row in rows}
    return {sphere: Balance(**found.get(sphere, {})) for sphere in SPHERES}


def tally(city: str, *, body: str = "", area: str = "") -> Balance:
    """Return what a body was asked, or what was asked for an area, counted by the database."""
    rows = Delivery.objects.filter(city=city)
    if body:
        rows = rows.filter(body__public_id=body)
    if area:
        rows = rows.filter(Q(proposal__area_code=area) | Q(proposal__area_code__startswith=f"{area}."))
    return Balance(**rows.aggregate(**_counts()))


def _counts() -> dict[str, Count]:
    quiet = Q(answered_at=None, due_on__lt=today())
    silent = quiet & (Q(body__state=Body.State.CONFIRMED) | ~Q(letter=""))
    return {
        "asked": Count("id"),
        "answered": Count("id", filter=~Q(answer="")),
        "silent": Count("id", filter=silent),
        "accepted": Count("id", filter=Q(answer__in=("accept", "part"))),
        "refused": Count("id", filter=Q(answer="refuse")),
        "referred": Count("id", filter=Q(answer="refer")),
    }


def sums(faces: Iterable[DeliveryFace]) -> Balance:
    """Return the counts of some demands."""
    every = list(faces)
    return Balance(
        asked=len(every),
        answered=sum(bool(face.answer) for face in every),
        silent=sum(face.is_silent for face in every),
        accepted=sum(face.answer in {"accept", "part"} for face in every),
        refused=sum(face.answer == "refuse" for face in every),
        referred=sum(face.answer == "refer" for face in every),
        waiting=sum(not face.answer and not face.is_silent for face in every),
        longest_silent=max((face.silent_days for face in every if face.is_silent), default=0),
        bodies=tuple(sorted({face.body_name for face in every})),
    )


def today() -> date:
    """Return the day of the city."""
    return timezone.localtime(clock.now()).date()


def delivery_rows() -> QuerySet[Delivery]:
    """Return deliveries with all that a face needs."""
    steps = Prefetch("steps", AnswerStep.objects.select_related("body").order_by("at", "id"))
    return Delivery.objects.select_related("body", "proposal__body", "asking").prefetch_related(steps)


def delivery_face(row: Any, on: date, *, steps: bool = True) -> DeliveryFace:
    """Return a demand as pages show it."""
    days = (row.due_on - row.delivered_on).days
    joined = row.body.state == Body.State.CONFIRMED
    timing = clock_of(row.delivered_on, days, joined=joined, letter=row.letter, answered_at=row.answered_at)
    told = tuple(_step(one) for one in row.steps.all()) if steps else ()
    return DeliveryFace(
        code=row.code,
        proposal=row.proposal.code if row.proposal else "",
        title=row.proposal.title if row.proposal else row.title,
        asking=row.asks.public_id,
        asking_name=row.asks.name,
        body=row.body.public_id,
        body_name=row.body.name,
        kind=row.body.kind,
        sphere=row.body.sphere,
        joined=joined,
        post=row.post,
        letter=row.letter,
        delivered_on=row.delivered_on,
        due_on=row.due_on,
        state=row.state,
        answer=row.answer,
        answered_at=row.answered_at,
        silent_days=timing.silent_days(on),
        is_silent=timing.is_silent(on),
        steps=told,
        dossier=row.dossier,
        dossier_number=row.dossier_number,
    )


def _step(row: AnswerStep) -> StepFace:
    return StepFace(
        at=row.at,
        verb=row.verb,
        body=row.body.public_id,
        body_name=row.body.name,
        answer=row.answer,
        words=row.words,
        will_do=row.will_do,
        reference=row.reference,
    )
