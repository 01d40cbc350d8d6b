"""Following a case by letter: asked, confirmed by the letter's link, told of each public step, ended by a link."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from rembug.cases.models import Case, Follower, Step
from rembug.cases.rules.states import CLOSED
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotAllowed, NotFound
from rembug.people.actions import letters

UNCONFIRMED = timedelta(days=2)
AFTER_END = timedelta(days=60)  # a settled case may be reopened; then followers are forgotten
AGAIN = timedelta(hours=1)


def ask(*, actor: Actor, city: str, code: str, address: str, language: str) -> None:
    """Send the letter that confirms an address; for one that follows already, or was asked just now, nothing.

    The answer is the same in each case, so that nobody learns who follows. Raises `Invalid`, `NotFound`.
    """
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        message = "Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id"
        raise Invalid(message, faults=(FieldFault("address", "invalid", message),)) from None
    case = Case.objects.filter(city=city, code=code[:16].upper()).first()
    if case is None:
        raise NotFound("Kasus ini tidak ada.")
    token, now = secrets.token_urlsafe(24), clock.now()
    with transaction.atomic():
        row = Follower.objects.select_for_update().filter(case=case, address=address).first()
        if row is not None and (row.confirmed_at or row.asked_at > now - AGAIN):
            return
        last = Step.objects.filter(case=case).order_by("-id").values_list("id", flat=True).first() or 0
        values = {"token_hash": _hash(token), "asked_at": now, "language": language[:5], "told": last}
        Follower.objects.update_or_create(case=case, address=address, defaults=values)
    link = settings.PUBLIC_URL + reverse("cases:followed", args=[token])
    letters.send(address, "cases/letters/confirm", {"case": case, "link": link}, language)


def confirm(*, actor: Actor, token: str) -> str:
    """Begin to follow; return the case's number. Again is harmless. Raises `NotFound`."""
    row = Follower.objects.select_related("case").filter(token_hash=_hash(token)).first()
    if row is None:
        raise NotFound("Tautan ini tidak berlaku lagi. Minta yang baru di halaman kasus.")
    if row.confirmed_at is None:
        row.confirmed_at = clock.now()
        row.save(update_fields=["confirmed_at"])
    return row.case.code


def end(*, actor: Actor, token: str) -> None:
    """Follow no longer; the address is erased. Again is harmless."""
    Follower.objects.filter(token_hash=_hash(token)).delete()


def tell(*, actor: Actor) -> int:
    """Send each confirmed follower the public steps since the last letter; forget those whose time is over."""
    if actor.kind != "system":
        raise NotAllowed("Hanya sistem yang mengirim kabar.")
    now, sent = clock.now(), 0
    Follower.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED).delete()
    Follower.objects.filter(case__state__in=CLOSED, case__changed_at__lt=now - AFTER_END).delete()
    fresh = Follower.objects.exclude(confirmed_at=None).select_related("case").order_by("id")
    for row in fresh.iterator(500):
        steps = list(
            Step.objects.filter(case=row.case, id__gt=row.told)
            .exclude(public="", state="")
            .order_by("id")[:20]
        )
        if not steps:
            continue
        token = secrets.token_urlsafe(24)  # each letter ends its own way of ending
        row.told, row.token_hash = steps[-1].pk, _hash(token)
        row.save(
            update_fields=["told", "token_hash"]
        )  # before the letter: a crash loses one, never sends two
        base = settings.PUBLIC_URL
        context: dict[str, object] = {
            "case": row.case,
            "steps": steps,
            "page": base + reverse("cases:case", args=[row.case.code]),
            "link": base + reverse("cases:unfollow", args=[token]),
        }
        sent += letters.send(row.address, "cases/letters/news", context, row.language)
    return sent


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
