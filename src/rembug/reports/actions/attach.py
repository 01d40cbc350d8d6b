"""A photo of what is done: developed at once, compared with every photo ever sent, shown after a person's look."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, KeyReused, NotAllowed, NotFound
from rembug.lib.images.outcome import MAX_BYTES, REMEDY, SIDES, Refusal
from rembug.lib.images.outcome import Photo as Developed
from rembug.lib.images.process import inspect, process
from rembug.lib.masking import distance_m
from rembug.reports.actions.photos import sent_before, store
from rembug.reports.models import Attached
from rembug.reports.queries.city import zone
from rembug.reports.queries.photo_files import key
from rembug.reports.queries.work.scope import MODERATORS
from rembug.reports.rules import receipts
from rembug.reports.rules.photos import HIDE_REASONS

MOST = 12  # photos of one thing by one sender


@dataclass(frozen=True, slots=True)
class Subject:
    """What a photo shows: a case, meeting or call by its number, with its area and place where it has one."""

    city: str
    kind: str
    code: str
    area_code: str = ""
    lon: float | None = None
    lat: float | None = None


def attach(*, actor: Actor, subject: Subject, client_id: UUID, data: bytes, receipt: str = "") -> Attached:
    """Store a photo; the caller has checked that the actor may. The same id with the same bytes is the same photo.

    `receipt` is the secret of a citizen who has no account. Raises `Invalid` or `KeyReused`.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = Attached.objects.filter(client_id=client_id).first()
    if known is not None:
        return _same(known, subject, digest)
    sender = receipts.fingerprint(receipt) if receipt else ""
    _refuse_many(actor, subject, sender)
    developed = _developed(data)
    name = secrets.token_hex(16)
    for rendition in developed.renditions:
        store(key(name, rendition.side), rendition.jpeg)
    fix, phash = developed.camera.gps, developed.phash
    has_place = fix is not None and subject.lon is not None and subject.lat is not None
    values = {
        "city": subject.city,
        "kind": subject.kind,
        "code": subject.code,
        "area_code": subject.area_code,
        "name": name,
        "payload_hash": digest,
        "width": developed.renditions[0].width,
        "height": developed.renditions[0].height,
        "phash": "" if phash is None else f"{phash:016x}",
        "exif_at": developed.camera.taken_at(ZoneInfo(zone(subject.city))),
        "exif_m": distance_m(fix.lon, fix.lat, subject.lon, subject.lat) if has_place else None,  # type: ignore[union-attr, arg-type]
        "reused": phash is not None and sent_before(phash, but=(subject.kind, subject.code)),
        "sender_id": actor.person_id,
        "receipt": sender,
        "received_at": clock.now(),
    }
    try:
        with transaction.atomic():
            row = Attached.objects.create(client_id=client_id, **values)
            who = actor if actor.kind == "person" else ANONYMOUS
            ref = Ref(subject.kind, subject.code)
            record(actor=who, verb="photo.received", obj=ref, city=subject.city)
    except IntegrityError:  # the same photo came in twice at once
        forget_files(name)
        return _same(Attached.objects.get(client_id=client_id), subject, digest)
    return row


def look_attached(*, actor: Actor, name: str, verdict: str, reason: str = "", seen: str = "") -> Attached:
    """Show or hide a photo. The same look twice is one; nobody looks at their own.

    Raises `Invalid`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    after = {"show": Attached.State.PUBLIC, "hide": Attached.State.HIDDEN}.get(verdict)
    if after is None or (verdict == "hide" and reason not in HIDE_REASONS):
        raise Invalid("Pilih tampilkan atau sembunyikan, dan alasannya.")
    with transaction.atomic():
        row = Attached.objects.select_for_update().filter(name=name).first()
        if row is None:
            raise NotFound("Foto ini tidak ada.")
        actor.require(*MODERATORS, city=row.city, area=row.area_code)
        if actor.person_id is not None and actor.person_id == row.sender_id:
            raise NotAllowed("Foto sendiri dilihat oleh orang lain.")
        if row.state == after:
            return row
        if seen and row.state != seen:
            raise Conflict("Orang lain baru saja melihat foto ini. Periksa lagi sebelum mengubahnya.")
        row.state, row.reason = after, reason if verdict == "hide" else ""
        row.looked_at, row.looked_by_id = clock.now(), actor.person_id
        row.save(update_fields=["state", "reason", "looked_at", "looked_by"])
        verb = "photo.shown" if verdict == "show" else "photo.hidden"
        data: dict[str, object] = {"reason": row.reason} if row.reason else {}
        record(actor=actor, verb=verb, obj=Ref(row.kind, row.code), data=data, city=row.city)
    return row


def forget_files(name: str) -> None:
    """Delete the stored sizes of a photo."""
    for side in SIDES:
        default_storage.delete(key(name, side))


def _same(row: Attached, subject: Subject, digest: str) -> Attached:
    if (row.kind, row.code, row.payload_hash) != (subject.kind, subject.code, digest):
        raise KeyReused("Kunci kirim ini sudah dipakai untuk foto lain.")
    return row


def _refuse_many(actor: Actor, subject: Subject, receipt: str) -> None:
    """Refuse too many of one sender; what one sends takes no room from another."""
    rows = Attached.objects.filter(city=subject.city, kind=subject.kind, code=subject.code)
    if rows.filter(sender_id=actor.person_id, receipt=receipt).count() >= MOST:
        raise _fault("too-many", f"Paling banyak {MOST} foto di sini.")


def _developed(data: bytes) -> Developed:
    if len(data) > MAX_BYTES:
        raise _fault("too-large", "Foto terlalu besar. Paling besar 10 MB.")
    if isinstance(inspect(data), Refusal):
        raise _fault("not-a-photo", "Berkas ini bukan foto. Pakai JPEG, PNG, WebP atau HEIC.")
    outcome = process(data)
    if isinstance(outcome, Refusal):
        raise _fault(outcome.reason.value, REMEDY[outcome.reason]["id"])
    return outcome


def _fault(code: str, message: str) -> Invalid:
    return Invalid(message, faults=(FieldFault("photo", code, message),))
