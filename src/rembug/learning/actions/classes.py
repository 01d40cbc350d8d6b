"""A class: opened by a facilitator, answered by sheets that nobody can trace, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from rembug.audit.actions import Ref, record
from rembug.learning.models import Classroom, Lesson, Sheet, Tally
from rembug.learning.queries.classes import lesson_of
from rembug.lib import clock, ids
from rembug.lib.actor import ANONYMOUS, Actor, Role
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.people.models import Body

LEADERS: tuple[Role, ...] = ("facilitator", "coordinator", "administrator")
MOST_PEOPLE = 500  # of one class
OPEN_FOR = timedelta(days=14)  # then a forgotten class closes itself
MOMENTS = tuple(Tally.Moment.values)


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a class says. `body` is a public id; `action_id` comes from the form."""

    lesson: str
    body: str
    title: str
    action_id: UUID


def open_class(*, actor: Actor, city: str, said: Opening) -> Classroom:
    """Open a class for a body that the actor speaks for; the same form sent again opens nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *LEADERS, city=city)
    title = said.title.strip()
    if not title or len(title) > 80:
        message = "Beri nama kelas, misalnya “Kelas 8B”. Jangan tulis nama orang."
        raise Invalid(message, faults=(FieldFault("title", "missing", message),))
    lesson = Lesson.objects.filter(city=city, slug=said.lesson, retired_at=None).first()
    body = Body.objects.filter(city=city, public_id=said.body).first()
    if lesson is None or body is None:
        raise NotFound("Pelajaran atau kelompok ini tidak ada.")
    with transaction.atomic():
        row, is_new = Classroom.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "code": ids.public_code(6),
                "lesson": lesson,
                "body": body,
                "title": title,
                "opened_at": clock.now(),
            },
        )
        if is_new:
            data: dict[str, object] = {"lesson": lesson.slug, "body": body.public_id}
            record(actor=actor, verb="class.opened", obj=Ref("class", row.code), data=data, city=city)
    return row


def answer(
    *, actor: Actor, city: str, code: str, moment: str, token: UUID, choices: Mapping[str, int]
) -> bool:
    """Count one person's sheet; the same sheet again counts nothing. Raises `Invalid`, `NotFound`."""
    return _count(_open(city, code), moment, token, {key: {choice: 1} for key, choice in choices.items()}, 1)


def enter_paper(
    *, actor: Actor, city: str, code: str, moment: str, token: UUID, counts: Mapping[str, Mapping[int, int]]
) -> bool:
    """Count sheets that were filled in on paper, as sums by answer. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = _open(city, code)
    actor.require_for(row.body.public_id, *LEADERS, city=city)
    people = max((sum(part.values()) for part in counts.values()), default=0)
    if not 0 < people <= MOST_PEOPLE:
        message = f"Isi jumlah jawaban, 1 sampai {MOST_PEOPLE} orang."
        raise Invalid(message, faults=(FieldFault("counts", "out-of-range", message),))
    return _count(row, moment, token, counts, people)


def close_class(*, actor: Actor, city: str, code: str) -> None:
    """Close a class; nobody can answer any more. Once more changes nothing. Raises `NotAllowed`, `NotFound`."""
    row = Classroom.objects.select_related("body").filter(city=city, code=code).first()
    if row is None:
        raise NotFound("Kelas ini tidak ada.")
    actor.require_for(row.body.public_id, *LEADERS, city=city)
    _close(row, actor)


def close_forgotten(*, actor: Actor) -> int:
    """Close classes that stand open for two weeks; return how many."""
    old = Classroom.objects.filter(closed_at=None, opened_at__lt=clock.now() - OPEN_FOR)
    for row in old:
        _close(row, actor)
    return len(old)


def _close(row: Classroom, actor: Actor) -> None:
    with transaction.atomic():
        if Classroom.objects.filter(pk=row.pk, closed_at=None).update(closed_at=clock.now()):
            record(actor=actor, verb="class.closed", obj=Ref("class", row.code), data={}, city=row.city)


def _open(city: str, code: str) -> Classroom:
    rows = Classroom.objects.select_related("lesson", "body")
    row = rows.filter(city=city, code=code.upper(), closed_at=None).first()
    if row is None:
        raise NotFound("Kelas ini tidak ada atau sudah ditutup. Periksa kodenya.")
    return row


def _count(
    row: Classroom,
    moment: str,
    token: UUID,
    counts: Mapping[str, Mapping[int, int]],
    people: int,
) -> bool:
    asked = {
        question.key: len(next(iter(question.options.values())))
        for question in lesson_of(row.lesson).questions
    }
    if moment not in MOMENTS:
        raise NotFound("Langkah ini tidak ada.")
    missing = [key for key in asked if not any(counts.get(key, {}).values())]
    if missing or any(
        key not in asked or not 0 <= one < asked[key] for key, part in counts.items() for one in part
    ):
        message = "Pilih satu jawaban untuk setiap pertanyaan."
        raise Invalid(message, faults=tuple(FieldFault(key, "missing", message) for key in missing))
    with transaction.atomic():
        # The class is locked, so that two sheets of the last free place are not both counted.
        Classroom.objects.select_for_update().get(pk=row.pk)
        if Sheet.objects.filter(classroom=row, moment=moment, token=token).exists():
            return False
        seated = sum(Sheet.objects.filter(classroom=row, moment=moment).values_list("people", flat=True))
        if seated + people > MOST_PEOPLE:
            raise Invalid(f"Kelas ini sudah menerima {MOST_PEOPLE} lembar. Buka kelas baru.")
        Sheet.objects.create(classroom=row, moment=moment, token=token, people=people)
        for key, part in counts.items():
            for choice, number in part.items():
                tally, _ = Tally.objects.get_or_create(
                    classroom=row, moment=moment, question=key, choice=choice
                )
                Tally.objects.filter(pk=tally.pk).update(number=F("number") + number)
        # Whoever answers is nobody, in the log as well.
        data: dict[str, object] = {"moment": moment}
        record(actor=ANONYMOUS, verb="class.answered", obj=Ref("class", row.code), data=data, city=row.city)
    return True
