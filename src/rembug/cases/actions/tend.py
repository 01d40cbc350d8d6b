"""What the clock does: warnings at 50, 80 and 100 per cent, and the end of a case whose reporter is silent."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from rembug.audit.actions import Ref, record
from rembug.cases.actions.move import by_clock
from rembug.cases.models import Case, Deadline
from rembug.cases.queries.setup import calendar_of, facts_of
from rembug.cases.queries.work import HANDLERS
from rembug.cases.rules.states import OPEN
from rembug.lib import clock, workdays
from rembug.lib.actor import Actor
from rembug.people.actions import letters
from rembug.people.models import Body
from rembug.people.queries.addresses import addresses_of
from rembug.places import queries as places

STEPS = (100, 80, 50)
TOLD = 80  # from here on also by letter
LISTED = 30


def warn(city: str, *, actor: Actor) -> int:
    """Note each promise that passed 50, 80 or 100 per cent of its working days; return how many were noted.

    Whoever handles it sees the mark at the desk, and gets one letter for all that passed 80 or 100. A body's letter
    goes out after its marks are stored, before the next body's: who is stopped in between loses one body's letter.
    """
    calendar, zone, now, done = (
        calendar_of(facts_of(city)),
        ZoneInfo(places.city(city).timezone),
        clock.now(),
        0,
    )
    running = Deadline.objects.filter(case__city=city, met_at=None, replaced_at=None, warned__lt=100)
    rows = running.select_related("case__body").order_by("case__body_id", "id").iterator(500)
    for _, of_body in groupby(rows, key=lambda row: row.case.body_id):
        told: dict[str, int] = {}
        for row in of_body:
            used = 100 * workdays.share(calendar, row.started_at, now, row.days, zone)
            step = _noted(row, used, now, actor)
            done += step > 0
            if step >= TOLD and row.case.state in OPEN:
                told[row.case.code] = max(step, told.get(row.case.code, 0))
        if told and row.case.body is not None:
            _tell(row.case.body, told)
    return done


def _noted(row: Deadline, used: float, now: datetime, actor: Actor) -> int:
    """Mark the step that a promise newly passed, and return it; 0 where there is none."""
    step = next((step for step in STEPS if used >= step), 0)
    if now < row.due_at and step == STEPS[0]:
        step = 80  # the last day is not over yet
    if step <= row.warned:
        return 0
    with transaction.atomic():
        same = Deadline.objects.filter(pk=row.pk, warned=row.warned, met_at=None, replaced_at=None)
        if not same.update(warned=step):
            return 0
        data = {"promise": row.kind, "share": step, "due": row.due_at.isoformat()}
        record(actor=actor, verb="case.warned", obj=Ref("case", row.case.code), data=data, city=row.case.city)
    return step


def _tell(body: Body, cases: dict[str, int]) -> None:
    """Send the people of a body one letter about all promises that are nearly or already over."""
    if body.state != Body.State.CONFIRMED:
        return
    late = [code for code, step in cases.items() if step == STEPS[0]]
    soon = [code for code in cases if code not in late]
    link = f"{settings.PUBLIC_URL}/kerja/kasus/"
    context: dict[str, object] = {"soon": soon[:LISTED], "late": late[:LISTED], "link": link}
    context |= {"soon_count": len(soon), "late_count": len(late)}
    for address, language in addresses_of(body.pk, HANDLERS):
        letters.send(address, "cases/letters/warned", context, language)


def close_silent(city: str, *, actor: Actor) -> int:
    """Settle what was done or answered and nobody has disputed within the silent days; it can be reopened."""
    facts = facts_of(city)
    calendar, zone, now, done = calendar_of(facts), ZoneInfo(places.city(city).timezone), clock.now(), 0
    waiting = Case.objects.filter(city=city, state__in=("done", "answered"))
    # From the answer on: what is said beside it, as by the body complained about, puts nothing off.
    said = Max("steps__at", filter=Q(steps__verb__in=("answer", "relay", "finish")))
    for row in waiting.only("id", "changed_at").annotate(said=said).iterator(500):
        if workdays.due(calendar, row.said or row.changed_at, facts.silent_days, zone) <= now:
            words = "Ditutup karena tidak ada kabar dari pelapor. Bisa dibuka lagi."
            done += by_clock(row.pk, "silent", words, actor=actor)
    return done


def recompute(city: str, *, actor: Actor) -> int:
    """Move running promises to what the calendar says now; the old ones stay visible. Return how many moved."""
    calendar, zone, now, done = (
        calendar_of(facts_of(city)),
        ZoneInfo(places.city(city).timezone),
        clock.now(),
        0,
    )
    running = Deadline.objects.filter(case__city=city, met_at=None, replaced_at=None)
    for row in list(running.select_related("case").order_by("id")):
        due = workdays.due(calendar, row.started_at, row.days, zone)
        if due == row.due_at:
            continue
        with transaction.atomic():
            done += _replaced(row, due, now, actor)
    return done


def _replaced(row: Deadline, due: datetime, now: datetime, actor: Actor) -> bool:
    """Put a promise with its new date in the place of one that still runs; tell whether it did.

    The case is locked first, as by every step of it. A later date is warned of anew.
    """
    Case.objects.select_for_update().get(pk=row.case_id)
    running = Deadline.objects.filter(case_id=row.case_id, met_at=None, replaced_at=None)
    if not running.filter(pk=row.pk).update(replaced_at=now):
        return False  # kept or replaced meanwhile
    row.refresh_from_db(fields=["warned"])
    Deadline.objects.create(
        case_id=row.case_id,
        kind=row.kind,
        days=row.days,
        basis=row.basis,
        started_at=row.started_at,
        due_at=due,
        warned=0 if due > row.due_at else row.warned,
    )
    left = running.order_by("due_at").values_list("due_at", flat=True)
    Case.objects.filter(pk=row.case_id).update(due_at=left.first())
    data = {"promise": row.kind, "from": row.due_at.isoformat(), "to": due.isoformat()}
    record(actor=actor, verb="case.moved_due", obj=Ref("case", row.case.code), data=data, city=row.case.city)
    return True
