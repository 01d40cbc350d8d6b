"""A call for hands: made, joined, cancelled, closed with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.calls.models import Call, Joining
from rembug.lib import clock, ids
from rembug.lib.actor import ANONYMOUS, Actor, Role
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.people.models import Body
from rembug.people.queries.bodies import PUBLIC_STATES

SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
MOST_PEOPLE = 5000
MOST_AT_ONCE = 200
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a call says. `body` by public id, times aware, `action_id` from the form."""

    action_id: UUID
    body: str
    title: str
    what: str
    place: str
    starts_at: datetime
    ends_at: datetime
    wanted: int
    safety: str
    role: str
    area: str = ""
    kind: str = "help"
    level_cm: float | None = None
    sigma_cm: float | None = None


def ask(*, actor: Actor, city: str, said: Asking) -> Call:
    """Make a call for a body that the actor speaks for; the same form again makes nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = Body.objects.filter(city=city, public_id=said.body, state__in=PUBLIC_STATES).first()
    if body is None:
        raise NotFound(gettext("Pihak ini tidak ada di kota ini."))
    _check(said)
    with transaction.atomic():
        row, is_new = Call.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "code": ids.public_code(),
                "kind": said.kind,
                "body": body,
                "title": said.title.strip(),
                "what": said.what.strip(),
                "place": said.place.strip(),
                "area_code": said.area,
                "starts_at": said.starts_at,
                "ends_at": said.ends_at,
                "wanted": said.wanted,
                "safety": said.safety.strip(),
                "role": said.role.strip(),
                "level_cm": said.level_cm,
                "sigma_cm": said.sigma_cm,
            },
        )
        if is_new:
            data: dict[str, object] = {
                "kind": said.kind,
                "body": said.body,
                "starts": said.starts_at.isoformat(),
            }
            record(actor=actor, verb="call.made", obj=Ref("call", row.code), data=data, city=city)
    return row


def join(*, actor: Actor, city: str, code: str, token: UUID, body: str, people: int) -> Joining:
    """Join a call without account; the same token changes the number, 0 takes it back.

    Raises `Invalid`, `NotFound`.
    """
    row = Call.objects.filter(city=city, code=code, cancelled_at=None, closed_at=None).first()
    if row is None or row.ends_at < clock.now():
        raise NotFound(gettext("Ajakan ini sudah selesai atau dibatalkan."))
    if not 0 <= people <= MOST_AT_ONCE:
        message = gettext("Isi jumlah orang, 0 sampai %(n)s.") % {"n": MOST_AT_ONCE}
        raise Invalid(message, faults=(FieldFault("people", "out-of-range", message),))
    group = Body.objects.filter(city=city, public_id=body).first() if body else None
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=row.pk)
        before = Joining.objects.filter(call=row, token=token).first()
        if before is not None and before.people == people:
            return before
        joining, _ = Joining.objects.update_or_create(
            call=row, token=token, defaults={"people": people, "body": group}
        )
        data: dict[str, object] = {"people": people}
        record(actor=ANONYMOUS, verb="call.joined", obj=Ref("call", code), data=data, city=city)
    return joining


def cancel(*, actor: Actor, city: str, code: str, why: str) -> None:
    """Cancel a call; its page stays and says why. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = own(actor, city, code)
    if not why.strip():
        message = gettext("Tulis alasan pembatalan. Yang ikut akan membacanya.")
        raise Invalid(message, faults=(FieldFault("why", "missing", message),))
    with transaction.atomic():
        found = Call.objects.filter(pk=row.pk, cancelled_at=None, closed_at=None)
        if found.update(cancelled_at=clock.now(), cancelled_why=why.strip()[:300]):
            record(actor=actor, verb="call.cancelled", obj=Ref("call", code), data={}, city=city)


def close(*, actor: Actor, city: str, code: str, result: str, came: int, hours: float) -> None:
    """Close a call with its result; written again it is corrected. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = own(actor, city, code)
    faults = []
    if not 0 < len(result.strip()) <= 2000:
        faults.append(FieldFault("result", "missing", gettext("Tulis hasilnya dan terima kasihnya.")))
    if not 0 <= came <= MOST_PEOPLE or not 0 <= hours <= MOST_PEOPLE * 24:
        faults.append(FieldFault("came", "out-of-range", gettext("Isi jumlah orang dan jam kerja bersama.")))
    if row.starts_at > clock.now():
        faults.append(FieldFault("result", "too-early", gettext("Ajakan ini belum dimulai.")))
    if faults:
        raise Invalid(
            gettext("Hasil belum bisa disimpan. Periksa isian yang ditandai."), faults=tuple(faults)
        )
    with transaction.atomic():
        row.result, row.came, row.hours = result.strip(), came, hours
        row.closed_at = row.closed_at or clock.now()
        row.save(update_fields=["result", "came", "hours", "closed_at"])
        data: dict[str, object] = {"came": came, "hours": hours}
        record(actor=actor, verb="call.closed", obj=Ref("call", code), data=data, city=city)


def own(actor: Actor, city: str, code: str) -> Call:
    """Return a call of a body that the actor speaks for. Raises `NotAllowed`, `NotFound`."""
    row = Call.objects.select_related("body").filter(city=city, code=code).first()
    if row is None:
        raise NotFound(gettext("Ajakan ini tidak ada."))
    actor.require_for(row.body.public_id, *SPEAKERS, city=city)
    return row


def _check(said: Asking) -> None:
    faults = [
        FieldFault(name, "missing", words)
        for name, words in (
            ("title", "Beri nama ajakan."),
            ("what", "Tulis apa yang dikerjakan."),
            ("place", "Tulis tempat berkumpul."),
            ("safety", "Tulis hal keselamatan: sepatu, air dalam, kabel, arus."),
            ("role", "Tulis siapa penanggung jawab di tempat: jabatannya, bukan namanya."),
        )
        if not getattr(said, name).strip()
    ]
    if not said.starts_at < said.ends_at <= said.starts_at + LONGEST:
        faults.append(
            FieldFault(
                "ends_at", "out-of-range", gettext("Selesai harus sesudah mulai, paling lama tujuh hari.")
            )
        )
    if not 1 <= said.wanted <= MOST_PEOPLE:
        faults.append(
            FieldFault(
                "wanted", "out-of-range", gettext("Isi jumlah orang, 1 sampai %(n)s.") % {"n": MOST_PEOPLE}
            )
        )
    if faults:
        raise Invalid(gettext("Ajakan belum bisa dibuat. Periksa isian yang ditandai."), faults=tuple(faults))
