"""Things are listed, asked for, offered, lent, returned; the same piece is never lent twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembug.audit.actions import Ref, record
from rembug.commitments.models import Need, NeedStep, Thing
from rembug.commitments.queries.desk import facility_codes, free_of
from rembug.commitments.rules.desk import LONGEST, MOST, MOVES, Move
from rembug.deliberation.actions.propose import SPEAKERS, listed_body
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pii import mask
from rembug.people.models import Body
from rembug.places import queries as places


@dataclass(frozen=True, slots=True)
class Listing:
    """A thing that a body lends."""

    action_id: UUID
    body: str
    kind: str
    name: str
    quantity: int
    area: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What a body asks for; `to` names a body that is asked, empty for anybody."""

    action_id: UUID
    body: str
    kind: str
    purpose: str
    quantity: int
    area: str
    from_on: date
    to_on: date
    to: str = ""


@dataclass(frozen=True, slots=True)
class Moving:
    """One step: its verb, for which body, the state that was seen; an offer names a thing and how many."""

    action_id: UUID
    verb: str
    body: str
    seen: str
    thing: str = ""
    quantity: int = 0
    words: str = ""


def list_thing(*, actor: Actor, city: str, said: Listing) -> Thing:
    """List a thing that a body lends; the same form again lists nothing more. Raises `Invalid`, `NotAllowed`."""
    actor.require_for(said.body, *SPEAKERS, city=city)
    _check(city, said, said.name)
    with transaction.atomic():
        row, is_new = Thing.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "code": ids.public_code(),
                "body": listed_body(city, said.body),
                "kind": said.kind,
                "name": mask(said.name.strip())[:120],
                "quantity": said.quantity,
                "area_code": said.area,
                "listed_at": clock.now(),
            },
        )
        if is_new:
            data: dict[str, object] = {"body": said.body, "kind": said.kind, "quantity": said.quantity}
            record(actor=actor, verb="thing.listed", obj=Ref("thing", row.code), data=data, city=city)
    return row


def retire_thing(*, actor: Actor, city: str, code: str) -> None:
    """Lend a thing no more; what is out comes back first. Raises `Conflict`, `NotAllowed`, `NotFound`."""
    row = Thing.objects.select_related("body").filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Barang ini tidak ada.")
    actor.require_for(row.body.public_id, *SPEAKERS, city=city)
    with transaction.atomic():
        Thing.objects.select_for_update().get(pk=row.pk)
        if Need.objects.filter(thing=row, state__in=("offered", "lent")).exists():
            raise Conflict("Barang ini sedang ditawarkan atau dipinjam.")
        if Thing.objects.filter(pk=row.pk, retired_at=None).update(retired_at=clock.now()):
            record(actor=actor, verb="thing.retired", obj=Ref("thing", row.code), data={}, city=city)


def ask(*, actor: Actor, city: str, said: Asking) -> Need:
    """Ask for a thing; the same form again asks nothing more. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    actor.require_for(said.body, *SPEAKERS, city=city)
    _check(city, said, said.purpose)
    if not _today() <= said.from_on <= said.to_on <= said.from_on + LONGEST:
        message = f"Pakai mulai hari ini, paling lama {LONGEST.days} hari."
        raise Invalid(message, faults=(FieldFault("to_on", "range", message),))
    if said.to == said.body:
        message = "Pilih pihak lain."
        raise Invalid(message, faults=(FieldFault("to", "own", message),))
    now = clock.now()
    with transaction.atomic():
        row, is_new = Need.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                **{name: getattr(said, name) for name in ("kind", "quantity", "from_on", "to_on")},
                "city": city,
                "code": ids.public_code(),
                "body": listed_body(city, said.body),
                "addressed": listed_body(city, said.to) if said.to else None,
                "purpose": mask(said.purpose.strip())[:400],
                "area_code": said.area,
                "asked_at": now,
                "changed_at": now,
            },
        )
        if is_new:
            data: dict[str, object] = {"body": said.body, "kind": said.kind, "quantity": said.quantity}
            record(actor=actor, verb="need.asked", obj=Ref("need", row.code), data=data, city=city)
    return row


def move(*, actor: Actor, city: str, code: str, said: Moving) -> Need:
    """Take one step of a request; the same form again takes none.

    Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    rule = MOVES.get(said.verb)
    found = Need.objects.filter(city=city, code=code.upper()).first()
    if found is None or rule is None:
        raise NotFound("Permintaan atau langkah ini tidak ada.")
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = listed_body(city, said.body)
    if rule.words and not said.words.strip():
        message = "Tulis alasannya."
        raise Invalid(message, faults=(FieldFault("words", "missing", message),))
    with transaction.atomic():
        row = Need.objects.select_for_update().get(pk=found.pk)
        if NeedStep.objects.filter(action_id=said.action_id).exists():
            return row
        if row.state != said.seen or row.state not in rule.since:
            raise Conflict("Permintaan ini baru saja berubah. Lihat keadaannya sekarang, lalu coba lagi.")
        _may(row, body, rule)
        if said.verb == "offer":
            row.thing, row.given = _offered(row, body, said), said.quantity
        if said.verb == "lend":
            _there(row, row.thing)
        row.state, row.changed_at = rule.to, clock.now()
        row.save(update_fields=["state", "changed_at", "thing", "given"])
        NeedStep.objects.create(
            need=row,
            action_id=said.action_id,
            at=row.changed_at,
            verb=said.verb,
            body=body,
            quantity=row.given,
            words=mask(said.words.strip())[:400],
        )
        data: dict[str, object] = {
            "step": said.verb,
            "body": said.body,
            "state": row.state,
            "quantity": row.given,
        }
        record(actor=actor, verb="need.moved", obj=Ref("need", row.code), data=data, city=city)
    return row


def _may(row: Need, body: Body, rule: Move) -> None:
    lender = row.thing.body_id if row.thing else row.addressed_id
    allowed = {
        "asker": body.pk == row.body_id,
        "lender": body.pk == lender,
        "decliner": body.pk == lender,
        "offerer": body.pk != row.body_id and row.addressed_id in {None, body.pk},
    }
    if not allowed[rule.by]:
        raise NotAllowed("Langkah ini milik pihak lain dalam permintaan ini.")


def _offered(row: Need, body: Body, said: Moving) -> Thing:
    """Return the thing that is offered, locked: nobody offers its pieces at the same time."""
    things = Thing.objects.select_for_update().filter(city=row.city, code=said.thing.upper(), retired_at=None)
    thing = things.first()
    if thing is None or thing.body_id != body.pk or thing.kind != row.kind:
        raise NotFound("Pilih barang milik pihak Anda, dari jenis yang diminta.")
    if not 1 <= said.quantity <= row.quantity:
        message = "Tawarkan paling sedikit satu, paling banyak yang diminta."
        raise Invalid(message, faults=(FieldFault("quantity", "range", message),))
    left = free_of(thing, row.from_on, row.to_on)
    if said.quantity > left:
        message = f"Pada hari itu hanya {max(left, 0)} yang bebas. Selebihnya sudah ditawarkan atau dipinjam."
        raise Invalid(message, faults=(FieldFault("quantity", "taken", message),))
    return thing


def _there(row: Need, offered: Thing | None) -> None:
    """Raise `Conflict` where the pieces are not there to be handed over today."""
    thing = Thing.objects.select_for_update().filter(pk=offered.pk).first() if offered else None
    if thing is None:
        raise Conflict("Belum ada barang yang ditawarkan.")
    if free_of(thing, min(_today(), row.from_on), row.to_on, without=row.pk) < row.given:
        raise Conflict("Barangnya masih dipinjam pihak lain. Catat dulu pengembaliannya.")


def _check(city: str, said: Listing | Asking, words: str) -> None:
    faults = []
    if said.kind not in facility_codes(city):
        faults.append(FieldFault("kind", "unknown", "Pilih jenis yang ada."))
    if not words.strip():
        name = "name" if isinstance(said, Listing) else "purpose"
        faults.append(FieldFault(name, "missing", "Tulis apa atau untuk apa."))
    if not 1 <= said.quantity <= MOST:
        faults.append(FieldFault("quantity", "range", f"Isi jumlah, 1 sampai {MOST}."))
    if said.area not in {area.code for area in places.areas(city)}:
        faults.append(FieldFault("area", "unknown", "Pilih wilayah yang ada di kota ini."))
    if faults:
        raise Invalid("Belum bisa disimpan. Periksa isian yang ditandai.", faults=tuple(faults))


def _today() -> date:
    return timezone.localtime(clock.now()).date()
