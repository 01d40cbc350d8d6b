"""A group asks for a grant by its lawful route; the office in charge checks, plans, grants or refuses."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.commitments.models import Grant, GrantStep
from rembug.commitments.queries.desk import facts
from rembug.commitments.rules.grants import DEAREST, MOVES, Move, missing
from rembug.deliberation.actions.propose import SPEAKERS, listed_body
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.lib.pii import mask
from rembug.people.models import Body
from rembug.places import queries as places


@dataclass(frozen=True, slots=True)
class Request:
    """What a group asks for. `to` is the office in charge; `met` are requirements that the group says it meets."""

    action_id: UUID
    body: str
    to: str
    route: str
    title: str
    purpose: str
    amount: int
    area: str
    met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deciding:
    """One step: for which body, the state that was seen, the reason, the number of the document, what was met."""

    action_id: UUID
    verb: str
    body: str
    seen: str
    words: str = ""
    reference: str = ""
    met: tuple[str, ...] = ()


def ask(*, actor: Actor, city: str, said: Request) -> Grant:
    """Ask for a grant; the same form again asks nothing more. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    actor.require_for(said.body, *SPEAKERS, city=city)
    body, decider = listed_body(city, said.body), listed_body(city, said.to)
    _check(city, said, body, decider)
    wanted = [asdict(row) for row in facts(city).requirements if said.route in row.routes]
    now = clock.now()
    with transaction.atomic():
        row, is_new = Grant.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "code": ids.public_code(),
                "body": body,
                "decider": decider,
                "route": said.route,
                "amount": said.amount,
                "area_code": said.area,
                "title": mask(said.title.strip())[:120],
                "purpose": mask(said.purpose.strip())[:1000],
                "requirements": wanted,
                "own": [one["code"] for one in wanted if one["code"] in said.met],
                "asked_at": now,
                "changed_at": now,
            },
        )
        if is_new:
            data: dict[str, object] = {
                "body": said.body,
                "to": said.to,
                "route": said.route,
                "amount": said.amount,
            }
            record(actor=actor, verb="grant.asked", obj=Ref("grant", row.code), data=data, city=city)
    return row


def decide(*, actor: Actor, city: str, code: str, said: Deciding) -> Grant:
    """Take one step of a request; the same form again takes none.

    Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    rule = MOVES.get(said.verb)
    found = Grant.objects.filter(city=city, code=code.upper()).first()
    if found is None or rule is None:
        raise NotFound("Permintaan atau langkah ini tidak ada.")
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = listed_body(city, said.body)
    if body.pk != (found.body_id if rule.by == "asker" else found.decider_id):
        raise NotAllowed("Langkah ini milik pihak lain dalam permintaan ini.")
    _named(said, rule)
    with transaction.atomic():
        row = Grant.objects.select_for_update().get(pk=found.pk)
        if GrantStep.objects.filter(action_id=said.action_id).exists():
            return row
        if row.state != said.seen or row.state not in rule.since:
            raise Conflict("Permintaan ini baru saja berubah. Lihat keadaannya sekarang, lalu coba lagi.")
        _stand(row, said, rule)
        GrantStep.objects.create(
            grant=row,
            action_id=said.action_id,
            at=row.changed_at,
            verb=said.verb,
            body=body,
            words=mask(said.words.strip())[:600],
            reference=mask(said.reference.strip())[:120],
            met=row.met if said.verb == "check" else [],
        )
        data: dict[str, object] = {"step": said.verb, "body": said.body, "state": row.state}
        data |= {"reference": mask(said.reference.strip())[:120], "met": row.met}
        record(actor=actor, verb="grant.moved", obj=Ref("grant", row.code), data=data, city=city)
    return row


def _stand(row: Grant, said: Deciding, rule: Move) -> None:
    wanted = [one["code"] for one in row.requirements]
    if said.verb == "check":
        row.met = [code for code in wanted if code in said.met]
    if said.verb == "plan" and missing(wanted, row.met):
        raise Invalid("Syaratnya belum lengkap. Periksa lagi sesudah kelompok melengkapinya.")
    row.state, row.changed_at = rule.to, clock.now()
    row.save(update_fields=["state", "changed_at", "met"])


def _named(said: Deciding, rule: Move) -> None:
    faults = []
    if rule.words and not said.words.strip():
        faults.append(FieldFault("words", "missing", "Tulis alasannya."))
    if rule.reference and not said.reference.strip():
        faults.append(FieldFault("reference", "missing", "Tulis nomor suratnya, atau nomor dalam rencana."))
    if faults:
        raise Invalid("Langkah belum bisa disimpan. Periksa isian yang ditandai.", faults=tuple(faults))


def _check(city: str, said: Request, body: Body, decider: Body) -> None:
    faults = []
    if said.route not in {row.code for row in facts(city).routes}:
        faults.append(FieldFault("route", "unknown", "Pilih jalurnya."))
    if body.pk == decider.pk or decider.sphere not in {"bureaucracy", "leadership"}:
        faults.append(FieldFault("to", "unfit", "Pilih kantor pemerintah yang berwenang."))
    for name, words in (("title", "Beri judul."), ("purpose", "Tulis untuk apa.")):
        if not getattr(said, name).strip():
            faults.append(FieldFault(name, "missing", words))
    if not 1 <= said.amount <= DEAREST:
        faults.append(FieldFault("amount", "range", "Tulis jumlah dalam rupiah, tanpa titik."))
    if said.area not in {area.code for area in places.areas(city)}:
        faults.append(FieldFault("area", "unknown", "Pilih wilayah yang ada di kota ini."))
    if faults:
        raise Invalid("Belum bisa disimpan. Periksa isian yang ditandai.", faults=tuple(faults))
