"""A body joins its own calendar to the joint one, ends that, and the worker reads it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.lib import clock, http, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound, RembugError
from rembug.meetings.actions.arrange import SPEAKERS, known_body
from rembug.meetings.models import OutsideCalendar, OutsideEvent
from rembug.meetings.rules import outside
from rembug.places import queries as places

EVERY = timedelta(hours=3)
MOST = 5  # calendars of one body


@dataclass(frozen=True, slots=True)
class Joining:
    """Which body, and its calendar: an address, or the content of a file."""

    action_id: UUID
    body: str
    address: str = ""
    content: bytes = b""


def join(*, actor: Actor, city: str, said: Joining) -> OutsideCalendar:
    """Join a calendar; it is read first, so that a wrong address is told at once. The same form again joins nothing.

    Raises `Invalid`, `NotAllowed`, `NotFound`, `http.Unreachable`.
    """
    actor.require_for(said.body, *SPEAKERS, city=city)
    body = known_body(city, said.body)
    done = OutsideCalendar.objects.filter(action_id=said.action_id).first()
    if done is not None:
        return done
    if not said.address and not said.content:
        message = gettext("Tulis alamat kalender, atau pilih berkas .ics.")
        raise Invalid(message, faults=(FieldFault("address", "missing", message),))
    content = said.content or http.fetch(said.address, largest=outside.LARGEST).body
    found = _read(city, content)
    now = clock.now()
    with transaction.atomic():
        if OutsideCalendar.objects.filter(body=body, ended_at=None).count() >= MOST:
            raise Invalid(
                gettext("Paling banyak %(n)s kalender untuk satu pihak. Lepas satu dulu.") % {"n": MOST}
            )
        row, is_new = OutsideCalendar.objects.get_or_create(
            action_id=said.action_id,
            defaults={
                "city": city,
                "public_id": ids.public_code(),
                "body": body,
                "address": said.address,
                "made_at": now,
                "asked_at": now,
                "read_at": now,
            },
        )
        if is_new:
            _put(row, found)
            data: dict[str, object] = {"dates": len(found)}
            record(actor=actor, verb="calendar.joined", obj=Ref("body", said.body), data=data, city=city)
    return row


def end(*, actor: Actor, city: str, public_id: str) -> None:
    """Take a calendar out of the joint one, with all its dates; again is harmless. Raises `NotAllowed`, `NotFound`."""
    with transaction.atomic():
        row = _locked(city, public_id)
        actor.require_for(row.body.public_id, *SPEAKERS, city=city)
        if row.ended_at is None:
            row.ended_at = clock.now()
            row.save(update_fields=["ended_at"])
            row.events.all().delete()
            record(actor=actor, verb="calendar.ended", obj=Ref("body", row.body.public_id), city=city)


def refresh(*, actor: Actor) -> int:
    """Read anew each calendar that has an address and was not asked for some hours; return how many could be read."""
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya sistem yang membaca kalender luar."))
    due = OutsideCalendar.objects.filter(ended_at=None, asked_at__lt=clock.now() - EVERY).exclude(address="")
    read = 0
    for row in due.order_by("asked_at")[:50]:
        try:
            found, fault = _read(row.city, http.fetch(row.address, largest=outside.LARGEST).body), ""
        except RembugError as error:
            found, fault = None, error.code
        with transaction.atomic():
            row.asked_at, row.fault = clock.now(), fault
            if found is not None:
                row.read_at = row.asked_at
                _put(row, found)
                read += 1
            row.save(update_fields=["asked_at", "read_at", "fault"])
    return read


def _read(city: str, content: bytes) -> list[outside.Happening]:
    return outside.read(content, ZoneInfo(places.city(city).timezone), *outside.span(clock.now()))


def _put(row: OutsideCalendar, found: list[outside.Happening]) -> None:
    """Make the kept dates those of the calendar; a date that stays keeps its row."""
    wanted = {one.uid: one for one in found}
    row.events.exclude(uid__in=wanted).delete()
    known = set(row.events.values_list("uid", flat=True))
    OutsideEvent.objects.bulk_create(
        OutsideEvent(
            calendar=row,
            uid=one.uid,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            whole_day=one.whole_day,
            title=one.title,
            place=one.place,
        )
        for uid, one in wanted.items()
        if uid not in known
    )


def _locked(city: str, public_id: str) -> OutsideCalendar:
    rows = OutsideCalendar.objects.select_for_update(of=("self",)).select_related("body")
    row = rows.filter(city=city, public_id=public_id).first()
    if row is None:
        raise NotFound(gettext("Kalender ini tidak ada."))
    return row
