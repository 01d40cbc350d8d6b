"""A late case climbs the ladder of the city's pack: each rung once a promise, in public; no promise moves by it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.cases.actions.move import locked
from rembug.cases.models import Case, Deadline, Escalation, Step
from rembug.cases.queries.setup import calendar_of, facts_of, trials_of
from rembug.cases.queries.work import COORDINATORS, role_for
from rembug.cases.rules.states import OPEN
from rembug.lib import clock, workdays
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pack import COORDINATOR, RungRow
from rembug.people.actions import letters
from rembug.people.models import Body
from rembug.people.queries.addresses import addresses_of
from rembug.places import queries as places

SPEAKERS = ("officer", "coordinator", "approver", "administrator")


def escalate(city: str, *, actor: Actor) -> int:
    """Let each late case climb to the rungs that its promise has reached; return how many steps were climbed.

    Only promises of bodies that joined and whose trial is over count. A rung that leads to the body itself is left
    out.
    """
    facts = facts_of(city)
    if not facts.ladder:
        return 0
    calendar, zone, now, done = calendar_of(facts), ZoneInfo(places.city(city).timezone), clock.now(), 0
    late = Deadline.objects.filter(
        case__city=city, case__state__in=OPEN, met_at=None, replaced_at=None, due_at__lt=now
    )
    late = late.exclude(case__body__public_id__in=list(trials_of(city)))
    late = late.filter(case__body__state=Body.State.CONFIRMED).select_related("case__body")
    climbed = set(Escalation.objects.filter(deadline__in=late).values_list("deadline_id", "rung"))
    for row in late.order_by("id").iterator(500):
        for rung in facts.ladder:
            if rung.clock != row.kind or (row.pk, rung.code) in climbed:
                continue
            if _reached(rung, row.due_at, now, calendar, zone):
                done += _climb(row, rung, actor)
    return done


def give_number(*, actor: Actor, city: str, code: str, rung: str, number: str) -> None:
    """Write the number under which a matter was handed to a system outside; again with the same number is harmless.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    number = number.strip()[:80]
    if not number:
        message = gettext("Tulis nomor surat atau nomor di sistem itu.")
        raise Invalid(message, faults=(FieldFault("number", "missing", message),))
    with transaction.atomic():
        case = locked(city, code)
        if role_for(actor, case) != "coordinator":
            raise NotAllowed(gettext("Hanya koordinator yang menulis nomor rujukan."))
        row = Escalation.objects.filter(case=case, rung=rung, is_outside=True).order_by("-id").first()
        if row is None:
            raise NotFound(gettext("Kasus ini belum sampai pada rujukan itu."))
        if row.number == number:
            return
        row.number = number
        row.save(update_fields=["number"])
        words = f"{row.words.get('id', '')}: nomor {number}"
        Step.objects.create(case=case, at=clock.now(), verb="number", public=words, by_id=actor.person_id)
        data: dict[str, object] = {"rung": rung, "number": number}
        record(actor=actor, verb="case.numbered", obj=Ref("case", case.code), data=data, city=city)


def _reached(
    rung: RungRow, due: datetime, now: datetime, calendar: workdays.Calendar, zone: ZoneInfo
) -> bool:
    return due <= now if not rung.after_days else workdays.due(calendar, due, rung.after_days, zone) <= now


def _climb(row: Deadline, rung: RungRow, actor: Actor) -> int:
    case = row.case
    body = _body(case.city, rung.to)
    if body is not None and body.pk in {case.body_id, case.about_body_id}:
        return 0
    with transaction.atomic():
        values = {
            "case": case,
            "at": clock.now(),
            "body": body,
            "words": dict(rung.words),
            "basis": rung.basis,
        }
        values["is_outside"] = not rung.to
        _, is_new = Escalation.objects.get_or_create(deadline=row, rung=rung.code, defaults=values)
        if not is_new:
            return 0
        Step.objects.create(
            case=case, at=clock.now(), verb="escalate", public=rung.words["id"], body=body, reason=rung.code
        )
        data: dict[str, object] = {"rung": rung.code, "to": body.public_id if body else rung.to}
        record(actor=actor, verb="case.escalated", obj=Ref("case", case.code), data=data, city=case.city)
    link = f"{settings.PUBLIC_URL}/kerja/kasus/{case.code}/"
    for address, language in _addresses(case, rung.to, body):
        words = rung.words.get(language, rung.words["id"])
        letters.send(
            address, "cases/letters/escalated", {"case": case, "words": words, "link": link}, language
        )
    return 1


def _body(city: str, to: str) -> Body | None:
    if not to or to == COORDINATOR:
        return None
    return Body.objects.filter(city=city, public_id=f"{city}-{to}").first()


def _addresses(case: Case, to: str, body: Body | None) -> list[tuple[str, str]]:
    if body is not None:
        return addresses_of(body.pk, SPEAKERS)
    if to != COORDINATOR:
        return []
    coordinating = Body.objects.filter(city=case.city, state="confirmed")
    if case.about_body_id:  # nobody of the body that is complained about
        coordinating = coordinating.exclude(pk=case.about_body_id)
    found = (addresses_of(one, COORDINATORS) for one in coordinating.values_list("pk", flat=True))
    return list(dict.fromkeys(pair for pairs in found for pair in pairs))
