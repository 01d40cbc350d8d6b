"""What the sender may do with the receipt: say it is still there or gone, add words, withdraw."""

from uuid import UUID

from django.db import IntegrityError, transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.lib.pii import mask
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Correction, Followup, Report
from rembug.reports.rules import receipts

WORDS_MAX = 600


def followup(*, actor: Actor, token: str, client_id: UUID, value: str) -> Followup:
    """Note that the thing is `still` there or `gone`; the same client id twice is one note.

    `actor` is whoever holds the receipt: the token is the right, so nothing else is asked.
    """
    if value not in {"still", "gone"}:
        raise Invalid(
            "Pilih masih atau sudah surut.", faults=(FieldFault("value", "unknown-choice", "still, gone"),)
        )
    at = clock.now()
    with transaction.atomic():
        report = _report(token)
        known = Followup.objects.filter(client_id=client_id).first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
                note = Followup.objects.create(report=report, client_id=client_id, value=value, at=at)
        except IntegrityError:  # the same tap came in twice at once
            return Followup.objects.get(client_id=client_id)
        _touch(report)
        _log("report.followed_up", report, {"value": value})
    return note


def correct(*, actor: Actor, token: str, words: str) -> Correction:
    """Add words that put the report right; the first words stay. The same words again are the same correction."""
    words = words.strip()
    if not words or len(words) > WORDS_MAX:
        message = f"Tulis perbaikan, paling banyak {WORDS_MAX} huruf."
        raise Invalid(message, faults=(FieldFault("words", "length", message),))
    with transaction.atomic():
        report = _report(token)
        known = Correction.objects.filter(report=report, words=words).first()
        if known is not None:
            return known
        note = Correction.objects.create(report=report, words=words, words_public=mask(words), at=clock.now())
        _touch(report)
        _log("report.corrected", report, {})
    return note


def withdraw(*, actor: Actor, token: str) -> Report:
    """Take the report out of the public view; its number and its log entries stay. Twice is once."""
    with transaction.atomic():
        report = _report(token)
        if report.state == Report.State.WITHDRAWN:
            return report
        if report.state != Report.State.ACTIVE:
            raise Conflict("Laporan ini sudah tidak tampil.")
        report.state = Report.State.WITHDRAWN
        report.save(update_fields=["state"])
        _touch(report)
        _log("report.withdrawn", report, {})
    return report


def _report(token: str) -> Report:
    rows = Report.objects.select_for_update().filter(receipt_hash=receipts.fingerprint(token))
    report = rows.exclude(state=Report.State.ERASED).first()
    if report is None:
        raise NotFound("Tanda terima ini tidak dikenal.")
    return report


def _touch(report: Report) -> None:
    """Have the report judged again by the next run."""
    Report.objects.filter(id=report.id).update(**stirred())


def _log(verb: str, report: Report, data: dict[str, object]) -> None:
    record(actor=ANONYMOUS, verb=verb, obj=Ref("report", report.code), data=data, city=report.city)
