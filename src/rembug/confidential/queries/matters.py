"""Matters as the reporter and the recipients read them. Nothing is read without a key that the reader brings."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext

from rembug.confidential.models import Count, Letter, Matter, Unmasking, Wrap
from rembug.confidential.queries.boxes import Held, require_reader
from rembug.confidential.queries.setup import facts_of, mark_of, said, today
from rembug.confidential.rules import receipts, seal, states
from rembug.lib.actor import Actor
from rembug.lib.errors import NotAllowed, NotFound

WORDS, PHOTO, IDENTITY = Letter.What.WORDS, Letter.What.PHOTO, Letter.What.IDENTITY


@dataclass(frozen=True, slots=True)
class LetterFace:
    """One letter, opened."""

    by_reporter: bool
    on: date
    words: str
    office: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to learn who the reporter is."""

    public_id: str
    reason: str
    asked_on: date
    mine: bool
    decided_on: date | None
    granted: bool


@dataclass(frozen=True, slots=True)
class MatterFace:
    """A matter, opened for whoever may read it."""

    code: str
    kind: str
    accused: str
    state: str
    state_on: date
    received_on: date
    due_on: date
    ends_on: date
    promise: str
    basis: str
    is_late: bool
    letters: tuple[LetterFace, ...] = ()
    photos: tuple[str, ...] = ()  # data: addresses
    photo_count: int = 0
    has_identity: bool = False
    unmasked_on: date | None = None
    wishes: tuple[Wish, ...] = ()
    moves: tuple[str, ...] = ()


def context_of(matter: Matter, number: int, what: str) -> str:
    """Return what a letter is bound to."""
    return f"rembug confidential 1 {matter.pk} {number} {what}"


def key_of(digits: str, city: str) -> receipts.Opened:
    """Return what a receipt opens: the slow part, done once for right and wrong ones alike."""
    return receipts.opened(digits, settings.CONFIDENTIAL_KEY, city)


def by_receipt(city: str, key: receipts.Opened) -> Matter | None:
    """Return the matter of a receipt."""
    return Matter.objects.filter(city=city, lookup=key.lookup).first()


def for_reporter(matter: Matter, private: bytes) -> MatterFace:
    """Return the matter as its reporter reads it."""
    wraps = {row.letter_id: bytes(row.key) for row in Wrap.objects.filter(letter__matter=matter, box=None)}
    return _face(matter, _opened(matter, wraps, private), matter.city)


def visible(actor: Actor, city: str, body: str) -> QuerySet[Matter]:
    """Return the matters of a box; none about a body at which the actor has any role. Raises `NotAllowed`."""
    require_reader(actor, city, body)
    own = {mark_of(city, grant.body) for grant in actor.grants if grant.body}
    rows = Matter.objects.filter(city=city, letters__wraps__box__body__public_id=body)
    return rows.exclude(accused__in=own).distinct()


def desk(actor: Actor, city: str, held: Held) -> list[MatterFace]:
    """Return the matters of an open box, those that are due first."""
    rows = visible(actor, city, held.body).order_by("due_on", "code")
    faces = [_face(row, _opened(row, _wraps(row, held, first_only=True), held.private), city) for row in rows]
    return sorted(faces, key=lambda face: face.state in states.ENDED)


def one(actor: Actor, city: str, held: Held, code: str) -> Matter:
    """Return a matter that this reader may open. Raises `NotAllowed`, `NotFound`."""
    row = visible(actor, city, held.body).filter(code=code).first()
    if row is None:
        raise NotFound(gettext("Laporan ini tidak ada di kotak Anda."))
    return row


def for_recipient(actor: Actor, matter: Matter, held: Held) -> MatterFace:
    """Return a matter with all its letters, photos and wishes, without the reporter's identity."""
    opened = _opened(matter, _wraps(matter, held), held.private)
    wishes = tuple(
        Wish(
            row.public_id,
            opened.get(row.reason_id, (row.reason, b""))[1].decode().rstrip(),
            row.asked_on,
            row.asked_by == actor.public_id,
            row.decided_on,
            row.granted,
        )
        for row in Unmasking.objects.select_related("reason").filter(matter=matter).order_by("pk")
    )
    return _face(matter, opened, matter.city, wishes=wishes)


def identity(matter: Matter, held: Held) -> Mapping[str, str]:
    """Return who the reporter is. Call it only after `actions.unmask` has checked. Raises `NotFound`."""
    letter = matter.letters.filter(what=IDENTITY).first()
    wrap = Wrap.objects.filter(letter=letter, box__body__public_id=held.body).first()
    if letter is None or wrap is None:
        raise NotFound(gettext("Pelapor tidak memberi nama."))
    context = context_of(matter, letter.number, letter.what)
    try:
        inner = seal.unseal(bytes(letter.body), bytes(wrap.key), held.private, context)
        plain = seal.unlock(inner, identity_key(), context)
    except seal.Unreadable:
        raise NotAllowed(gettext("Kunci kotak ini tidak cocok.")) from None
    found: dict[str, str] = json.loads(plain)
    return found


def identity_key() -> bytes:
    """Return the server's own key around an identity: neither the server nor a recipient opens it alone."""
    return seal.derive(settings.CONFIDENTIAL_KEY.encode(), "identity")


def forgotten(city: str) -> int:
    """Return how many matters were deleted."""
    return sum(Count.objects.filter(city=city).values_list("number", flat=True))


Opened = dict[Any, tuple[Letter, bytes]]


def _wraps(matter: Matter, held: Held, *, first_only: bool = False) -> dict[Any, bytes]:
    rows = Wrap.objects.filter(letter__matter=matter, box__body__public_id=held.body)
    rows = rows.exclude(letter__what=IDENTITY)
    if first_only:
        rows = rows.filter(letter__number=0)
    return {row.letter_id: bytes(row.key) for row in rows}


def _opened(matter: Matter, wraps: Mapping[Any, bytes], private: bytes) -> Opened:
    found = {}
    for letter in matter.letters.filter(pk__in=wraps).order_by("number"):
        context = context_of(matter, letter.number, letter.what)
        try:
            found[letter.pk] = letter, seal.unseal(bytes(letter.body), wraps[letter.pk], private, context)
        except seal.Unreadable:
            raise NotAllowed(gettext("Kunci ini tidak cocok dengan laporan.")) from None
    return found


def _face(matter: Matter, opened: Opened, city: str, wishes: Iterable[Wish] = ()) -> MatterFace:
    words = [(letter, json.loads(plain)) for letter, plain in opened.values() if letter.what == WORDS]
    first = words[0][1] if words else {}
    kind = facts_of(city).kind(first.get("kind", ""))
    photos = [plain for letter, plain in opened.values() if letter.what == PHOTO]
    return MatterFace(
        code=matter.code,
        kind=said(kind.names) if kind else first.get("kind", ""),
        accused=first.get("accused", ""),
        state=matter.state,
        state_on=matter.state_on,
        received_on=matter.received_on,
        due_on=matter.due_on,
        ends_on=matter.ends_on,
        promise=said(kind.words) if kind else "",
        basis=kind.basis if kind else "",
        is_late=matter.state not in states.ENDED and matter.due_on < today(city),
        letters=tuple(
            LetterFace(
                letter.by_reporter, letter.on, one["words"], one.get("office", ""), one.get("state", "")
            )
            for letter, one in words
        ),
        photos=tuple(f"data:image/jpeg;base64,{base64.b64encode(plain).decode()}" for plain in photos),
        photo_count=len(photos),
        has_identity=matter.letters.filter(what=IDENTITY).exists(),
        unmasked_on=matter.unmaskings.filter(granted=True).values_list("decided_on", flat=True).first(),
        wishes=tuple(wishes),
        moves=tuple(state for state in states.NEXT[matter.state] if state != states.READ),
    )
