"""A case goes on to the Open311 system of its body: asked for by a person, sent by a job, never twice."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.cases.actions.move import locked
from rembug.cases.models import Case, Forward, Step
from rembug.cases.queries.forwards import MOVING, system_of
from rembug.cases.queries.work import role_for
from rembug.cases.rules import outside
from rembug.lib import clock, env, http
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed
from rembug.lib.lease import lease
from rembug.lib.pack import OtherRow
from rembug.places import queries as places

LEASE_S = 180.0
BATCH = 20
TRIES_MAX = 15  # the last one after some two days
LARGEST = 2_000_000
FIRST_ASK = timedelta(minutes=5)
BEFORE = timedelta(hours=1)  # clocks of two servers differ
FORM = "application/x-www-form-urlencoded; charset=utf-8"
NEVER_LEFT = (ConnectionRefusedError, socket.gaierror)


@dataclass(frozen=True, slots=True)
class _Way:
    """One row with the case and the system that it goes to."""

    row: Forward
    case: Case
    other: OtherRow

    @property
    def page(self) -> str:
        return f"{settings.PUBLIC_URL}/kasus/{self.case.code}/"


def forward(*, actor: Actor, city: str, code: str) -> Forward:
    """Ask that a case goes on to the system of its body; asking twice is once.

    A row that was refused, or that nobody is sure of, is sent again: a person has looked. Raises `Invalid` where the
    body has no such system, `NotAllowed`, `NotFound`.
    """
    now = clock.now()
    with transaction.atomic():
        case = locked(city, code)
        _check_part(actor, case)
        if system_of(case) is None:
            raise Invalid(gettext("Pihak ini tidak punya sistem Open311 untuk jenis kasus ini."))
        row, is_new = Forward.objects.select_for_update().get_or_create(
            case=case, body=case.body, defaults={"key": uuid4(), "asked_at": now, "due_at": now}
        )
        if not is_new and row.state not in {Forward.State.REFUSED, Forward.State.UNSURE}:
            return row
        row.state, row.tries, row.fault, row.due_at = Forward.State.WAITING, 0, "", now
        row.save()
        record(actor=actor, verb="case.forwarded", obj=Ref("case", case.code), city=city)
    return row


def write_number(*, actor: Actor, city: str, code: str, number: str) -> Forward:
    """Write the number that a person found in the other system, where the job could not be sure. Again is harmless."""
    number = " ".join(number.split())[: outside.NUMBER_MAX]
    if not number:
        message = gettext("Tulis nomor di sistem itu.")
        raise Invalid(message, faults=(FieldFault("number", "missing", message),))
    with transaction.atomic():
        case = locked(city, code)
        _check_part(actor, case)
        row = Forward.objects.select_for_update().filter(case=case, body=case.body).first()
        if row is None or (row.state != Forward.State.UNSURE and row.number != number):
            raise Conflict(gettext("Kasus ini tidak menunggu nomor."))
        if row.number != number:
            taken(row, case, outside.Answered("taken", number), actor=actor)
    return row


def send_waiting(*, actor: Actor) -> int:
    """Send what waits; return how many the other systems have taken."""
    done = 0
    with lease("cases-forward", LEASE_S) as held:
        if not held:
            return 0
        due = Forward.objects.filter(state__in=MOVING, due_at__lte=clock.now()).order_by("due_at", "pk")
        for row in list(due.select_related("case__body", "body")[:BATCH]):
            done += _carry(row, actor)
            if not held.keep():
                break
    return done


def _carry(row: Forward, actor: Actor) -> bool:
    other = system_of(row.case) if row.case.body_id == row.body_id else None
    if other is None:
        _stop(row, Forward.State.REFUSED, "the case closed, moved on, or the pack no longer names the system")
        return False
    way = _Way(row, row.case, other)
    is_new = row.state == Forward.State.WAITING
    try:
        answer = _sent(way) if is_new else _found_or_sent(way)
    except http.Unreachable as error:
        if is_new and isinstance(error.__cause__, NEVER_LEFT):
            row.state = Forward.State.WAITING
        _later(row, str(error))
        return False
    return _settle(way, answer, actor)


def _found_or_sent(way: _Way) -> outside.Answered:
    """Find out what became of an attempt that was cut off; send again only where that makes no second request."""
    if way.other.repeats:
        return _sent(way)
    since = ((way.row.sent_at or way.row.asked_at) - BEFORE).isoformat(timespec="seconds")
    more = {"service_code": way.other.services[way.case.category], "start_date": since}
    number = outside.found_again(
        _get(way.other, f"requests.json?{outside.asking(more, way.other.jurisdiction)}"), way.page
    )
    return outside.Answered("taken", number) if number else outside.Answered("unknown", fault=way.row.fault)


def _sent(way: _Way) -> outside.Answered:
    row, case, other = way.row, way.case, way.other
    told = outside.Telling(
        service=other.services[case.category],
        words=case.words,
        page=way.page,
        lon=case.lon,
        lat=case.lat,
        address=places.label(case.city, case.area_code) if case.area_code else "",
        api_key=env.text(other.key_env, "") if other.key_env else "",
        jurisdiction=other.jurisdiction,
    )
    row.state, row.sent_at = Forward.State.SENDING, row.sent_at or clock.now()
    row.save(update_fields=["state", "sent_at"])  # before the first byte: whoever dies now leaves a trace
    question = http.Outgoing(
        f"{other.endpoint}/requests.json",
        "POST",
        {"Content-Type": FORM, "Idempotency-Key": str(row.key)},
        outside.form(told),
        largest=LARGEST,
    )
    answer = http.send(question)
    return outside.answered(answer.status, answer.body)


def _settle(way: _Way, answer: outside.Answered, actor: Actor) -> bool:
    row = way.row
    if answer.outcome == "taken":
        with transaction.atomic():
            taken(row, locked(way.case.city, way.case.code), answer, actor=actor)
        return True
    if answer.outcome == "refused":
        _stop(row, Forward.State.REFUSED, answer.fault)
    elif answer.outcome == "later":
        row.state = Forward.State.WAITING
        _later(row, answer.fault)
    elif way.other.repeats or not row.tries:
        _later(row, answer.fault)  # looked up or repeated next time
    else:
        _stop(row, Forward.State.UNSURE, answer.fault)
    return False


def taken(row: Forward, case: Case, answer: outside.Answered, *, actor: Actor) -> None:
    """Keep the number of the other system, in the case too: part of a transaction that holds the case."""
    row.state, row.number, row.token = Forward.State.SENT, answer.number, answer.token
    row.fault, row.tries, row.due_at = "", 0, clock.now() + FIRST_ASK
    row.save()
    if not answer.number:
        return
    if not case.foreign_number:
        case.foreign_number = answer.number
    case.changed_at, case.version = clock.now(), case.version + 1
    case.save(update_fields=["foreign_number", "changed_at", "version"])
    words = f"Diteruskan ke sistem {row.body.name}. Nomor di sana: {answer.number}."
    Step.objects.create(case=case, at=clock.now(), verb="forward", body=row.body, public=words)
    data: dict[str, object] = {"body": row.body.public_id, "number": answer.number}
    record(actor=actor, verb="case.numbered", obj=Ref("case", case.code), data=data, city=case.city)


def _get(other: OtherRow, rest: str) -> bytes:
    return http.fetch(f"{other.endpoint}/{rest}", largest=LARGEST).body


def _later(row: Forward, fault: str) -> None:
    row.tries += 1
    if row.tries >= TRIES_MAX:
        state = Forward.State.REFUSED if row.state == Forward.State.WAITING else Forward.State.UNSURE
        _stop(row, state, fault)
        return
    row.fault = fault[:300]
    row.due_at = clock.now() + timedelta(minutes=min(2 ** (row.tries - 1), 360))
    row.save(update_fields=["state", "tries", "fault", "due_at"])


def _stop(row: Forward, state: str, fault: str) -> None:
    row.state, row.fault = state, fault[:300]
    row.save(update_fields=["state", "fault"])


def _check_part(actor: Actor, case: Case) -> None:
    if role_for(actor, case) is None:
        raise NotAllowed(gettext("Anda tidak memegang kasus ini."))
