"""Following by e-mail: asked for, confirmed by a link, stopped by a link, then forgotten."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from rembug.alerts import words
from rembug.alerts.models import Alert, Delivery, Follower
from rembug.alerts.queries.faces import face_of
from rembug.alerts.queries.waiting import TRIES
from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import FieldFault, Invalid, NotFound
from rembug.places import queries as places

AGAIN_AFTER = timedelta(minutes=10)
UNCONFIRMED = timedelta(days=7)
BATCH = 200


def ask(*, actor: Actor, city: str, email: str, area: str, language: str) -> None:
    """Send a link that confirms. The answer is the same whether or not the address is known; no flood of letters."""
    try:
        validate_email(email)
    except Exception as error:
        message = "Tulis alamat e-mail yang benar."
        raise Invalid(message, faults=(FieldFault("email", "malformed", message),)) from error
    known = {one.code for one in places.areas(city)}
    if area and area not in known:
        message = "Pilih kelurahan dari daftar."
        raise Invalid(message, faults=(FieldFault("area", "unknown", message),))
    token, now = secrets.token_urlsafe(24), clock.now()
    with transaction.atomic():
        row = (
            Follower.objects.select_for_update()
            .filter(city=city, area_code=area, email=email.lower())
            .first()
        )
        if row is not None and (row.confirmed_at or row.asked_at > now - AGAIN_AFTER):
            return
        Follower.objects.update_or_create(
            city=city,
            area_code=area,
            email=email.lower(),
            defaults={"token_hash": _hash(token), "asked_at": now, "language": language},
        )
        record(actor=actor, verb="alert.follow_asked", obj=Ref("city", city), data={}, city=city)
    link = settings.PUBLIC_URL + reverse("alerts:confirm", args=[token])
    with translation.override(language):
        text = gettext("Buka tautan ini untuk menerima peringatan rob: %(link)s") % {"link": link}
        EmailMessage(gettext("Ikuti peringatan rob"), text, to=[email]).send()


def confirm(*, actor: Actor, city: str, token: str) -> Follower:
    """Confirm an address by its link. Raises `NotFound`."""
    row = Follower.objects.filter(city=city, token_hash=_hash(token)).first()
    if row is None:
        raise NotFound("Tautan ini tidak berlaku lagi. Minta yang baru.")
    if row.confirmed_at is None:
        with transaction.atomic():
            row.confirmed_at = clock.now()
            row.save(update_fields=["confirmed_at"])
            record(actor=actor, verb="alert.follow_confirmed", obj=Ref("city", city), data={}, city=city)
    return row


def deliver(*, actor: Actor) -> int:
    """Send what waits, oldest first; return how many letters left. A letter that fails is tried again later.

    A letter that failed does not come after the all-clear: what a later message to the same reader has overtaken is
    given up.
    """
    done = 0
    waiting = Delivery.objects.filter(sent_at=None, tries__lt=TRIES, channel="email")
    for row in waiting.select_related("alert", "follower").order_by("tries", "id")[:BATCH]:
        claimed = Delivery.objects.filter(pk=row.pk, sent_at=None, tries=row.tries).update(
            tries=row.tries + 1
        )
        if not claimed:
            continue
        if _overtaken(row):
            Delivery.objects.filter(pk=row.pk).update(tries=TRIES)
            continue
        _letter(row).send()
        Delivery.objects.filter(pk=row.pk).update(sent_at=clock.now())
        done += 1
    return done


def _overtaken(row: Delivery) -> bool:
    """Tell whether a later message of the same warning has already reached this reader."""
    if row.alert.state == Alert.State.RELEASED:
        return False
    found, later = list[int](), [row.alert_id]
    while later:
        later = list(Alert.objects.filter(follows_id__in=later).values_list("pk", flat=True))
        found += later
    sent = Delivery.objects.filter(follower=row.follower, alert_id__in=found)
    return sent.exclude(sent_at=None).exists()


def prune(*, actor: Actor) -> int:
    """Forget addresses that were never confirmed."""
    old = Follower.objects.filter(confirmed_at=None, asked_at__lt=clock.now() - UNCONFIRMED)
    return old.delete()[0]


def _letter(row: Delivery) -> EmailMessage:
    alert, follower = row.alert, row.follower
    if follower is None:
        raise NotFound("Penerima sudah tidak ada.")
    with translation.override(follower.language):
        said = face_of(alert)
        address = settings.PUBLIC_URL + reverse("alerts:alert", args=[alert.code])
        stopping = settings.PUBLIC_URL + reverse("alerts:stop", args=[_stop_token(follower)])
        sure = f"{words.who(said)}. {words.how_sure(said).capitalize()}, {words.until(said)}."
        stop = gettext("Berhenti menerima: %(link)s") % {"link": stopping}
        text = "\n\n".join([said.description, said.instruction, sure, address, stop])
        subject = words.headline(said)
    headers = {"List-Unsubscribe": f"<{stopping}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, text, to=[follower.email], headers=headers)


def _stop_token(follower: Follower) -> str:
    """A link in each letter stops it; its token is renewed by nobody, so it is derived from the key and the row."""
    return f"s{follower.pk}-{_hash(f'{settings.SECRET_KEY}:{follower.pk}:{follower.email}')[:32]}"


def stop(*, actor: Actor, city: str, token: str) -> None:
    """Stop by the link of a letter and forget the address; once more changes nothing."""
    number = token[1:].split("-", 1)[0]
    row = Follower.objects.filter(city=city, pk=int(number)).first() if number.isdigit() else None
    if row is not None and secrets.compare_digest(_stop_token(row), token):
        with transaction.atomic():
            row.delete()
            record(actor=actor, verb="alert.follow_stopped", obj=Ref("city", city), data={}, city=city)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
