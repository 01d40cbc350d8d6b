"""Moving a case by the table of states: by its body, by a coordinator, by citizens, by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext, gettext_noop

from rembug.audit.actions import Ref, record
from rembug.cases.actions import papers
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

WORDS_MIN, WORDS_MAX = 3, 1200
TAKERS = ("confirmed", "not_joined")  # states of bodies that a case can go to
TWICE = gettext_noop("%(body)s sudah memegang kasus dari kejadian ini. Pilih pihak lain.")
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
    paper: papers.Laid | None = None


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
            raise Conflict(gettext("Kasus ini baru saja diubah orang lain. Baca dulu, lalu ulangi."))
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
            raise NotAllowed(gettext("Hanya koordinator yang membagi kasus."))
        made = []
        for body in _bodies(row, bodies):
            known = row.parts.filter(body=body).first()
            if known is None and (body.pk == row.body_id or has_it(row, body)):
                message = gettext(TWICE) % {"body": body.name}
                raise Invalid(message, faults=(FieldFault("body", "holder", message),))
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
    paper: papers.Laid | None = None,
) -> None:
    """Write an internal note, and ask colleagues (public ids) to look at it."""
    words = " ".join(words.split())
    if not 1 <= len(words) <= WORDS_MAX:
        message = gettext("Tulis catatan, paling banyak %(n)s huruf.") % {"n": WORDS_MAX}
        raise Invalid(message, faults=(FieldFault("internal", "length", message),))
    with transaction.atomic():
        row = locked(city, code)
        if role_for(actor, row) is None:
            raise NotAllowed(gettext("Anda tidak memegang kasus ini."))
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
        if paper is not None:
            papers.keep(row, step, paper, actor=actor)
        mention(actor=actor, city=city, step=step, people=list(people))
        record(actor=actor, verb="case.noted", obj=Ref("case", row.code), data={}, city=city)


def _role(actor: Actor, row: Case, verb: str) -> Who:
    """Return in which role the actor may do this; a coordinator of the same office may also act as its handler."""
    who = role_for(actor, row)
    if who is None:
        raise NotAllowed(gettext("Anda tidak memegang kasus ini."))
    if may(verb, row.state, who):
        return who
    own = row.body is not None and actor.speaks_for(row.body.public_id, *HANDLERS, city=row.city)
    if own and may(verb, row.state, "handler"):
        return "handler"
    state = NAMES[row.state][(get_language() or "id") == "en"].lower()
    raise NotAllowed(
        gettext("Langkah ini belum bisa: kasus sedang %(state)s, atau bukan hak Anda.") % {"state": state}
    )


def _check(row: Case, said: Said) -> None:
    rule, faults = MOVES[said.verb], []
    if rule.words and not WORDS_MIN <= len(said.public.strip()) <= WORDS_MAX:
        faults.append(
            FieldFault("public", "length", gettext("Tulis kalimat untuk warga, paling sedikit 3 huruf."))
        )
    if rule.reason and said.reason not in REJECTIONS:
        faults.append(FieldFault("reason", "unknown", gettext("Pilih alasannya.")))
    if rule.proof and row.category in facts_of(row.city).physical:
        wrong = fault_of(row, said.photo)
        if wrong:
            faults.append(FieldFault("photo", "proof", gettext(wrong)))
    if said.verb == "assign":
        faults += _transfer(row, said)
    if said.verb == "refer" and not said.number.strip():
        faults.append(
            FieldFault("number", "missing", gettext("Tulis nomor surat atau nomor di sistem lain."))
        )
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def _transfer(row: Case, said: Said) -> list[FieldFault]:
    """Return what a transfer lacks: the body, and where another body had the case, the reason in public words."""
    if not said.body:
        return [FieldFault("body", "missing", gettext("Pilih pihak yang menangani."))]
    taker = Body.objects.filter(city=row.city, public_id=said.body).first()
    if taker is not None and has_it(row, taker, but=row.pk):
        words = gettext(TWICE) % {"body": taker.name}
        return [FieldFault("body", "twice", words)]
    moves_on = row.body is not None and row.body.public_id != said.body
    if moves_on and len(said.public.strip()) < WORDS_MIN:
        return [FieldFault("public", "length", gettext("Tulis alasan kasus ini pindah, untuk warga."))]
    return []


def has_it(row: Case, body: Body, but: int = 0) -> bool:
    """Tell whether a body has a case of the same incident already: each body has at most one."""
    if not row.incident:
        return False
    return Case.objects.filter(city=row.city, incident=row.incident, body=body).exclude(pk=but).exists()


def apply(row: Case, said: Said, actor: Actor, who: Who, speaker: Body | None = None) -> None:
    """Write a step that was checked, inside the caller's transaction. `speaker` is the body that speaks, if another."""
    rule, now = MOVES[said.verb], clock.now()
    before, own = row.body, who == "handler"
    if said.verb == "assign":
        (row.body,) = _bodies(row, [said.body])
    row.state, row.changed_at, row.version = rule.to, now, row.version + 1
    row.reason = said.reason if rule.reason else ""
    if said.verb == "refer":
        row.foreign_number = said.number.strip()[:80]
    if who != "citizen" and who != "system" and actor.person_id:
        row.holder_id = actor.person_id
    if said.verb == "return":
        row.body = row.holder = None
    _times(row, said.verb, now)
    _clocks(row, said.verb)
    row.save()
    step = Step.objects.create(
        case=row,
        at=now,
        verb=said.verb,
        state=rule.to,
        body=speaker if who == "citizen" else (before if said.verb == "return" and own else row.body),
        by_id=actor.person_id if who not in {"citizen", "system"} else None,
        by_citizen=who == "citizen",
        public=said.public.strip()[:WORDS_MAX],
        internal=said.internal.strip()[:WORDS_MAX],
        reason=row.reason,
        photo=said.photo if rule.proof or who == "citizen" else "",
        action_id=said.action_id,
    )
    if said.paper is not None:
        papers.keep(row, step, said.paper, actor=actor)
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


def _times(row: Case, verb: str, now: datetime) -> None:
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
        for body in Body.objects.filter(city=row.city, public_id__in=wanted, state__in=TAKERS)
    }
    for name in wanted:
        if name not in found:
            message = gettext("Pilih pihak yang ada.")
            raise Invalid(message, faults=(FieldFault("body", "unknown", message),))
        if found[name].pk == row.about_body_id:
            message = gettext("Keluhan tidak diserahkan kepada pihak yang dikeluhkan.")
            raise Invalid(message, faults=(FieldFault("body", "accused", message),))
    return [found[name] for name in wanted]


def _told(row: Case, words: str) -> str:
    """Return a case's words as a reply: longer ones end at a word, with the page where the rest stands."""
    if len(words) <= REPLY_MAX:
        return words
    rest = f" … {settings.PUBLIC_URL}/kasus/{row.code}/"
    return words[: REPLY_MAX - len(rest)].rsplit(maxsplit=1)[0] + rest


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
        about=row.about_body_id,
    )


def locked(city: str, code: str) -> Case:
    """Return a case, locked for a change. Raises `NotFound`."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("body", "about_body")
    row = rows.filter(city=city, code=code[:16].upper()).first()
    if row is None:
        raise NotFound(gettext("Kasus ini tidak ada."))
    return row
