"""Photos that another system only links to: noted with the report, fetched by a job, then photos like any other."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock, http
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import FieldFault, Invalid, RembugError
from rembug.lib.lease import lease
from rembug.reports.actions.photo import BYTES_MAX, PHOTOS_MAX, add_photo
from rembug.reports.models import Photo, PhotoLink, Report
from rembug.reports.rules import receipts

ADDRESS_MAX = 500
TRIES_MAX = 6  # the last one after about half an hour
LEASE_S = 120.0
BATCH = 20


def link_photos(*, actor: Actor, token: str, addresses: Iterable[str]) -> int:
    """Note where photos of a report lie; return how many are new. The receipt is the right; a repeat is harmless.

    Raises `Invalid` for an address that is none.
    """
    wanted = list(dict.fromkeys(addresses))
    if any(not address.startswith("https://") or len(address) > ADDRESS_MAX for address in wanted):
        message = f"Alamat foto mulai dengan https:// dan paling panjang {ADDRESS_MAX} huruf."
        raise Invalid(message, faults=(FieldFault("media_url", "no-address", message),))
    report = Report.objects.filter(
        receipt_hash=receipts.fingerprint(token), state=Report.State.ACTIVE
    ).first()
    if report is None:
        return 0
    keys = {uuid.uuid5(report.client_id, address): address for address in wanted[:PHOTOS_MAX]}
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)  # two sends of one report at once
        for model in (PhotoLink, Photo):
            for known in model.objects.filter(client_id__in=keys).values_list("client_id", flat=True):
                keys.pop(known, None)
        now = clock.now()
        PhotoLink.objects.bulk_create(
            PhotoLink(report=report, client_id=key, address=address, due_at=now)
            for key, address in keys.items()
        )
        if keys:
            record(actor=ANONYMOUS, verb="photo.linked", obj=Ref("report", report.code), city=report.city)
    return len(keys)


def fetch_linked(*, actor: Actor) -> int:
    """Fetch what is due; return how many became photos. One that cannot be had is tried again a few times."""
    done = 0
    with lease("photo-links", LEASE_S) as held:
        if not held:
            return 0
        due = (
            PhotoLink.objects.filter(due_at__lte=clock.now())
            .select_related("report")
            .order_by("due_at", "pk")
        )
        for row in list(due[:BATCH]):
            done += _fetch(row, actor)
            if not held.keep():
                break
    return done


def _fetch(row: PhotoLink, actor: Actor) -> bool:
    if row.report.state != Report.State.ACTIVE:
        row.delete()
        return False
    try:
        data = http.fetch(row.address, largest=BYTES_MAX).body
    except http.Unreachable:
        _later(row, actor)
        return False
    token = receipts.token(settings.SECRET_KEY, row.report.client_id)
    try:
        add_photo(actor=actor, token=token, client_id=row.client_id, data=data)
    except RembugError as error:  # no picture, too many, or withdrawn meanwhile
        _give_up(row, error.faults[0].code if error.faults else error.code, actor)
        return False
    row.delete()
    return True


def _later(row: PhotoLink, actor: Actor) -> None:
    row.tries += 1
    if row.tries >= TRIES_MAX:
        _give_up(row, "unreachable", actor)
        return
    row.due_at = clock.now() + timedelta(minutes=2 ** (row.tries - 1))
    row.save(update_fields=["tries", "due_at"])


def _give_up(row: PhotoLink, reason: str, actor: Actor) -> None:
    with transaction.atomic():
        report = Ref("report", row.report.code)
        record(actor=actor, verb="photo.refused", obj=report, data={"reason": reason}, city=row.report.city)
        row.delete()
