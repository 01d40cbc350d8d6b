"""A case turns out to be about a body: it goes to another one, and the body that is complained about may reply."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.cases.actions import move
from rembug.cases.actions.escalate import SPEAKERS
from rembug.cases.actions.open import start_clocks
from rembug.cases.models import Case, Step
from rembug.cases.queries.accused import may_reply
from rembug.cases.queries.setup import facts_of
from rembug.cases.queries.work import role_for
from rembug.cases.rules.states import OPEN
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.actions import letters
from rembug.people.models import Body
from rembug.people.queries.addresses import addresses_of

TITLE = "Kasus ini tentang {body}. Yang menangani: {handler}. {body} punya hak jawab."


@dataclass(frozen=True, slots=True)
class Complaint:
    """About which body a case is, and which other one handles it (public ids)."""

    about: str
    handler: str
    version: int
    action_id: UUID | None = None


def name_accused(*, actor: Actor, city: str, code: str, said: Complaint) -> Case:
    """Write which body a case is about, and give it to another, in one step; its parts leave that body too.

    The same form again changes nothing. Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        row = move.locked(city, code)
        if said.action_id and Step.objects.filter(action_id=said.action_id).exists():
            return row
        if role_for(actor, row) != "coordinator":
            raise NotAllowed(gettext("Hanya koordinator yang menulis kasus ini tentang siapa."))
        if row.version != said.version:
            raise Conflict(gettext("Kasus ini baru saja diubah orang lain. Baca dulu, lalu ulangi."))
        if row.state not in OPEN:
            raise Conflict(gettext("Kasus ini sudah tertutup. Buka lagi dulu."))
        about, handler = _pair(row, said)
        row.about_body = about
        parts = _parts(row)
        parts.update(about_body=about)
        words = TITLE.format(body=about.name, handler=handler.name)
        step = move.Said("assign", row.version, words, body=handler.public_id, action_id=said.action_id)
        _begin_again(row)
        move.apply(row, step, actor, "coordinator")
        for part in parts.filter(body=about):
            _take_away(part, about, words, actor)
        _record(row, about, actor)
    link = f"{settings.PUBLIC_URL}/kerja/kasus/{row.code}/hak-jawab/"
    for address, language in addresses_of(about.pk, SPEAKERS):
        letters.send(address, "cases/letters/accused", {"case": row, "link": link}, language)
    return row


def _parts(row: Case) -> QuerySet[Case]:
    """Return the parts of a case and theirs, locked, whatever their state."""
    found: list[int] = []
    level = [row.pk]
    while level:
        level = list(Case.objects.filter(parent_id__in=level).order_by("id").values_list("pk", flat=True))
        found += level
    rows = Case.objects.select_for_update(of=("self",)).select_related("body", "about_body")
    return rows.filter(pk__in=found).order_by("id")


def _take_away(part: Case, about: Body, words: str, actor: Actor) -> None:
    """Take a part out of the hands of the accused body: an open one waits for another; a closed one stays closed."""
    if part.state in OPEN:
        _begin_again(part)
        move.apply(part, move.Said("return", part.version, words), actor, "coordinator")
        return
    part.body = part.holder = None
    part.changed_at, part.version = clock.now(), part.version + 1
    part.save(update_fields=["body", "holder", "changed_at", "version"])
    _record(part, about, actor)


def _begin_again(row: Case) -> None:
    """What the accused body answered of itself is no answer: the case gets new promises beside the old ones."""
    if row.state in {"answered", "done"}:
        row.answered_at = row.done_at = None
        start_clocks(row, facts_of(row.city), clock.now())


def _record(row: Case, about: Body, actor: Actor) -> None:
    data: dict[str, object] = {"about": about.public_id, "about_name": about.name}
    record(actor=actor, verb="case.about", obj=Ref("case", row.code), data=data, city=row.city)


def reply_as_accused(
    *, actor: Actor, city: str, code: str, words: str, action_id: UUID | None = None
) -> Case:
    """Let the body that is complained about say its side in the chain; no state and no clock moves by it.

    The same form again is one reply. Raises `Invalid`, `NotFound` (also where the case is not about the actor's body).
    """
    words = " ".join(words.split())
    if not move.WORDS_MIN <= len(words) <= move.WORDS_MAX:
        message = gettext("Tulis jawaban Anda, paling banyak %(n)s huruf.") % {"n": move.WORDS_MAX}
        raise Invalid(message, faults=(FieldFault("words", "length", message),))
    with transaction.atomic():
        row = move.locked(city, code)
        if not may_reply(actor, row):
            raise NotFound(gettext("Kasus ini tidak ada di meja Anda."))
        if action_id and Step.objects.filter(action_id=action_id).exists():
            return row
        now = clock.now()
        Step.objects.create(
            case=row,
            at=now,
            verb="right",
            body=row.about_body,
            public=words,
            by_id=actor.person_id,
            action_id=action_id,
        )
        row.changed_at = now
        row.save(update_fields=["changed_at"])
        record(actor=actor, verb="case.replied", obj=Ref("case", row.code), city=city)
    return row


def _pair(row: Case, said: Complaint) -> tuple[Body, Body]:
    """Return the body that is complained about and the one that handles the case."""
    city = row.city
    about = Body.objects.filter(city=city, public_id=said.about).exclude(sphere="civil_society").first()
    if about is None:
        message = gettext("Pilih pihak yang dikeluhkan.")
        raise Invalid(message, faults=(FieldFault("about", "unknown", message),))
    if said.handler == said.about:
        message = gettext("Keluhan tidak diserahkan kepada pihak yang dikeluhkan.")
        raise Invalid(message, faults=(FieldFault("body", "accused", message),))
    handler = Body.objects.filter(city=city, public_id=said.handler, state__in=move.TAKERS).first()
    if handler is None:
        message = gettext("Pilih pihak lain yang menangani.")
        raise Invalid(message, faults=(FieldFault("body", "unknown", message),))
    if move.has_it(row, handler, but=row.pk):
        message = gettext(move.TWICE) % {"body": handler.name}
        raise Invalid(message, faults=(FieldFault("body", "twice", message),))
    return about, handler
