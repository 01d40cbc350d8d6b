"""The dialogue: the reporter with the receipt, the recipients with their key."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from rembug.confidential.actions.forget import forget_one
from rembug.confidential.actions.letters import put
from rembug.confidential.models import Letter, Matter
from rembug.confidential.queries import matters
from rembug.confidential.queries.boxes import Held, boxes_of, my_box
from rembug.confidential.queries.setup import today
from rembug.confidential.rules import receipts, states
from rembug.confidential.rules.throttle import Throttle
from rembug.confidential.rules.words import checked, packed
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, Invalid, NotFound, TooMany

WRONG = gettext_noop("Tanda terima ini tidak cocok. Periksa keenam belas angkanya.")
GUESSES = Throttle(most=10, window_s=3600)


@dataclass(frozen=True, slots=True)
class Found:
    """A matter opened with its receipt."""

    matter: Matter
    private: bytes


def find(*, actor: Actor, city: str, typed: str, caller: str) -> Found:
    """Return the matter of a receipt; wrong ones are counted by a nameless caller. Raises `NotFound`, `TooMany`."""
    now = clock.now().timestamp()
    if GUESSES.held_up(caller, now):
        raise TooMany(gettext("Terlalu sering salah. Tunggu satu jam."), retry_after_s=GUESSES.window_s)
    digits = receipts.read(typed)
    key = matters.key_of(
        digits, city
    )  # also for what cannot be one: a wrong receipt takes as long as a right one
    row = matters.by_receipt(city, key) if digits else None
    if row is None:
        GUESSES.count(caller, now)
        raise NotFound(gettext(WRONG))
    return Found(row, key.private)


def write_as_reporter(*, actor: Actor, found: Found, words: str, once: UUID) -> None:
    """Add a letter of the reporter; a repeat adds nothing. Raises `Invalid`."""
    said: dict[str, object] = {"words": checked(words)}
    with transaction.atomic():
        matter = _locked(found.matter)
        boxes = boxes_of(matter)
        put(matter, Letter.What.WORDS, packed(said), boxes, actor=actor, by_reporter=True, once=once)


def delete_as_reporter(*, actor: Actor, found: Found) -> None:
    """Delete the whole matter at once, on its reporter's wish; a count remains."""
    with transaction.atomic():
        forget_one(_locked(found.matter), actor=actor)


def read(*, actor: Actor, city: str, held: Held, code: str) -> Matter:
    """Open a matter; the first opening makes it read. Raises `NotAllowed`, `NotFound`."""
    matter = matters.one(actor, city, held, code)
    changed = Matter.objects.filter(pk=matter.pk, state=states.RECEIVED)
    if changed.update(state=states.READ, state_on=today(city)):
        matter.refresh_from_db()
    return matter


def write(*, actor: Actor, city: str, held: Held, code: str, words: str, once: UUID) -> None:
    """Answer the reporter in the name of the office; a repeat adds nothing. Raises `Invalid`, `NotFound`."""
    _say(actor, city, held, code, {"words": checked(words)}, once)


def move(*, actor: Actor, city: str, held: Held, code: str, to: str, words: str, once: UUID) -> None:
    """Bring a matter into its next state, with a reason where it ends. Raises `Conflict`, `Invalid`, `NotFound`."""
    matter = matters.one(actor, city, held, code)
    if matter.letters.filter(once=once).exists():
        return
    if to not in states.STATES or to in {states.RECEIVED, states.READ}:
        raise Invalid(gettext("Pilih langkahnya."))
    said: dict[str, object] = {"words": checked(words, least=10 if to in states.NEEDS_REASON else 0)}
    with transaction.atomic():
        row = _locked(matter)
        if not states.may_move(row.state, to):
            raise Conflict(gettext("Keadaannya sudah berubah. Muat ulang halaman ini."))
        Matter.objects.filter(pk=row.pk).update(state=to, state_on=today(city))
        _say(actor, city, held, code, said | {"state": to}, once)


def _say(actor: Actor, city: str, held: Held, code: str, said: dict[str, object], once: UUID) -> None:
    office = my_box(actor, city, held.body).name
    with transaction.atomic():
        matter = _locked(matters.one(actor, city, held, code))
        sealed_for = boxes_of(matter)
        plain = packed({**said, "office": office})
        put(matter, Letter.What.WORDS, plain, sealed_for, actor=actor, by_reporter=False, once=once)


def _locked(matter: Matter) -> Matter:
    row = Matter.objects.select_for_update().filter(pk=matter.pk).first()
    if row is None:
        raise NotFound(gettext(WRONG))
    return row
