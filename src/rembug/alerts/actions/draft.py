"""Drafts: by the forecast each hour, by an officer by hand, and those that follow a released message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from rembug.alerts.models import Alert
from rembug.alerts.queries.setup import facts_of
from rembug.alerts.rules import wording
from rembug.alerts.rules.states import OPEN, WRITERS
from rembug.audit.actions import Ref, record
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.lib.pack import AlertFacts, LevelRow
from rembug.places import queries as places

LANGUAGES = ("id", "en")
TEXT_MAX = {"headline": 160, "description": 1200, "instruction": 800}
SAME_TIDE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says by hand."""

    level: str
    areas: tuple[str, ...]
    onset_at: datetime
    expires_at: datetime
    words: dict[str, dict[str, str]]


def write(*, actor: Actor, city: str, said: Said) -> Alert:
    """Draft a warning by hand."""
    actor.require(*WRITERS, city=city)
    facts = facts_of(city)
    level = facts.level(said.level)
    if level is None:
        message = "Pilih tingkat."
        raise Invalid(message, faults=(FieldFault("level", "unknown", message),))
    _check(city, said)
    with transaction.atomic():
        row = new_message(city, facts, "alert", level)
        row.areas, row.words = list(said.areas), said.words
        row.onset_at, row.expires_at = said.onset_at, said.expires_at
        row.made_by_id = actor.person_id
        row.save()
        recorded(row, actor)
    return row


def edit(*, actor: Actor, city: str, code: str, revision: int, words: dict[str, dict[str, str]]) -> Alert:
    """Change the words of a draft; approvals of the earlier text no longer count.

    Raises `Conflict` when somebody changed the text meanwhile.
    """
    actor.require(*WRITERS, city=city)
    with transaction.atomic():
        row = _open(city, code)
        if row.revision != revision:
            raise Conflict("Teks ini baru saja diubah orang lain. Baca lagi sebelum menyimpan.")
        if row.words == words:
            return row
        check_words(words)
        row.words, row.revision, row.state, row.changed_at = words, row.revision + 1, "draft", clock.now()
        row.save()
        recorded(row, actor, verb="alert.edited")
    return row


def follow_up(*, actor: Actor, city: str, code: str, kind: str) -> Alert:
    """Draft the update, the cancelling or the all-clear of a released warning; the same draft when there is one."""
    if actor.kind != "system":
        actor.require(*WRITERS, city=city)
    if kind not in {"update", "cancel", "all-clear"}:
        message = "Pilih pembaruan, pembatalan, atau tanda aman."
        raise Invalid(message, faults=(FieldFault("kind", "unknown", message),))
    with transaction.atomic():
        before = Alert.objects.select_for_update().filter(city=city, code=code).first()
        if before is None or before.origin != Alert.Origin.OWN:
            raise NotFound("Peringatan ini tidak ada.")
        if before.state != Alert.State.RELEASED:
            raise Conflict("Hanya peringatan yang masih berlaku yang dapat diteruskan.")
        known = before.followed_by.filter(kind=kind, state__in=OPEN).first()
        return known or following(before, kind, actor)


def check_words(words: dict[str, dict[str, str]]) -> None:
    """Raise `Invalid` where a text is missing, too long, or uses a word that belongs to offices."""
    faults = []
    for language in LANGUAGES:
        for name, most in TEXT_MAX.items():
            text = words.get(language, {}).get(name, "").strip()
            if not text or len(text) > most:
                faults.append(FieldFault(f"{name}_{language}", "length", f"Tulis 1 sampai {most} huruf."))
    reserved = sorted(set(wording.reserved_in(words)))
    if reserved:
        message = f"Kata {', '.join(reserved)} hanya untuk peringatan resmi. Tulis dengan kata biasa."
        faults.append(FieldFault("headline_id", "reserved", message))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def _check(city: str, said: Said) -> None:
    check_words(said.words)
    known = {area.code for area in places.areas(city)}
    faults = []
    if not said.areas or not known.issuperset(said.areas):
        faults.append(FieldFault("areas", "unknown", "Pilih wilayah yang ada di kota ini."))
    if not clock.now() < said.expires_at or said.expires_at <= said.onset_at:
        faults.append(FieldFault("expires_at", "order", "Waktu selesai harus sesudah mulai dan belum lewat."))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def following(before: Alert, kind: str, actor: Actor) -> Alert:
    """Draft a message that follows another; part of an act that has checked."""
    row = follower_of(before, kind, actor=actor)
    row.save()
    recorded(row, actor)
    return row


def follower_of(before: Alert, kind: str, *, actor: Actor) -> Alert:
    """Return an unsaved message that follows another."""
    facts = facts_of(before.city)
    row = new_message(before.city, facts, kind, facts.level(before.level))
    row.follows, row.areas, row.official = before, before.areas, before.official
    row.status, row.severity, row.certainty = before.status, before.severity, before.certainty
    row.onset_at, row.expires_at, row.probability = before.onset_at, before.expires_at, before.probability
    row.basis, row.by_forecast = before.basis, before.by_forecast
    row.words = before.words
    if kind != "update":
        names = [places.label(before.city, code) for code in before.areas]
        ends = {
            language: wording.of_end(names, language, cancelled=kind == "cancel").stored()
            for language in LANGUAGES
        }
        row.words, row.severity, row.urgency = ends, "Minor", "Past"
    row.made_by_id = actor.person_id
    return row


def new_message(city: str, facts: AlertFacts, kind: str, level: LevelRow | None) -> Alert:
    """Return an unsaved message with its number, sender and level."""
    now = clock.now()
    code = ids.public_code()
    local = now.astimezone(ZoneInfo(places.city(city).timezone))
    return Alert(
        code=code,
        city=city,
        kind=kind,
        level=level.code if level else "",
        status=facts.status,
        identifier=f"{facts.sender}-{local:%Y%m%d}-{code}",
        sender=facts.sender,
        sender_name=f"Rembug {places.city(city).name}",
        severity=level.severity if level else "Minor",
        certainty="Possible",
        urgency="Expected",
        made_at=now,
        changed_at=now,
        onset_at=now,
        expires_at=now,
    )


def _open(city: str, code: str) -> Alert:
    row = Alert.objects.select_for_update().filter(city=city, code=code, origin="own").first()
    if row is None:
        raise NotFound("Peringatan ini tidak ada.")
    if row.state not in OPEN:
        raise Conflict("Peringatan ini sudah terkirim atau ditolak. Teksnya tidak dapat diubah.")
    return row


def recorded(row: Alert, actor: Actor, verb: str = "alert.drafted") -> None:
    """Write the entry of an act on a message."""
    data = {"kind": row.kind, "level": row.level, "areas": row.areas, "revision": row.revision}
    record(actor=actor, verb=verb, obj=Ref("alert", row.code), data=data, city=row.city)
