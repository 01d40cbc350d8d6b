"""Moving a case by the table of states: by its body, by a coordinator, by citizens, by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.cases.actions.desk import mention
from rembug.cases.actions.open import Matter, open_case, start_clocks
from rembug.cases.actions.proof import fault_of
from rembug.cases.models import Case, Deadline, Step
from rembug.cases.queries.setup import facts_of
from rembug.cases.queries.work import HANDLERS, role_for
from rembug.cases.rules.states import MOVES, NAMES, REJECTIONS, Who, may
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.models import Body
from rembug.reports.actions.reply import TEXT_MAX as REPLY_MAX
from rembug.reports.actions.reply import reply as publish_reply

WORDS_MAX = 1200
MEETS = {"answered": ("complaint", "information", "promise"), "triaged": ("verify",), "assigned": ("verify",)}


@dataclass(frozen=True, slots=True)
class Said:
    """What comes with a move. `version`: the state of the case that the person had before them."""

    verb: str
    version: int
    public: str = ""
    internal: str = ""
    reason: str = ""
    body: str = ""
    photo: str = ""
    number: str = ""
    action_id: UUID | None = None


def move(*, actor: Actor, city: str, code: str, said: Said) -> Case:
    """Move one case by a body's officer or a coordinator.

    Raises
    ------
    NotAllowed
        The actor has no part in this case, or may not do this in its state.
    Conflict
        Somebody else changed the case meanwhile; nothing is written.
    Invalid
        Words, a reason, or proof are missing.
    """
    with transaction.atomic():
        row = locked(city, code)
        if said.action_id and Step.objects.filter(action_id=said.action_id).exists():
            return row
        who = _role(actor, row, said.verb)
        _check(row, said)
        if row.version != said.version:
            raise Conflict("Kasus ini baru saja diubah orang lain. Baca dulu, lalu ulangi.")
        apply(row, said, actor, who)
    return row


def answer_many(*, actor: Actor, city: str, codes: Sequence[str], said: Said) -> list[str]:
    """Do the same to many cases; return the numbers of those that could not be moved, with the others done."""
    left = []
    for code in dict.fromkeys(codes):
        try:
            row = Case.objects.filter(city=city, code=code).values_list("version", flat=True).first()
            move(
                actor=actor,
                city=city,
                code=code,
                said=Said(said.verb, row or 0, said.public, said.internal, said.reason),
            )
        except (Conflict, Invalid, NotAllowed, NotFound):
            left.append(code)
    return left


def by_clock(row_id: int, verb: str, words: str, *, actor: Actor) -> bool:
    """Let the clock move a case; tell whether it did."""
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).select_related("body").get(pk=row_id)
        if not may(verb, row.state, "system"):
            return False
        apply(row, Said(verb, row.version, public=words), actor, "system")
    return True


def split(*, actor: Actor, city: str, code: str, bodies: Sequence[str]) -> list[Case]:
    """Give parts of a matter to several bodies: each gets a case of its own beneath this one."""
    with transaction.atomic():
        row = locked(city, code)
        if role_for(actor, row) != "coordinator":
            raise NotAllowed("Hanya koordinator yang membagi kasus.")
        made = []
        for body in _bodies(row, bodies):
            known = _known(row, body)
            made.append(known or open_case(_part(row), actor=actor, body=body, parent=row))
        return made


def note(
    *,
    actor: Actor,
    city: str,
    code: str,
    words: str,
    action_id: UUID | None = None,
    people: Sequence[str] = (),
) -> None:
    """Write an internal note, and ask colleagues (public ids) to look at it."""
    words = " ".join(words.split())
    if not 1 <= len(words) <= WORDS_MAX:
        message = f"Tulis catatan, paling banyak {WORDS_MAX} huruf."
        raise Invalid(message, faults=(FieldFault("internal", "length", message),))
    with transaction.atomic():
        row = locked(city, code)
        if role_for(actor, row) is None:
            raise NotAllowed("Anda tidak memegang kasus ini.")
        if action_id and Step.objects.filter(action_id=action_id).exists():
            return
        step = Step.objects.create(
            case=row,
            at=clock.now(),
            verb="note",
            internal=words,
            body=row.body,
            by_id=actor.person_id,
            action_id=action_id,
        )
        mention(actor=actor, city=city, step=step, people=list(people))
        record(actor=actor, verb="case.noted", obj=Ref("case", row.code), data={}, city=city)


def _role(actor: Actor, row: Case, verb: str) -> Who:
    """Return in which role the actor may do this; a coordinator of the same office may also act as its handler."""
    who = role_for(actor, row)
    if who is None:
        raise NotAllowed("Anda tidak memegang kasus ini.")
    if may(verb, row.state, who):
        return who
    own = row.body is not None and actor.speaks_for(row.body.public_id, *HANDLERS, city=row.city)
    if own and may(verb, row.state, "handler"):
        return "handler"
    state = NAMES[row.state][0].lower()
    raise NotAllowed(f"Langkah ini belum bisa: kasus sedang {state}, atau bukan hak Anda.")


def _check(row: Case, said: Said) -> None:
    rule, faults = MOVES[said.verb], []
    if rule.words and not 3 <= len(said.public.strip()) <= WORDS_MAX:
        faults.append(FieldFault("public", "length", "Tulis kalimat untuk warga, paling sedikit 3 huruf."))
    if rule.reason and said.reason not in REJECTIONS:
        faults.append(FieldFault("reason", "unknown", "Pilih alasannya."))
    if rule.proof and row.category in facts_of(row.city).physical:
        wrong = fault_of(row, said.photo)
        if wrong:
            faults.append(FieldFault("photo", "proof", wrong))
    if said.verb == "assign" and not said.body:
        faults.append(FieldFault("body", "missing", "Pilih pihak yang menangani."))
    if said.verb == "refer" and not said.number.strip():
        faults.append(FieldFault("number", "missing", "Tulis nomor surat atau nomor di sistem lain."))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def apply(row: Case, said: Said, actor: Actor, who: Who, speaker: Body | None = None) -> None:
    """Write a step that was checked, inside the caller's transaction. `speaker` is the body that speaks, if another."""
    rule, now = MOVES[said.verb], clock.now()
    before = row.body
    if said.verb == "assign":
        (row.body,) = _bodies(row, [said.body])
    row.state, row.changed_at, row.version = rule.to, now, row.version + 1
    row.reason = said.reason if rule.reason else ""
    if said.verb == "refer":
        row.foreign_number = said.number.strip()[:80]
    if who != "citizen" and who != "system" and actor.person_id:
        row.holder_id = actor.person_id
    _times(row, said.verb)
    _clocks(row, said.verb)
    row.save()
    Step.objects.create(
        case=row,
        at=now,
        verb=said.verb,
        state=rule.to,
        body=speaker if who == "citizen" else row.body,
        by_id=actor.person_id if who not in {"citizen", "system"} else None,
        by_citizen=who == "citizen",
        public=said.public.strip()[:WORDS_MAX],
        internal=said.internal.strip()[:WORDS_MAX],
        reason=row.reason,
        photo=said.photo if rule.proof or who == "citizen" else "",
        action_id=said.action_id,
    )
    data = {
        "verb": said.verb,
        "state": row.state,
        "body": row.body.public_id if row.body else "",
        "body_name": row.body.name if row.body else "",
        "reason": row.reason,
    }
    if before != row.body:
        data["from"] = before.public_id if before else ""
    teller = ANONYMOUS if who == "citizen" and speaker is None else actor  # a reporter is nobody in the log
    record(actor=teller, verb=f"case.{rule.to}", obj=Ref("case", row.code), data=data, city=row.city)
    if said.verb in {"answer", "finish"} and row.incident and row.body:
        with suppress(NotAllowed):  # a body that did not receive the incident speaks in the case only
            publish_reply(
                actor=actor, body=row.body.public_id, incidents=[row.incident], text=_told(row, said.public)
            )


def _times(row: Case, verb: str) -> None:
    now = clock.now()
    if verb in {"answer", "relay", "finish", "reject", "refer"}:
        row.answered_at = row.answered_at or now
    if verb == "finish":
        row.done_at = now
    if MOVES[verb].to == "settled":
        row.settled_at = now
    if verb in {"dispute", "reopen"}:
        row.settled_at = row.done_at = None


def _clocks(row: Case, verb: str) -> None:
    """Mark promises that this step keeps; a reopened case gets new ones beside the old."""
    now, to = clock.now(), MOVES[verb].to
    running = Deadline.objects.filter(case=row, met_at=None, replaced_at=None)
    if to in {"answered", "done", "settled", "rejected", "referred"}:
        running.update(met_at=now)
    elif to != "received" and verb in {"triage", "assign", "start", "ask"}:
        running.filter(kind="verify").update(met_at=now)
    if to == "reopened":
        running.update(replaced_at=now)
        start_clocks(row, facts_of(row.city), now)
        return
    left = Deadline.objects.filter(case=row, met_at=None, replaced_at=None).order_by("due_at")
    row.due_at = left.values_list("due_at", flat=True).first()


def _bodies(row: Case, wanted: Sequence[str]) -> list[Body]:
    found = {
        body.public_id: body
        for body in Body.objects.filter(
            city=row.city, public_id__in=wanted, state__in=("confirmed", "not_joined")
        )
    }
    for name in wanted:
        if name not in found:
            message = "Pilih pihak yang ada."
            raise Invalid(message, faults=(FieldFault("body", "unknown", message),))
        if found[name].pk == row.about_body_id:
            message = "Keluhan tidak diserahkan kepada pihak yang dikeluhkan."
            raise Invalid(message, faults=(FieldFault("body", "accused", message),))
    return [found[name] for name in wanted]


def _told(row: Case, words: str) -> str:
    """Return a case's words as a reply: longer ones end at a word, with the page where the rest stands."""
    if len(words) <= REPLY_MAX:
        return words
    rest = f" … {settings.PUBLIC_URL}/kasus/{row.code}/"
    return words[: REPLY_MAX - len(rest)].rsplit(maxsplit=1)[0] + rest


def _known(row: Case, body: Body) -> Case | None:
    """Return the case that a body has already of the same matter; its own case is nothing to be given again."""
    if body.pk == row.body_id:
        message = "Pihak ini sudah memegang kasus ini. Pilih pihak lain."
        raise Invalid(message, faults=(FieldFault("body", "holder", message),))
    same = (
        Case.objects.filter(city=row.city, incident=row.incident, body=body)
        if row.incident
        else Case.objects.none()
    )
    return row.parts.filter(body=body).first() or same.first()


def _part(row: Case) -> Matter:
    return Matter(
        city=row.city,
        category=row.category,
        area_code=row.area_code,
        lon=row.lon,
        lat=row.lat,
        words=row.words,
        incident=row.incident,
        channel=row.channel,
        legal_class=row.legal_class,
    )


def locked(city: str, code: str) -> Case:
    """Return a case, locked for a change. Raises `NotFound`."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("body", "about_body")
    row = rows.filter(city=city, code=code[:16].upper()).first()
    if row is None:
        raise NotFound("Kasus ini tidak ada.")
    return row
