"""Moving a promise: no change of state without evidence; delivered is claimed by one and confirmed by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.commitments.models import Commitment, Milestone, Step
from rembug.commitments.queries.evidence import exists
from rembug.commitments.rules.states import BROKEN_AFTER, EVIDENCE, MOVES, OPEN, Move, is_broken
from rembug.deliberation.actions.propose import SPEAKERS, listed_body
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.models import Body

SPACE = UUID("8a5fd0a4-9d1c-4a7e-8a4e-8f2f1a1c3b77")


@dataclass(frozen=True, slots=True)
class Moving:
    """One step: its verb, for which body, with which evidence, and the state that was seen."""

    action_id: UUID
    verb: str
    body: str
    seen: str
    evidence: str = ""
    evidence_code: str = ""
    words: str = ""
    milestone: int = 0  # its place; only with the verb `reach`


def move(*, actor: Actor, city: str, code: str, said: Moving) -> Commitment:
    """Move a promise, or reach a milestone of it; the same form again moves nothing more.

    Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    rule = MOVES.get(said.verb)
    row = Commitment.objects.select_related("body").filter(city=city, code=code.upper()).first()
    if row is None or (rule is None and said.verb != "reach"):
        raise NotFound("Komitmen atau langkah ini tidak ada.")
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = listed_body(city, said.body)
    _may(row, body, "owner" if rule is None else rule.by)
    _check(city, said, rule)
    with transaction.atomic():
        row = Commitment.objects.select_for_update().get(pk=row.pk)
        if Step.objects.filter(action_id=said.action_id).exists():
            return row
        part = _reached(row, said) if rule is None else None
        if rule is not None:
            _stand(row, said, rule)
        Step.objects.create(
            commitment=row,
            action_id=said.action_id,
            at=clock.now(),
            verb=said.verb,
            body=body,
            words=said.words.strip()[:1000],
            evidence=said.evidence,
            evidence_code=said.evidence_code.strip(),
            milestone=part,
        )
        data: dict[str, object] = {
            "step": said.verb,
            "body": said.body,
            "state": row.state,
            "evidence": said.evidence,
            "evidence_code": said.evidence_code.strip(),
        }
        record(actor=actor, verb="promise.moved", obj=Ref("promise", row.code), data=data, city=city)
    return row


def give_up_late(*, actor: Actor) -> int:
    """Mark promises broken that have been late for a year; return how many."""
    today = timezone.localtime(clock.now()).date()
    done = 0
    for pk in list(
        Commitment.objects.filter(state__in=OPEN, due_on__lt=today - BROKEN_AFTER).values_list(
            "id", flat=True
        )[:500]
    ):
        with transaction.atomic():
            row = Commitment.objects.select_for_update().get(pk=pk)
            if not is_broken(row.state, row.due_on, today):
                continue
            row.state, row.changed_at = "broken", clock.now()
            row.save(update_fields=["state", "changed_at"])
            number = uuid5(SPACE, f"{row.code}:broken")
            Step.objects.create(commitment=row, action_id=number, at=row.changed_at, verb="break")
            data: dict[str, object] = {"step": "break", "body": "", "state": "broken", "by": "date"}
            record(actor=actor, verb="promise.moved", obj=Ref("promise", row.code), data=data, city=row.city)
            done += 1
    return done


def _may(row: Commitment, body: Body, by: str) -> None:
    if by == "owner" and body.pk != row.body_id:
        raise NotAllowed("Hanya pihak yang berjanji yang bisa melangkah di sini.")
    if by == "other" and (body.pk in {row.body_id, row.funder_id} or body.state != Body.State.CONFIRMED):
        raise NotAllowed(
            "Yang memastikan harus pihak lain yang sudah bergabung, bukan yang berjanji atau mendanai."
        )


def _check(city: str, said: Moving, rule: Move | None) -> None:
    faults = []
    if said.evidence not in EVIDENCE or not exists(city, said.evidence, said.evidence_code.strip()):
        message = "Tunjukkan bukti yang ada: nomor laporan, kejadian, kasus, pertemuan, atau dokumen."
        faults.append(FieldFault("evidence_code", "missing", message))
    if rule is not None and rule.words and not said.words.strip():
        faults.append(FieldFault("words", "missing", "Tulis satu kalimat: apa yang terjadi."))
    if faults:
        raise Invalid("Langkah belum bisa disimpan. Periksa isian yang ditandai.", faults=tuple(faults))


def _stand(row: Commitment, said: Moving, rule: Move) -> None:
    if row.state != said.seen or row.state not in rule.since:
        raise Conflict("Komitmen ini baru saja berubah. Lihat keadaannya sekarang, lalu coba lagi.")
    row.state, row.changed_at = rule.to, clock.now()
    if said.verb == "deliver":
        row.delivered_on, row.confirmed = _today(), False
    elif said.verb == "confirm":
        row.confirmed = True
    elif said.verb == "dispute":
        row.delivered_on, row.confirmed, row.outcome = None, False, ""
    row.save(update_fields=["state", "changed_at", "delivered_on", "confirmed", "outcome"])


def _reached(row: Commitment, said: Moving) -> Milestone:
    part = row.milestones.select_for_update().filter(place=said.milestone).first()
    if part is None or row.state not in OPEN:
        raise NotFound("Tonggak ini tidak ada, atau komitmennya sudah selesai.")
    if part.done_on is not None:
        raise Conflict("Tonggak ini sudah tercapai.")
    part.done_on = _today()
    part.save(update_fields=["done_on"])
    return part


def _today() -> date:
    return timezone.localtime(clock.now()).date()
