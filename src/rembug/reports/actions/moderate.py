"""Taking down, restoring and masking: by one tap, with a reason, the original kept for handlers."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.reports.models import Report
from rembug.reports.queries.work.scope import MODERATORS

TEXT_MAX = 2400
REASONS = ("private", "insult", "danger", "not_a_report", "wrong_place", "request")


def take_down(*, actor: Actor, code: str, reason: str) -> None:
    """Remove a report from every public surface. Twice is once."""
    if reason not in REASONS:
        message = f"Pilih alasan: {', '.join(REASONS)}."
        raise Invalid("Pilih alasannya.", faults=(FieldFault("reason", "unknown-choice", message),))
    _change(actor, code, Report.State.ACTIVE, Report.State.REMOVED, reason)


def restore(*, actor: Actor, code: str, reason: str = "") -> None:
    """Show a report again that was taken down."""
    _change(actor, code, Report.State.REMOVED, Report.State.ACTIVE, reason)


def mask_text(*, actor: Actor, code: str, text_public: str) -> None:
    """Set the public words of a report; what it said stays readable for handlers. The same words twice are one act."""
    text = text_public.strip()
    if len(text) > TEXT_MAX:
        message = f"Terlalu panjang. Paling banyak {TEXT_MAX} huruf."
        raise Invalid(message, faults=(FieldFault("text_public", "too-long", message),))
    with transaction.atomic():
        report = _report(actor, code)
        if report.text_edited and report.text_public == text:
            return
        report.text_public = text
        report.text_edited = True
        report.changed_at = clock.now()
        report.save(update_fields=["text_public", "text_edited", "changed_at"])
        record(actor=actor, verb="report.masked", obj=Ref("report", code), city=report.city)


def _change(actor: Actor, code: str, before: str, after: str, reason: str) -> None:
    with transaction.atomic():
        report = _report(actor, code)
        if report.state != before:
            return
        report.state, report.state_reason = after, reason[:60]
        report.stirred_at = report.changed_at = clock.now()
        report.save(update_fields=["state", "state_reason", "stirred_at", "changed_at"])
        verb = "report.taken_down" if after == Report.State.REMOVED else "report.restored"
        record(actor=actor, verb=verb, obj=Ref("report", code), data={"reason": reason}, city=report.city)


def _report(actor: Actor, code: str) -> Report:
    report = Report.objects.select_for_update().filter(code=code).first()
    if report is None:
        raise NotFound("Laporan ini tidak ada.")
    actor.require(*MODERATORS, city=report.city, area=report.area_code)
    return report
