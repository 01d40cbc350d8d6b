"""Classes: who may see them, and their sums with intervals. Fewer than five sheets show nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from rembug.learning.models import Classroom, Lesson, Sheet, Tally
from rembug.learning.queries.lessons import LessonFace, QuestionFace, face
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import NotFound
from rembug.lib.pack import LessonRow, lesson_from_json
from rembug.lib.shares import FEWEST, Share, difference, wilson

LEADERS: tuple[Role, ...] = ("facilitator", "coordinator", "administrator")
LISTED = 100


@dataclass(frozen=True, slots=True)
class OptionResult:
    """An answer: how many chose it before and after."""

    words: str
    right: bool
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question's answers. Shares are of right answers; None where there is none or too few sheets."""

    face: QuestionFace
    options: tuple[OptionResult, ...]
    before: Share | None
    after: Share | None
    change: Share | None


@dataclass(frozen=True, slots=True)
class ClassFace:
    """A class as its leader sees it."""

    code: str
    title: str
    lesson: LessonFace
    body_name: str
    opened_at: datetime
    closed_at: datetime | None
    before: int
    after: int
    questions: tuple[QuestionResult, ...] = ()


def lesson_of(row: Lesson) -> LessonRow:
    """Return the stored lesson."""
    return lesson_from_json(row.content)


def open_lesson(city: str, code: str) -> tuple[str, str, str]:
    """Return code, title and lesson slug of an open class. Raises `NotFound`."""
    row = (
        Classroom.objects.select_related("lesson")
        .filter(city=city, code=code.upper(), closed_at=None)
        .first()
    )
    if row is None:
        raise NotFound("Kelas ini tidak ada atau sudah ditutup. Periksa kodenya.")
    return row.code, row.title, row.lesson.slug


def mine(actor: Actor, city: str) -> list[ClassFace]:
    """Return the classes of the bodies that the actor leads classes for, newest first."""
    bodies = {grant.body for grant in actor.grants if grant.city == city and grant.role in LEADERS}
    rows = Classroom.objects.select_related("lesson", "body").filter(city=city, body__public_id__in=bodies)
    return [_face(row) for row in rows.order_by("-opened_at")[:LISTED]]


def one(actor: Actor, city: str, code: str) -> ClassFace:
    """Return one class with its results. Raises `NotFound` also where the actor does not lead it."""
    row = Classroom.objects.select_related("lesson", "body").filter(city=city, code=code.upper()).first()
    if row is None or not actor.speaks_for(row.body.public_id, *LEADERS, city=city):
        raise NotFound("Kelas ini tidak ada, atau bukan kelas Anda.")
    return _face(row, whole=True)


def _face(row: Classroom, *, whole: bool = False) -> ClassFace:
    sheets = Sheet.objects.filter(classroom=row).values("moment").annotate(people=Sum("people"))
    seated = {one["moment"]: one["people"] for one in sheets}
    lesson = face(lesson_of(row.lesson))
    before, after = seated.get("before", 0), seated.get("after", 0)
    return ClassFace(
        code=row.code,
        title=row.title,
        lesson=lesson,
        body_name=row.body.name,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        before=before,
        after=after,
        questions=_results(row, lesson, before, after) if whole else (),
    )


def _results(row: Classroom, lesson: LessonFace, before: int, after: int) -> tuple[QuestionResult, ...]:
    chosen: dict[tuple[str, str, int], int] = defaultdict(int)
    for moment, key, choice, number in Tally.objects.filter(classroom=row).values_list(
        "moment", "question", "choice", "number"
    ):
        chosen[moment, key, choice] = number
    shown = {"before": before >= FEWEST, "after": after >= FEWEST}
    results = []
    for question in lesson.questions:
        options = tuple(
            OptionResult(
                words,
                place == question.right,
                chosen["before", question.key, place] if shown["before"] else None,
                chosen["after", question.key, place] if shown["after"] else None,
            )
            for place, words in enumerate(question.options)
        )
        results.append(_result(question, options))
    return tuple(results)


def _result(question: QuestionFace, options: tuple[OptionResult, ...]) -> QuestionResult:
    before = _share([one.before for one in options], question.right)
    after = _share([one.after for one in options], question.right)
    change = difference(before, after) if before and after else None
    return QuestionResult(question, options, before, after, change)


def _share(counts: list[int | None], right: int) -> Share | None:
    known = [count for count in counts if count is not None]
    if right < 0 or len(known) < len(counts) or not sum(known):
        return None
    return wilson(known[right], sum(known))
