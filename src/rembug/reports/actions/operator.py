"""What an operator does for somebody who wrote to the city: take the message in, bring the reply back."""

from django.db import IntegrityError, transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.reports.actions.receive import receive_one
from rembug.reports.models import Pasted, Reply, Report
from rembug.reports.queries.work.scope import OPERATORS
from rembug.reports.rules.submission import Receipt, Submission

CHANNEL = "operator"


def enter(submission: Submission, *, actor: Actor) -> Receipt:
    """Take in a message from another channel, with its number there as `foreign_ref`.

    Raises `NotAllowed` outside the operator's area, `KeyReused` for a number that is known already, `Invalid`.
    """
    actor.require(*OPERATORS, city=submission.city, area=submission.area_code)
    if submission.channel != CHANNEL:
        raise Invalid("Kanal salah.", faults=(FieldFault("channel", "unknown-choice", CHANNEL),))
    receipt: Receipt = receive_one(submission, actor=actor)
    return receipt


def mark_pasted(*, actor: Actor, report: str, reply: str) -> Pasted:
    """Note that a reply went back into the conversation its report came from. Twice is once."""
    with transaction.atomic():
        row = Report.objects.filter(code=report, channel=CHANNEL).first()
        said = (
            Reply.objects.filter(code=reply, withdrawn_at=None, incidents__reports=row).first()
            if row
            else None
        )
        if row is None or said is None:
            raise NotFound("Tanggapan ini tidak ada untuk laporan itu.")
        actor.require(*OPERATORS, city=row.city, area=row.area_code)
        known = Pasted.objects.filter(report=row, reply=said).first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
                made = Pasted.objects.create(report=row, reply=said, by_id=actor.person_id, at=clock.now())
        except IntegrityError:  # two operators pressed at once
            return Pasted.objects.get(report=row, reply=said)
        data: dict[str, object] = {"reply": said.code}
        record(actor=actor, verb="reply.pasted", obj=Ref("report", row.code), data=data, city=row.city)
    return made
