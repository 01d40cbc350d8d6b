"""Handing a proposal to a body, and each step of what that body says. Nobody writes for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.deliberation.actions.propose import SPEAKERS, listed_body, own
from rembug.deliberation.models import AnswerStep, Delivery
from rembug.deliberation.queries.setup import path_of
from rembug.deliberation.rules.answers import ANSWERS, COURSE, VERBS
from rembug.evidence.queries.dossiers import dossier
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.models import Body

OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom a proposal was handed, when, by which letter. `post` is who took it, never a name."""

    action_id: UUID
    body: str
    on: date
    letter: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """One step: its verb, for which body, and what it says."""

    action_id: UUID
    verb: str
    body: str
    answer: str = ""
    words: str = ""
    will_do: str = ""
    reference: str = ""


def deliver(*, actor: Actor, city: str, code: str, said: Handed) -> Delivery:
    """Record that a proposal was handed to a body, of whatever level; a second time to the same body is the first.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    proposal = own(actor, city, code)
    body = listed_body(city, said.body)
    _check_day(said)
    if body.pk == proposal.body_id:
        message = "Usulan tidak diserahkan kepada pengusulnya sendiri."
        raise Invalid(message, faults=(FieldFault("body", "unknown", message),))
    with transaction.atomic():
        row, is_new = Delivery.objects.get_or_create(
            proposal=proposal,
            body=body,
            defaults={"city": city} | _handed(city, said),
        )
        if is_new:
            data: dict[str, object] = {"body": said.body, "letter": row.letter, "on": said.on.isoformat()}
            record(actor=actor, verb="demand.delivered", obj=Ref("demand", row.code), data=data, city=city)
    return row


def deliver_dossier(*, actor: Actor, city: str, slug: str, by: str, said: Handed) -> Delivery:
    """Record that one of its writers handed the newest version of a dossier to a body, of whatever level.

    A second time to the same body is the first. Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    written = dossier(city, slug)
    actor.require_for(by, *SPEAKERS, city=city)
    if by not in {written.body, *(code for code, _ in written.authors)}:
        raise NotAllowed("Yang menyerahkan adalah penulisnya.")
    _check_day(said)
    body = listed_body(city, said.body)
    if body.public_id in {written.body, *(code for code, _ in written.authors)}:
        message = "Data dukung tidak diserahkan kepada penulisnya sendiri."
        raise Invalid(message, faults=(FieldFault("body", "unknown", message),))
    values = {"dossier_number": written.number, "title": written.title, "asking": listed_body(city, by)}
    with transaction.atomic():
        row, is_new = Delivery.objects.get_or_create(
            city=city, dossier=slug, body=body, defaults=values | _handed(city, said)
        )
        if is_new:
            data: dict[str, object] = {"body": said.body, "letter": row.letter, "on": said.on.isoformat()}
            data |= {"dossier": slug, "number": written.number, "by": by}
            record(actor=actor, verb="demand.delivered", obj=Ref("demand", row.code), data=data, city=city)
    return row


def say(*, actor: Actor, city: str, code: str, said: Saying) -> Delivery:
    """Add a step to an answer sheet; the same form again adds nothing more.

    The asked body says received, met and answered; the proposal's body says met and agreed, and may copy the reply of a
    body that does not write here, with the number of its letter.

    Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    rows = Delivery.objects.select_related("body", "proposal__body", "asking")
    row = rows.filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Lembar jawaban ini tidak ada.")
    actor.require_for(said.body, *SPEAKERS, city=city)
    if said.body not in _speakers(row, said.verb):
        raise NotAllowed("Kata pihak lain tidak bisa ditulis atau diubah dari sini.")
    _check(said)
    with transaction.atomic():
        row = Delivery.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=row.pk)
        if AnswerStep.objects.filter(action_id=said.action_id).exists():
            return row
        if said.verb == "agreed" and not row.answer:
            raise Conflict("Belum ada jawaban yang bisa disepakati.")
        AnswerStep.objects.create(
            delivery=row,
            action_id=said.action_id,
            at=clock.now(),
            verb=said.verb,
            body=listed_body(city, said.body),
            answer=said.answer if said.verb in {"answered", "copied"} else "",
            words=said.words.strip()[:2000],
            will_do=said.will_do.strip()[:600],
            reference=said.reference.strip()[:80],
        )
        _stand(row, said)
        data: dict[str, object] = {"step": said.verb, "body": said.body, "answer": said.answer}
        data |= {"proposal": row.proposal.code if row.proposal else "", "dossier": row.dossier}
        record(actor=actor, verb="demand.moved", obj=Ref("demand", row.code), data=data, city=city)
    return row


def _stand(row: Delivery, said: Saying) -> None:
    """Move the sheet on along its course; it never moves back."""
    to = "answered" if said.verb == "copied" else said.verb
    if COURSE.index(to) > COURSE.index(row.state):
        row.state = to
    if said.verb in {"answered", "copied"}:
        row.answer, row.answered_at = said.answer, row.answered_at or clock.now()
    row.save(update_fields=["state", "answer", "answered_at"])


def _speakers(row: Delivery, verb: str) -> set[str]:
    asked, asking = row.body.public_id, row.asks.public_id
    if verb == "met":
        return {asked, asking}
    if verb == "agreed":
        return {asking}
    if verb == "copied":
        return {asking} if row.body.state != Body.State.CONFIRMED else set()
    return {asked}


def _check_day(said: Handed) -> None:
    today = timezone.localtime(clock.now()).date()
    if not today - OLDEST <= said.on <= today:
        message = "Tulis tanggal penyerahan: hari ini atau sebelumnya."
        raise Invalid(message, faults=(FieldFault("on", "out-of-range", message),))


def _handed(city: str, said: Handed) -> dict[str, Any]:
    return {
        "action_id": said.action_id,
        "code": ids.public_code(),
        "post": said.post.strip()[:80],
        "letter": said.letter.strip()[:80],
        "delivered_on": said.on,
        "due_on": said.on + timedelta(days=path_of(city).facts.answer_days),
    }


def _check(said: Saying) -> None:
    faults = []
    if said.verb not in VERBS:
        faults.append(FieldFault("verb", "unknown", "Pilih langkahnya."))
    if said.verb in {"answered", "copied"}:
        if said.answer not in ANSWERS:
            faults.append(FieldFault("answer", "missing", "Pilih jawabannya."))
        if not said.words.strip():
            faults.append(FieldFault("words", "missing", "Tulis alasan atau isi jawabannya."))
        if said.answer in {"accept", "part"} and not said.will_do.strip():
            faults.append(FieldFault("will_do", "missing", "Tulis apa yang akan dilakukan."))
    if said.verb == "copied" and not said.reference.strip():
        faults.append(FieldFault("reference", "missing", "Tulis nomor surat balasannya."))
    if faults:
        raise Invalid("Jawaban belum bisa disimpan. Periksa isian yang ditandai.", faults=tuple(faults))
