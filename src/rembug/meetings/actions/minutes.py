"""Minutes: written together, each version approved by those who are asked to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotFound
from rembug.meetings.actions.arrange import SPEAKERS, hosted
from rembug.meetings.models import Approval, Invitee, Meeting


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and over which version."""

    version: int
    minutes: str
    decisions: str


def write(*, actor: Actor, city: str, code: str, said: Written) -> int:
    """Write the next version; return its number. The same words again change nothing.

    Raises `Conflict` when somebody wrote meanwhile, `Invalid`, `NotAllowed`, `NotFound`.
    """
    row = hosted(actor, city, code)
    minutes, decisions = said.minutes.strip(), said.decisions.strip()
    if not minutes:
        message = gettext("Tulis apa yang dibicarakan.")
        raise Invalid(message, faults=(FieldFault("minutes", "missing", message),))
    with transaction.atomic():
        row = Meeting.objects.select_for_update().get(pk=row.pk)
        if (row.minutes, row.decisions) == (minutes, decisions):
            return row.version
        if row.version != said.version:
            raise Conflict(
                gettext("Orang lain baru saja menulis. Bandingkan kedua naskah, lalu simpan lagi.")
            )
        row.minutes, row.decisions = minutes, decisions
        row.version, row.written_at = row.version + 1, clock.now()
        row.save(update_fields=["minutes", "decisions", "version", "written_at"])
        data: dict[str, object] = {"version": row.version}
        record(actor=actor, verb="meeting.written", obj=Ref("meeting", code), data=data, city=city)
        return row.version


def approve(*, actor: Actor, city: str, code: str, body: str, version: int) -> None:
    """Approve the version that stands, for a body that was asked to; once more changes nothing.

    Raises `Conflict` when it is no longer the one that was read, `NotAllowed`, `NotFound`.
    """
    actor.require_for(body, *SPEAKERS, city=city)
    with transaction.atomic():
        row = Meeting.objects.select_for_update().filter(city=city, code=code).first()
        guest = Invitee.objects.filter(meeting=row, body__public_id=body, signs=True).first()
        if row is None or guest is None or not row.version:
            raise NotFound(gettext("Notulensi ini tidak menunggu persetujuan Anda."))
        if row.version != version:
            raise Conflict(gettext("Notulensi sudah berubah. Baca naskah yang baru, lalu setujui."))
        values = {"at": clock.now()}
        _, is_new = Approval.objects.get_or_create(
            meeting=row, body_id=guest.body_id, version=version, defaults=values
        )
        if is_new:
            data: dict[str, object] = {"body": body, "version": version}
            record(actor=actor, verb="meeting.approved", obj=Ref("meeting", code), data=data, city=city)
