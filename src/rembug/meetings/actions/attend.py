"""Attendance: one sheet a person at the door, or a paper list as sums. Nobody is named."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.meetings.actions.arrange import hosted
from rembug.meetings.models import Meeting, Sheet, Tally
from rembug.meetings.rules.links import holds, meeting_of
from rembug.people.models import Body

# What somebody may say of themselves; each answer may be left out.
TRAITS: dict[str, tuple[str, ...]] = {
    "gender": ("woman", "man", "other"),
    "age": ("under18", "18to30", "31to59", "60plus"),
    "disability": ("yes", "no"),
}
MOST_PEOPLE = 2000


def at_the_door(
    *, actor: Actor, city: str, token: str, sheet: UUID, body: str, traits: Mapping[str, str]
) -> bool:
    """Count one person by the link of the door; the same sheet again counts nothing. Raises `Invalid`, `NotFound`."""
    row = Meeting.objects.filter(city=city, code=meeting_of(token), cancelled_at=None).first()
    if row is None or not holds(settings.SECRET_KEY, "door", token):
        raise NotFound(gettext("Tautan daftar hadir ini tidak berlaku. Pindai lagi kode di pintu."))
    counts = {(trait, value): 1 for trait, value in traits.items() if value}
    return _count(row, sheet, body, 1, counts)


def from_paper(
    *, actor: Actor, city: str, code: str, sheet: UUID, people: int, counts: Mapping[tuple[str, str], int]
) -> bool:
    """Count a paper list: how many came, and the sums that people agreed to give.

    Raises `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = hosted(actor, city, code)
    if not 0 < people <= MOST_PEOPLE:
        message = gettext("Isi jumlah hadirin, 1 sampai %(n)s.") % {"n": MOST_PEOPLE}
        raise Invalid(message, faults=(FieldFault("people", "out-of-range", message),))
    for trait in TRAITS:
        if sum(number for (name, _), number in counts.items() if name == trait) > people:
            message = gettext("Jumlah rincian lebih besar daripada jumlah hadirin. Periksa angkanya.")
            raise Invalid(message, faults=(FieldFault(trait, "out-of-range", message),))
    return _count(row, sheet, "", people, counts)


def _count(row: Meeting, sheet: UUID, body: str, people: int, counts: Mapping[tuple[str, str], int]) -> bool:
    if any(value not in TRAITS.get(trait, ()) or number < 0 for (trait, value), number in counts.items()):
        raise Invalid(gettext("Isian daftar hadir tidak dikenal. Muat ulang halaman ini."))
    group = Body.objects.filter(city=row.city, public_id=body).first() if body else None
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=row.pk)
        _, is_new = Sheet.objects.get_or_create(
            meeting=row, token=sheet, defaults={"body": group, "people": people}
        )
        if not is_new:
            return False
        for (trait, value), number in counts.items():
            if number:
                tally, _ = Tally.objects.get_or_create(meeting=row, trait=trait, value=value)
                Tally.objects.filter(pk=tally.pk).update(number=F("number") + number)
        data: dict[str, object] = {"people": people}
        record(
            actor=ANONYMOUS, verb="meeting.attended", obj=Ref("meeting", row.code), data=data, city=row.city
        )
    return True
