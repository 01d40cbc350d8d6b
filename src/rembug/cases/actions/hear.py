"""What other systems say of the cases that went on to them: into the chain, as their words, never as ours."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F

from rembug.audit.actions import Ref, record
from rembug.cases.actions.forward import BATCH, LARGEST, LEASE_S, taken
from rembug.cases.actions.move import Said, apply, locked
from rembug.cases.models import Case, Forward, Step
from rembug.cases.queries.setup import facts_of
from rembug.cases.rules import outside
from rembug.cases.rules.states import may
from rembug.lib import clock, http, pii
from rembug.lib.actor import Actor
from rembug.lib.lease import lease
from rembug.lib.pack import OtherRow

EVERY = timedelta(minutes=15)
EVERY_OLD = timedelta(hours=6)
OLD = timedelta(days=30)


def ask_others(*, actor: Actor) -> int:
    """Ask other systems about the requests that they took; return how many said something new."""
    done = 0
    with lease("cases-hear", LEASE_S) as held:
        if not held:
            return 0
        due = Forward.objects.filter(state=Forward.State.SENT, due_at__lte=clock.now())
        due = due.exclude(case__about_body=F("body"))  # the system of the accused body is asked no more
        rows = list(
            due.select_related("case", "body").order_by("case__city", "body_id", "due_at")[: 10 * BATCH]
        )
        for (city, body), group in groupby(rows, key=lambda row: (row.case.city, row.body.public_id)):
            other = next((one for one in facts_of(city).others if f"{city}-{one.body}" == body), None)
            mine = list(group)
            for start in range(0, len(mine), BATCH):
                done += _ask(other, mine[start : start + BATCH], actor) if other else 0
            _again(mine)
            if not held.keep():
                break
    return done


def _ask(other: OtherRow, rows: list[Forward], actor: Actor) -> int:
    done = 0
    try:
        for row in [row for row in rows if row.token and not row.number]:
            _resolve(other, row, actor)
        known = {row.number: row for row in rows if row.number}
        if not known:
            return 0
        asked = outside.asking({"service_request_id": ",".join(known)}, other.jurisdiction)
        answer = http.fetch(f"{other.endpoint}/requests.json?{asked}", largest=LARGEST)
    except http.Unreachable:
        return 0  # asked again at its time
    for heard in outside.heard(answer.body):
        if heard.number in known:
            done += _tell(known[heard.number], heard, actor)
    return done


def _resolve(other: OtherRow, row: Forward, actor: Actor) -> None:
    """Ask for the number behind a token."""
    rest = outside.asking({}, other.jurisdiction)
    answer = http.fetch(
        f"{other.endpoint}/tokens/{row.token}.json" + (f"?{rest}" if rest else ""), largest=LARGEST
    )
    found = outside.answered(200, answer.body)
    if found.number:
        with transaction.atomic():
            taken(row, locked(row.case.city, row.case.code), found, actor=actor)


def _tell(row: Forward, heard: outside.Heard, actor: Actor) -> bool:
    """Write one piece of news; the first look at an open request without words is none."""
    with transaction.atomic():
        case = locked(row.case.city, row.case.code)
        mine = Forward.objects.select_for_update().get(pk=row.pk)
        if mine.told == heard.fingerprint or case.about_body_id == mine.body_id:
            return False
        is_news = heard.is_closed or bool(heard.notes)
        mine.told = heard.fingerprint
        if heard.is_closed:
            mine.state = Forward.State.CLOSED
        mine.save(update_fields=["told", "state"])
        if is_news:
            _write(case, mine, heard, actor)
    return is_news


def _write(case: Case, row: Forward, heard: outside.Heard, actor: Actor) -> None:
    said = pii.mask(heard.notes) or "ditutup."
    state = "ditutup di sana. " if heard.is_closed and heard.notes else ""
    words = f"Kata sistem {row.body.name} ({row.number}): {state}{said}"
    holds = (
        case.body_id == row.body_id
    )  # of a body that no longer has the case it is news, and answers nothing
    if holds and heard.is_closed and may("relay", case.state, "system"):
        apply(case, Said("relay", case.version, public=words), actor, "system")
        return
    case.changed_at, case.version = clock.now(), case.version + 1
    case.save(update_fields=["changed_at", "version"])
    Step.objects.create(case=case, at=clock.now(), verb="outside", body=row.body, public=words)
    record(
        actor=actor,
        verb="case.heard",
        obj=Ref("case", case.code),
        data={"body": row.body.public_id},
        city=case.city,
    )


def _again(rows: list[Forward]) -> None:
    now = clock.now()
    for row in rows:
        wait = EVERY_OLD if row.sent_at and row.sent_at < now - OLD else EVERY
        Forward.objects.filter(pk=row.pk).update(due_at=now + wait)
