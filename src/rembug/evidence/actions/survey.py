"""A body asks, people answer without account, paper is counted in; a closed survey becomes a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.evidence.actions.ask import freeze, save_question
from rembug.evidence.models import Survey, SurveyBatch, SurveySheet, SurveyTally, SurveyText, Version
from rembug.evidence.queries.surveys import ASKERS, is_open, questions_of
from rembug.evidence.rules.question import DIMENSIONS, Asked
from rembug.evidence.rules.survey import (
    PEOPLE,
    TEXT_MAX,
    Answer,
    Question,
    check_answer,
    check_dates,
    check_questions,
)
from rembug.lib import clock, ids
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pii import mask
from rembug.people.models import Body
from rembug.places import queries as places

MOST_SHEETS = 20_000  # of one survey
MOST_IN_BATCH = 2000
WHY_MIN, WHY_MAX = 5, 200
NOT_OPEN = "Survei ini tidak ada, belum dibuka, atau sudah ditutup."


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new survey says; `body` is a public id, `action_id` comes from the form."""

    action_id: UUID
    body: str
    title: str
    purpose: str
    asker: str
    opens_on: date
    closes_on: date
    questions: tuple[Question, ...]
    area: str = ""
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pile:
    """Paper sheets of one area, as sums by question and choice."""

    action_id: UUID
    label: str
    sheets: int
    counts: Mapping[str, Mapping[str, int]]
    area: str = ""


def open_survey(*, actor: Actor, city: str, said: Opening) -> Survey:
    """Make a survey for a body that the actor speaks for; the same form again makes nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *ASKERS, city=city)
    body = Body.objects.filter(city=city, public_id=said.body, state=Body.State.CONFIRMED).first()
    if body is None:
        raise NotFound("Pilih pihak yang ada.")
    _check(city, said)
    with transaction.atomic():
        row, is_new = Survey.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "body": body,
                "title": said.title.strip(),
                "purpose": said.purpose.strip(),
                "asker": said.asker.strip(),
                "area_code": said.area,
                "dimensions": list(said.dimensions),
                "opens_on": said.opens_on,
                "closes_on": said.closes_on,
                "made_at": clock.now(),
                "questions": [one.stored() for one in said.questions],
            },
        )
        if is_new:
            data: dict[str, object] = {"body": said.body, "questions": row.questions}
            data |= {"opens": said.opens_on.isoformat(), "closes": said.closes_on.isoformat()}
            record(actor=actor, verb="survey.opened", obj=Ref("survey", row.code), data=data, city=city)
    return row


def answer(*, actor: Actor, city: str, code: str, said: Answer, secret: str) -> bool:
    """Count one phone's sheet; the same phone again counts nothing. Tell whether it was counted.

    `secret` keys the phone's name, another one in each survey. Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = Survey.objects.filter(city=city, code=code).first()
    if row is None or not is_open(row):
        raise NotFound(NOT_OPEN)
    source = _source(actor, row.code, secret)
    questions = questions_of(row)
    check_answer(questions, said)
    _check_area(row, said.area)
    with transaction.atomic():
        # The survey is locked: two sheets of one phone are not both counted, and none after it is closed.
        if not is_open(Survey.objects.select_for_update().get(pk=row.pk)):
            raise NotFound(NOT_OPEN)
        if SurveySheet.objects.filter(survey=row, source=source).exists():
            return False
        _make_room(row, 1)
        SurveySheet.objects.create(survey=row, source=source)
        counts = {key: dict.fromkeys(chosen, 1) for key, chosen in said.choices.items()}
        _count(row, said.area, counts, 1, paper=False)
        told = {key: {said.people[key]: 1} for key, known in PEOPLE.items() if said.people.get(key) in known}
        _add(row, "", told, paper=False)
        for one in questions:
            words = mask(said.words.get(one.key, "").strip())[:TEXT_MAX]
            if one.kind == "text" and words:
                SurveyText.objects.create(survey=row, mark=uuid4(), question=one.key, words=words)
        # Whoever answers is nobody, in the log as well.
        record(actor=ANONYMOUS, verb="survey.answered", obj=Ref("survey", row.code), data={}, city=city)
    return True


def enter_paper(*, actor: Actor, city: str, code: str, said: Pile) -> bool:
    """Count a pile of paper sheets; the same pile again counts nothing. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = own(actor, city, code)
    _check_area(row, said.area)
    _check_pile(row, said)
    with transaction.atomic():
        held = Survey.objects.select_for_update().get(pk=row.pk)
        if SurveyBatch.objects.filter(action_id=said.action_id).exists():
            return False
        _make_room(row, said.sheets)
        SurveyBatch.objects.create(
            survey=row,
            action_id=said.action_id,
            label=" ".join(said.label.split()),
            area_code=said.area,
            sheets=said.sheets,
            at=clock.now(),
            # Once frozen a pile cannot be taken back, so its answers stand only in the sums.
            counts={key: dict(part) for key, part in said.counts.items()} if not held.dataset_id else None,
        )
        _count(row, said.area, said.counts, said.sheets, paper=True)
        data: dict[str, object] = {"sheets": said.sheets}
        record(actor=actor, verb="survey.paper", obj=Ref("survey", row.code), data=data, city=city)
    return True


def void_paper(*, actor: Actor, city: str, code: str, pile: int, why: str) -> bool:
    """Take a mistyped pile back, with a reason that everybody at the desk reads; once voided, nothing more happens.

    Only until the survey was frozen: what was published stands. Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row, why = own(actor, city, code), " ".join(why.split())[:WHY_MAX]
    if len(why) < WHY_MIN:
        raise Invalid("Tulis mengapa tumpukan ini dibatalkan.")
    with transaction.atomic():
        held = Survey.objects.select_for_update().get(pk=row.pk)
        batch = SurveyBatch.objects.filter(survey=row, pk=pile).first()
        if batch is None:
            raise NotFound("Tumpukan ini tidak ada.")
        if batch.voided_at is not None:
            return False
        if held.dataset_id is not None or batch.counts is None:
            raise Invalid("Hasil survei ini sudah dibekukan. Tumpukannya tidak bisa dibatalkan lagi.")
        _add(row, batch.area_code, batch.counts, paper=True, sign=-1)
        _add(row, batch.area_code, {"": {"": batch.sheets}}, paper=True, sign=-1)
        batch.voided_at, batch.void_why = clock.now(), why
        batch.save(update_fields=["voided_at", "void_why"])
        data: dict[str, object] = {"sheets": batch.sheets}  # the log is public, the reason is the desk's
        record(actor=actor, verb="survey.paper_void", obj=Ref("survey", row.code), data=data, city=city)
    return True


def close_and_freeze(*, actor: Actor, city: str, code: str, note: str = "") -> Version:
    """Close a survey if it still stands open, and ask for a frozen version of its sums.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = own(actor, city, code)
    today = timezone.localtime(clock.now()).date()
    if row.opens_on > today:
        raise Invalid("Survei ini belum dibuka.")
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=row.pk)
        if is_open(row) and Survey.objects.filter(pk=row.pk, closed_at=None).update(closed_at=clock.now()):
            record(actor=actor, verb="survey.closed", obj=Ref("survey", row.code), data={}, city=city)
        # Nobody answers any more, so nobody needs to be known again.
        SurveySheet.objects.filter(survey=row).delete()
        # Nothing can be taken back any more; later versions count from the tallies, which name no pile.
        SurveyBatch.objects.filter(survey=row).update(counts=None)
        made = save_question(
            actor=actor,
            body=row.body.public_id,
            title=f"Survei {row.code}: {row.title}",
            about=f"Survei singkat. Untuk apa: {row.purpose} Yang bertanya: {row.asker}. Hanya jumlah yang disimpan.",
            asked=Asked("surveys", areas=(row.area_code,) if row.area_code else (), survey=row.code),
            dimensions=tuple(row.dimensions),
        )
        Survey.objects.filter(pk=row.pk, dataset=None).update(dataset=made)
    return freeze(actor=actor, city=city, slug=made.slug, note=note)


def own(actor: Actor, city: str, code: str) -> Survey:
    """Return a survey of a body that the actor asks for. Raises `NotAllowed`, `NotFound`."""
    row = Survey.objects.select_related("body").filter(city=city, code=code).first()
    if row is None:
        raise NotFound("Survei ini tidak ada.")
    actor.require_for(row.body.public_id, *ASKERS, city=city)
    return row


def _check(city: str, said: Opening) -> None:
    faults = [
        FieldFault(name, "missing", words)
        for name, words in (
            ("title", "Beri nama survei."),
            ("purpose", "Tulis untuk apa jawaban dipakai."),
            ("asker", "Tulis siapa yang bertanya: jabatannya, bukan namanya."),
        )
        if not getattr(said, name).strip()
    ]
    if said.area and said.area not in {one.code for one in places.areas(city)}:
        faults.append(FieldFault("area", "unknown", "Pilih wilayah yang ada di kota ini."))
    if not set(said.dimensions) <= set(DIMENSIONS):
        faults.append(FieldFault("dimensions", "unknown", "Pilih dari enam dimensi."))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))
    check_dates(said.opens_on, said.closes_on)
    check_questions(said.questions)


def _check_area(row: Survey, area: str) -> None:
    known = {one.code for one in places.areas(row.city, level="kelurahan")}
    scope = Asked("surveys", areas=(row.area_code,) if row.area_code else ())
    if area and (area not in known or not scope.covers(area)):
        message = "Pilih kelurahan dari daftar."
        raise Invalid(message, faults=(FieldFault("area", "unknown", message),))


def _check_pile(row: Survey, said: Pile) -> None:
    faults = []
    if not said.label.strip() or len(said.label) > 80:
        faults.append(FieldFault("label", "missing", "Beri nama tumpukan, misalnya “RW 05, 12 November”."))
    if not 1 <= said.sheets <= MOST_IN_BATCH:
        faults.append(FieldFault("sheets", "range", f"Isi jumlah lembar, 1 sampai {MOST_IN_BATCH}."))
    for one in questions_of(row):
        part = said.counts.get(one.key, {})
        known = {code for code, _ in one.choices()}
        most = max(part.values(), default=0) if one.kind == "many" else sum(part.values())
        if not set(part) <= known or most > said.sheets or min(part.values(), default=0) < 0:
            words = "Jumlah jawaban melebihi jumlah lembar."
            faults.append(FieldFault(one.key, "range", words))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def _make_room(row: Survey, sheets: int) -> None:
    counted = SurveyTally.objects.filter(survey=row, question="").values_list("number", flat=True)
    if sum(counted) + sheets > MOST_SHEETS:
        raise Invalid(f"Survei ini sudah menerima {MOST_SHEETS} lembar.")


def _count(
    row: Survey, area: str, counts: Mapping[str, Mapping[str, int]], sheets: int, *, paper: bool
) -> None:
    known = {one.key for one in questions_of(row)}
    _add(row, area, {key: part for key, part in counts.items() if key in known}, paper=paper)
    _add(row, area, {"": {"": sheets}}, paper=paper)


def _add(
    row: Survey, area: str, counts: Mapping[str, Mapping[str, int]], *, paper: bool, sign: int = 1
) -> None:
    for key, part in counts.items():
        for choice, number in part.items():
            tally, _ = SurveyTally.objects.get_or_create(
                survey=row, area_code=area, question=key, choice=choice
            )
            step = sign * number
            more = {"number": F("number") + step} | ({"paper": F("paper") + step} if paper else {})
            SurveyTally.objects.filter(pk=tally.pk).update(**more)


def _source(actor: Actor, code: str, secret: str) -> str:
    if not actor.device_hash:
        raise NotAllowed("Buka halaman ini dari HP Anda lalu coba lagi.")
    return ids.keyed(secret, f"survey:{code}", actor.device_hash)
