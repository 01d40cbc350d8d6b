"""Surveys as everybody sees them, and as the people of the asking body do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone

from rembug.evidence.models import Survey, SurveyBatch, SurveySheet, SurveyTally, SurveyText
from rembug.evidence.rules.survey import Question, read
from rembug.lib import clock, ids
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound

ASKERS: tuple[Role, ...] = ("facilitator", "coordinator", "officer")
LISTED = 200


@dataclass(frozen=True, slots=True)
class SurveyFace:
    """A survey without any answer of it. `state`: coming, open, closed."""

    code: str
    title: str
    purpose: str
    asker: str
    body: str
    body_name: str
    area_code: str
    opens_on: date
    closes_on: date
    state: str
    questions: tuple[Question, ...]
    dimensions: tuple[str, ...]
    dataset: str
    sheets: int


@dataclass(frozen=True, slots=True)
class BatchFace:
    """A pile of paper sheets."""

    label: str
    area_code: str
    sheets: int
    at: datetime
    number: int
    void_why: str  # empty while it counts
    may_void: bool


@dataclass(frozen=True, slots=True)
class Inside:
    """What only the people of the asking body see: piles, and the words of each question for text."""

    batches: tuple[BatchFace, ...]
    texts: tuple[tuple[Question, tuple[str, ...]], ...]


def is_open(row: Survey) -> bool:
    """Tell whether answers are taken today, by the day of the city."""
    return _state(row) == "open"


def questions_of(row: Survey) -> tuple[Question, ...]:
    """Return the questions of a survey."""
    return tuple(read(one) for one in row.questions)


def listed(city: str) -> list[SurveyFace]:
    """Return the surveys of a city, newest first."""
    rows = Survey.objects.filter(city=city).select_related("body", "dataset")
    return list(_faces(list(rows.order_by("-made_at", "-id")[:LISTED])))


def of_dimension(city: str, dimension: str) -> list[SurveyFace]:
    """Return the surveys of a dimension that have been frozen, newest first."""
    return [face for face in listed(city) if dimension in face.dimensions and face.dataset]


def mine(actor: Actor, city: str) -> list[SurveyFace]:
    """Return the surveys of bodies that the actor asks for."""
    bodies = {grant.body for grant in actor.grants if grant.city == city and grant.role in ASKERS}
    rows = Survey.objects.filter(city=city, body__public_id__in=bodies).select_related("body", "dataset")
    return list(_faces(list(rows.order_by("-made_at", "-id")[:LISTED])))


def survey(city: str, code: str) -> SurveyFace:
    """Return one survey. Raises `NotFound`."""
    return next(_faces([_row(city, code)]))


def has_answered(actor: Actor, city: str, code: str, secret: str) -> bool:
    """Tell whether this phone's sheet was counted."""
    source = ids.keyed(secret, f"survey:{code}", actor.device_hash) if actor.device_hash else ""
    sheets = SurveySheet.objects.filter(survey__city=city, survey__code=code, source=source)
    return bool(source) and sheets.exists()


def inside(actor: Actor, city: str, code: str) -> Inside:
    """Return piles and words. Raises `NotFound` also where the actor does not ask for the body."""
    row = _row(city, code)
    if not actor.speaks_for(row.body.public_id, *ASKERS, city=city):
        raise NotFound("Survei ini tidak ada, atau bukan survei pihak Anda.")
    piles = SurveyBatch.objects.filter(survey=row).order_by("-id")
    words: dict[str, list[str]] = defaultdict(list)
    for key, text in SurveyText.objects.filter(survey=row).order_by("mark").values_list("question", "words"):
        words[key].append(text)
    return Inside(
        tuple(_batch(row, one) for one in piles),
        tuple((one, tuple(words[one.key])) for one in questions_of(row) if one.kind == "text"),
    )


def _batch(row: Survey, one: SurveyBatch) -> BatchFace:
    may_void = row.dataset_id is None and one.counts is not None and one.voided_at is None
    return BatchFace(one.label, one.area_code, one.sheets, one.at, one.pk, one.void_why, may_void)


def _row(city: str, code: str) -> Survey:
    row = Survey.objects.filter(city=city, code=code.upper()).select_related("body", "dataset").first()
    if row is None:
        raise NotFound("Survei ini tidak ada.")
    return row


def _state(row: Survey) -> str:
    today = timezone.localtime(clock.now()).date()
    if row.closed_at is not None or row.closes_on < today:
        return "closed"
    return "open" if row.opens_on <= today else "coming"


def _faces(rows: list[Survey]) -> Iterator[SurveyFace]:
    counted = SurveyTally.objects.filter(survey__in=rows, question="").values("survey_id")
    sheets = {one["survey_id"]: one["all"] for one in counted.annotate(all=Sum("number"))}
    for row in rows:
        yield SurveyFace(
            code=row.code,
            title=row.title,
            purpose=row.purpose,
            asker=row.asker,
            body=row.body.public_id,
            body_name=row.body.name,
            area_code=row.area_code,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            state=_state(row),
            questions=questions_of(row),
            dimensions=tuple(row.dimensions),
            dataset=row.dataset.slug if row.dataset else "",
            sheets=sheets.get(row.pk, 0),
        )
