"""A person's judgement: it always wins, carries a reason, and trains the track records."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor, covers
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Decision, Report
from rembug.reports.queries.work.scope import DECIDERS, is_own
from rembug.reports.rules.decisions import REASONS

WORDS_MAX = 300


def decide(
    *,
    actor: Actor,
    code: str,
    verdict: str,
    reason: str,
    words: str = "",
    body: str = "",
    seen: int | None = None,
) -> Decision:
    """Judge one report `true`, `false` or `unsure` (which takes an earlier decision back).

    `seen` is the id of the decision that the person had before them (0: none); when another one has come meanwhile,
    nothing is written. The same decision by the same body again is the same decision.

    Raises
    ------
    Invalid
        No such verdict or reason; the fault lists the choices.
    NotAllowed
        The actor has no such role here, or it is their own report.
    Conflict
        Somebody else has decided meanwhile, or the report is no longer shown.
    """
    if verdict not in REASONS or reason not in REASONS[verdict]:
        choices = ", ".join(REASONS.get(verdict, REASONS))
        raise Invalid("Pilih hasil dan alasannya.", faults=(FieldFault("reason", "unknown-choice", choices),))
    with transaction.atomic():
        report = _report(actor, code)
        words, speaker = words.strip()[:WORDS_MAX], _acting_body(actor, report, body)
        last = report.decisions.order_by("-pk").first()
        if last is not None and _is_same(last, verdict, reason, words, speaker):
            return last
        if seen is not None and seen != (last.pk if last else 0):
            raise Conflict("Pihak lain baru saja memutuskan laporan ini. Periksa lagi sebelum mengubahnya.")
        return _write(report, Decision(verdict=verdict, reason=reason, words=words, body=speaker), actor)


def _write(report: Report, decision: Decision, actor: Actor) -> Decision:
    decision.report, decision.by_id, decision.at = report, actor.person_id, clock.now()
    decision.save()
    report.decided = "" if decision.verdict == Decision.Verdict.UNSURE else decision.verdict
    report.save(update_fields=["decided"])
    _have_judged_again(report)
    data: dict[str, object] = {"verdict": decision.verdict, "reason": decision.reason}
    if decision.body is not None:
        data |= {"body": decision.body.public_id, "body_name": decision.body.name}
    record(actor=actor, verb="report.decided", obj=Ref("report", report.code), data=data, city=report.city)
    return decision


def _report(actor: Actor, code: str) -> Report:
    report = Report.objects.select_for_update().filter(code=code).first()
    if report is None:
        raise NotFound("Laporan ini tidak ada.")
    actor.require(*DECIDERS, city=report.city, area=report.area_code)
    if is_own(actor, report):
        raise NotAllowed("Laporan sendiri diperiksa oleh orang lain.")
    if report.state != Report.State.ACTIVE:
        raise Conflict("Laporan ini sudah tidak tampil, jadi tidak diperiksa lagi.")
    return report


def _is_same(last: Decision, verdict: str, reason: str, words: str, speaker: Body | None) -> bool:
    said = (last.verdict, last.reason, last.words, last.body_id)
    return said == (verdict, reason, words, speaker.pk if speaker else None)


def _acting_body(actor: Actor, report: Report, body: str) -> Body | None:
    """Return the body in whose name this is decided: the one asked for, else the first whose role reaches here."""
    mine = [
        grant.body
        for grant in actor.grants
        if grant.city == report.city
        and grant.role in DECIDERS
        and grant.body
        and covers(grant.area, report.area_code)
    ]
    wanted = body if body in mine else (mine[0] if mine else "")
    return Body.objects.filter(public_id=wanted).first() if wanted else None


def _have_judged_again(report: Report) -> None:
    """The decision speaks about the report's neighbours through them, and about the sender's other reports directly."""
    Report.objects.filter(source=report.source, city=report.city).update(**stirred())
    if report.body_id is not None:
        theirs = Report.objects.filter(body_id=report.body_id, city=report.city)
        theirs.update(**stirred())
