"""Telling something in confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext

from rembug.confidential.actions.letters import put
from rembug.confidential.models import Box, Letter, Matter
from rembug.confidential.queries.boxes import open_boxes
from rembug.confidential.queries.matters import context_of, identity_key
from rembug.confidential.queries.setup import calendar_of, facts_of, mark_of, today
from rembug.confidential.rules import receipts, seal, states
from rembug.confidential.rules.throttle import Throttle
from rembug.confidential.rules.words import checked, packed
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, TooMany
from rembug.lib.images.outcome import Refusal
from rembug.lib.images.process import process
from rembug.lib.pack import ConfidentialFacts, KindRow
from rembug.lib.workdays import add_working_days
from rembug.people.queries.bodies import public_bodies

LEAST_WORDS, MOST_PHOTOS = 20, 3
SENT = Throttle(most=20, window_s=3600)  # a whole kampung may share one network
What = Letter.What


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody tells. `once` is the form's own number; `accused` a public id, empty when it is not listed."""

    once: UUID
    kind: str
    words: str
    accused: str = ""
    name: str = ""
    contact: str = ""
    photos: tuple[bytes, ...] = ()


def submit(*, actor: Actor, city: str, said: Telling, caller: str = "") -> str:
    """Seal and store it; return the receipt's digits. The same form again returns the same and stores nothing.

    Raises `Conflict`, `Invalid`, `NotFound`, `TooMany`; `caller` is a nameless name (rules.throttle).
    """
    now = clock.now().timestamp()
    if SENT.held_up(caller, now):
        message = gettext(
            "Dari jaringan ini sudah banyak laporan. Tunggu satu jam, atau pakai jaringan lain."
        )
        raise TooMany(message, retry_after_s=SENT.window_s)
    if caller:
        SENT.count(caller, now)
    facts = facts_of(city)
    kind = facts.kind(said.kind)
    if kind is None:
        message = gettext("Pilih jenisnya.")
        raise Invalid(message, faults=(FieldFault("kind", "missing", message),))
    words = checked(said.words, least=LEAST_WORDS)
    accused = _accused(city, said.accused)
    boxes = _boxes(city, kind, said.accused)
    photos = _developed(said.photos)
    digits = receipts.digits_for(settings.CONFIDENTIAL_KEY, said.once)
    key = receipts.opened(digits, settings.CONFIDENTIAL_KEY, city)
    with transaction.atomic():
        matter, is_new = Matter.objects.get_or_create(
            lookup=key.lookup, defaults=_first(city, facts, kind, said.accused, key)
        )
        if not is_new:
            if matter.state != states.RECEIVED or matter.received_on != today(city):
                raise Conflict(gettext("Laporan ini sudah diterima. Pakai tanda terima yang Anda simpan."))
            return digits
        first: dict[str, object] = {"kind": kind.code, "words": words, "accused": accused}
        _put(matter, What.WORDS, packed(first), boxes, actor, said.once)
        for number, photo in enumerate(photos):
            _put(matter, What.PHOTO, photo, boxes, actor, uuid5(said.once, f"photo {number}"))
        if said.name.strip() or said.contact.strip():
            _put_identity(matter, said, boxes, actor)
    return digits


def _first(
    city: str, facts: ConfidentialFacts, kind: KindRow, accused: str, key: receipts.Opened
) -> dict[str, object]:
    day = today(city)
    return {
        "city": city,
        "reporter_key": seal.public_of(key.private),
        "accused": mark_of(city, accused),
        "received_on": day,
        "due_on": add_working_days(calendar_of(facts), day, kind.days),
        "ends_on": day + timedelta(days=facts.retention_days),
        "state_on": day,
    }


def _accused(city: str, public_id: str) -> str:
    if not public_id:
        return ""
    found = next((body.name for body in public_bodies(city=city) if body.public_id == public_id), "")
    if not found:
        message = gettext("Pilih pihak dari daftar, atau “tidak ada di daftar”.")
        raise Invalid(message, faults=(FieldFault("accused", "unknown", message),))
    return found


def _boxes(city: str, kind: KindRow, accused: str) -> dict[str, Box]:
    known = open_boxes(city)
    names = states.readers(kind.recipients, accused, known)
    if not names:
        message = gettext(
            "Belum ada penerima yang boleh membaca laporan ini. Pakai pintu lain di halaman ini."
        )
        raise Invalid(message, faults=(FieldFault("accused", "nobody", message),))
    return {name: known[name] for name in names}


def _developed(photos: tuple[bytes, ...]) -> list[bytes]:
    if len(photos) > MOST_PHOTOS:
        message = gettext("Paling banyak %(n)s foto.") % {"n": MOST_PHOTOS}
        raise Invalid(message, faults=(FieldFault("photos", "too-many", message),))
    clean = []
    for photo in photos:
        made = process(photo)
        if isinstance(made, Refusal):
            message = made.remedy(get_language() or "id")
            raise Invalid(message, faults=(FieldFault("photos", made.reason.value, message),))
        clean.append(made.renditions[0].jpeg)
    return clean


def _put(matter: Matter, what: str, plain: bytes, boxes: Mapping[str, Box], actor: Actor, once: UUID) -> None:
    put(matter, what, plain, boxes, actor=actor, by_reporter=True, once=once)


def _put_identity(matter: Matter, said: Telling, boxes: Mapping[str, Box], actor: Actor) -> None:
    """Lock a name with the server's key inside the seal of the boxes; the reporter's receipt does not open it."""
    fields = {
        "name": checked(said.name, "name", least=0, most=120),
        "contact": checked(said.contact, "contact", least=0, most=200),
    }
    context = context_of(matter, matter.letters.count(), What.IDENTITY)
    inner = seal.lock(packed(fields), identity_key(), context)
    once = uuid5(said.once, "identity")
    put(matter, What.IDENTITY, inner, boxes, actor=actor, by_reporter=True, once=once, to_reporter=False)
