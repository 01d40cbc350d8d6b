"""Following a case by letter: asked, confirmed by the letter's link, told of each public step, ended by a link."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext

from rembug.cases.models import Case, Follower, Step
from rembug.cases.rules.states import CLOSED
from rembug.lib import clock, ids
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
        message = gettext("Alamat e-mail ini tidak lengkap. Contoh: nama@contoh.id")
        raise Invalid(message, faults=(FieldFault("address", "invalid", message),)) from None
    case = Case.objects.filter(city=city, code=code[:16].upper()).first()
    if case is None:
        raise NotFound(gettext("Kasus ini tidak ada."))
    now = clock.now()
    with transaction.atomic():
        row = Follower.objects.select_for_update().filter(case=case, address=address).first()
        if row is not None and (row.confirmed_at or row.asked_at > now - AGAIN):
            return
        last = Step.objects.filter(case=case).order_by("-id").values_list("id", flat=True).first() or 0
        values = {"asked_at": now, "language": language[:5], "told": last}
        row, _ = Follower.objects.update_or_create(case=case, address=address, defaults=values)
    link = settings.PUBLIC_URL + reverse("cases:followed", args=[_token(row)])
    letters.send(address, "cases/letters/confirm", {"case": case, "link": link}, language)


def confirm(*, actor: Actor, token: str) -> str:
    """Begin to follow; return the case's number. Again is harmless. Raises `NotFound`."""
    row = _follower(token)
    if row is None:
        raise NotFound(gettext("Tautan ini tidak berlaku lagi. Minta yang baru di halaman kasus."))
    if row.confirmed_at is None:
        row.confirmed_at = clock.now()
        row.save(update_fields=["confirmed_at"])
    return row.case.code


def end(*, actor: Actor, token: str) -> None:
    """Follow no longer; the address is erased. Again is harmless."""
    row = _follower(token)
    if row is not None:
        row.delete()


def tell(*, actor: Actor) -> int:
    """Send each confirmed follower the public steps since the last letter; forget those whose time is over."""
    if actor.kind != "system":
        raise NotAllowed(gettext("Hanya sistem yang mengirim kabar."))
    now, sent = clock.now(), 0
    Follower.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED).delete()
    Follower.objects.filter(case__state__in=CLOSED, case__changed_at__lt=now - AFTER_END).delete()
    news = Step.objects.exclude(public="", state="").filter(case=OuterRef("case"), id__gt=OuterRef("told"))
    behind = Follower.objects.exclude(confirmed_at=None).filter(Exists(news)).select_related("case")
    for row in behind.order_by("id").iterator(500):
        told = Step.objects.exclude(public="", state="").filter(case=row.case, id__gt=row.told)
        steps = list(told.order_by("id")[:20])
        if not steps:
            continue
        row.told = steps[-1].pk
        row.save(update_fields=["told"])  # before the letter: a crash loses one, never sends two
        base = settings.PUBLIC_URL
        context: dict[str, object] = {
            "case": row.case,
            "steps": steps,
            "page": base + reverse("cases:case", args=[row.case.code]),
            "link": base + reverse("cases:unfollow", args=[_token(row)]),
        }
        sent += letters.send(row.address, "cases/letters/news", context, row.language)
    return sent


def _token(row: Follower) -> str:
    """Return the secret of a follower's links: the same in every letter, so that an old one still ends it."""
    return f"{row.public_id}-{ids.keyed(settings.SECRET_KEY, 'cases.follower', row.public_id)}"


def _follower(token: str) -> Follower | None:
    row = Follower.objects.select_related("case").filter(public_id=token.partition("-")[0]).first()
    return row if row is not None and hmac.compare_digest(_token(row).encode(), token.encode()) else None
