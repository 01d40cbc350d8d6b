"""Arranging a meeting: made, invited to, answered, cancelled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.lib import clock, ids
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.meetings.models import Invitee, Meeting
from rembug.meetings.rules.links import holds, meeting_of
from rembug.people.models import Body
from rembug.people.queries.bodies import PUBLIC_STATES

# Who may speak for a body here: everybody but a plain member.
SPEAKERS: tuple[Role, ...] = (
    *("verifier", "officer", "coordinator", "approver", "facilitator", "administrator"),
)
LONGEST = timedelta(days=3)
MOST_INVITED = 200
MOST_PEOPLE = 200  # that one body may announce


@dataclass(frozen=True, slots=True)
class Plan:
    """What arranging says. Bodies by public id; times aware; `action_id` comes from the form."""

    action_id: UUID
    body: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    agenda: str
    area: str = ""
    office: str = ""
    invited: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()


def arrange(*, actor: Actor, city: str, plan: Plan) -> Meeting:
    """Make a meeting of a body that the actor speaks for; the same form again makes nothing more.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    actor.require_for(plan.body, *SPEAKERS, city=city)
    host = known_body(city, plan.body)
    office = known_body(city, plan.office) if plan.office else None
    _check(plan)
    with transaction.atomic():
        row, is_new = Meeting.objects.get_or_create(
            action_id=plan.action_id,
            defaults={
                "city": city,
                "code": ids.public_code(),
                "body": host,
                "office": office,
                "title": plan.title.strip(),
                "place": plan.place.strip(),
                "area_code": plan.area,
                "starts_at": plan.starts_at,
                "ends_at": plan.ends_at,
                "agenda": plan.agenda.strip(),
            },
        )
        if is_new:
            data: dict[str, object] = {
                "body": host.public_id,
                "office": plan.office,
                "starts": plan.starts_at.isoformat(),
            }
            record(actor=actor, verb="meeting.arranged", obj=Ref("meeting", row.code), data=data, city=city)
            wanted = {plan.body, *plan.invited, *([plan.office] if plan.office else [])}
            _invite(row, wanted, {plan.body, *plan.signing}, actor)
    return row


def invite(*, actor: Actor, city: str, code: str, bodies: Collection[str], signing: Collection[str]) -> int:
    """Invite more bodies; return how many were new. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = hosted(actor, city, code)
    with transaction.atomic():
        return _invite(row, set(bodies), set(signing), actor)


def respond(*, actor: Actor, city: str, token: str, body: str, answer: str, people: int) -> None:
    """Take a body's answer by its secret link, without account; a later answer replaces it.

    Raises `Invalid`, `NotFound`.
    """
    row = Meeting.objects.filter(city=city, code=meeting_of(token), cancelled_at=None).first()
    known = holds(settings.SECRET_KEY, "invite", token, body)
    guest = Invitee.objects.filter(meeting=row, body__public_id=body).first() if row and known else None
    if row is None or guest is None:
        raise NotFound(gettext("Tautan undangan ini tidak berlaku. Minta yang baru dari pengundang."))
    if answer not in {"yes", "no", "maybe"}:
        message = gettext("Pilih datang, tidak, atau mungkin.")
        raise Invalid(message, faults=(FieldFault("answer", "missing", message),))
    if not 0 <= people <= MOST_PEOPLE:
        message = gettext("Isi jumlah orang, 0 sampai %(n)s.") % {"n": MOST_PEOPLE}
        raise Invalid(message, faults=(FieldFault("people", "out-of-range", message),))
    with transaction.atomic():
        guest.answer, guest.people, guest.answered_at = answer, people if answer != "no" else 0, clock.now()
        guest.save(update_fields=["answer", "people", "answered_at"])
        data: dict[str, object] = {"body": body, "answer": answer}
        record(actor=actor, verb="meeting.answered", obj=Ref("meeting", row.code), data=data, city=city)


def cancel(*, actor: Actor, city: str, code: str, why: str) -> None:
    """Cancel a meeting that has not begun; its page stays and says why. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = hosted(actor, city, code)
    if not why.strip():
        message = gettext("Tulis alasan pembatalan. Undangan akan membacanya.")
        raise Invalid(message, faults=(FieldFault("why", "missing", message),))
    if row.starts_at <= clock.now():
        raise Invalid(gettext("Pertemuan sudah dimulai dan tidak bisa dibatalkan. Tulis notulensinya."))
    with transaction.atomic():
        found = Meeting.objects.filter(pk=row.pk, cancelled_at=None)
        if found.update(cancelled_at=clock.now(), cancelled_why=why.strip()[:300]):
            record(actor=actor, verb="meeting.cancelled", obj=Ref("meeting", code), data={}, city=city)


def answer_as_office(*, actor: Actor, city: str, code: str, words: str) -> None:
    """Write the answer of the office that was met. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    row = Meeting.objects.select_related("office").filter(city=city, code=code).first()
    if row is None or row.office is None:
        raise NotFound(gettext("Pertemuan ini bukan audiensi."))
    actor.require_for(row.office.public_id, *SPEAKERS, city=city)
    if not 0 < len(words.strip()) <= 3000:
        message = gettext("Tulis jawaban instansi, paling panjang 3000 huruf.")
        raise Invalid(message, faults=(FieldFault("words", "missing", message),))
    with transaction.atomic():
        row.office_answer, row.office_answered_at = words.strip(), clock.now()
        row.save(update_fields=["office_answer", "office_answered_at"])
        data: dict[str, object] = {"office": row.office.public_id}
        record(actor=actor, verb="meeting.office_answered", obj=Ref("meeting", code), data=data, city=city)


def hosted(actor: Actor, city: str, code: str) -> Meeting:
    """Return a meeting whose host the actor speaks for. Raises `NotAllowed`, `NotFound`."""
    row = Meeting.objects.select_related("body").filter(city=city, code=code).first()
    if row is None:
        raise NotFound(gettext("Pertemuan ini tidak ada."))
    actor.require_for(row.body.public_id, *SPEAKERS, city=city)
    return row


def known_body(city: str, public_id: str) -> Body:
    """Return a listed body. Raises `NotFound`."""
    row = Body.objects.filter(city=city, public_id=public_id, state__in=PUBLIC_STATES).first()
    if row is None:
        raise NotFound(gettext("Pihak ini tidak ada di kota ini."))
    return row


def _check(plan: Plan) -> None:
    faults = [
        FieldFault(name, "missing", words)
        for name, words in (
            ("title", "Beri nama pertemuan."),
            ("place", "Tulis tempatnya."),
            ("agenda", "Tulis acaranya."),
        )
        if not getattr(plan, name).strip()
    ]
    if not plan.starts_at < plan.ends_at <= plan.starts_at + LONGEST:
        faults.append(
            FieldFault(
                "ends_at", "out-of-range", gettext("Selesai harus sesudah mulai, paling lama tiga hari.")
            )
        )
    if faults:
        raise Invalid(
            gettext("Pertemuan belum bisa dibuat. Periksa isian yang ditandai."), faults=tuple(faults)
        )


def _invite(row: Meeting, bodies: set[str], signing: set[str], actor: Actor) -> int:
    known = list(Body.objects.filter(city=row.city, public_id__in=bodies, state__in=PUBLIC_STATES))
    if len(known) < len(bodies):
        raise NotFound(gettext("Salah satu pihak yang diundang tidak ada di kota ini."))
    before = set(row.invitees.values_list("body_id", flat=True))
    fresh = [body for body in known if body.pk not in before]
    if len(before) + len(fresh) > MOST_INVITED:
        raise Invalid(gettext("Paling banyak %(n)s pihak bisa diundang.") % {"n": MOST_INVITED})
    Invitee.objects.bulk_create(
        Invitee(meeting=row, body=one, signs=one.public_id in signing) for one in fresh
    )
    if fresh:
        names: dict[str, object] = {"bodies": sorted(one.public_id for one in fresh)}
        record(actor=actor, verb="meeting.invited", obj=Ref("meeting", row.code), data=names, city=row.city)
    return len(fresh)
