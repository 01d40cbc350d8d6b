"""A letter the day before a call, to whoever joined and asked for it; the address is kept no longer than that."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from rembug.calls.models import Call, Joining, Reminder
from rembug.lib import clock, ids
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.actions import letters

BEFORE = timedelta(hours=26)


def ask_reminder(*, actor: Actor, city: str, code: str, token: UUID, address: str, language: str) -> None:
    """Keep an address for one letter; again, or for an address that is already there, changes nothing.

    Nothing is said of whether the address was there. Raises `Invalid`, `NotFound`.
    """
    row = Call.objects.filter(city=city, code=code, cancelled_at=None, closed_at=None).first()
    if (
        row is None
        or row.starts_at < clock.now()
        or not Joining.objects.filter(call=row, token=token).exists()
    ):
        raise NotFound(gettext("Ajakan ini sudah mulai, selesai, atau dibatalkan."))
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        message = gettext("Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id")
        raise Invalid(message, faults=(FieldFault("address", "invalid", message),)) from None
    values = {"address": address, "address_hash": _hash(address), "language": language[:5]}
    try:
        with transaction.atomic():
            Reminder.objects.get_or_create(call=row, token=token, defaults=values)
    except IntegrityError:  # the same address joined twice
        return


def remind(*, actor: Actor) -> int:
    """Write to who asked, the day before or when a call is cancelled; return how many letters were taken."""
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya sistem yang mengirim pengingat."))
    now, sent = clock.now(), 0
    for row in Reminder.objects.exclude(address="").select_related("call").order_by("id")[:500]:
        is_due = row.call.cancelled_at is not None or row.call.starts_at - BEFORE <= now
        if not is_due:
            continue
        address, over = row.address, row.call.ends_at < now
        row.address, row.sent_at = "", None if over else now
        row.save(
            update_fields=["address", "sent_at"]
        )  # before the letter: a crash loses one, it never sends two
        if over:
            continue
        link = settings.PUBLIC_URL + reverse("calls:call", args=[row.call.code])
        name = "cancelled" if row.call.cancelled_at is not None else "reminder"
        sent += letters.send(address, f"calls/letters/{name}", {"call": row.call, "link": link}, row.language)
    return sent


def _hash(address: str) -> str:
    return ids.keyed(settings.SECRET_KEY, "calls.reminder", address, length=64)
