"""Taking in a photo: the bytes are kept as they came, out of public reach, until the darkroom has made it anew."""

import hashlib
import secrets
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor
from rembug.lib.errors import FieldFault, Invalid, KeyReused, NotFound
from rembug.lib.images.outcome import MAX_BYTES, Refusal
from rembug.lib.images.process import inspect
from rembug.reports.models import Photo, Report
from rembug.reports.rules import receipts

BYTES_MAX = MAX_BYTES
PHOTOS_MAX = 4
INCOMING = "incoming"


def add_photo(*, actor: Actor, token: str, client_id: UUID, data: bytes) -> tuple[Photo, bool]:
    """Store a photo of the report whose receipt this is; return it and whether it is new.

    The same client id with the same bytes is the same photo. `actor` is whoever holds the receipt: the token is
    the right. Raises `NotFound`, `Invalid` (empty, too big, too many, no picture) or `KeyReused`.
    """
    digest = hashlib.sha256(data).hexdigest()
    report = _report(token)
    known = Photo.objects.filter(client_id=client_id).first()
    if known is not None:
        return _same(known, report, digest), False
    _refuse_bad(report, data)
    name = secrets.token_hex(16)
    path = default_storage.save(
        f"{INCOMING}/{name}", ContentFile(data)
    )  # a file without row is swept; never the reverse
    try:
        with transaction.atomic():
            photo = Photo.objects.create(
                report=report,
                client_id=client_id,
                name=name,
                payload_hash=digest,
                bytes=len(data),
                received_at=clock.now(),
            )
            record(actor=ANONYMOUS, verb="photo.received", obj=Ref("report", report.code), city=report.city)
    except IntegrityError:  # the same photo came in twice at once
        default_storage.delete(path)
        return _same(Photo.objects.get(client_id=client_id), report, digest), False
    return photo, True


def _report(token: str) -> Report:
    report = Report.objects.filter(
        receipt_hash=receipts.fingerprint(token), state=Report.State.ACTIVE
    ).first()
    if report is None:
        raise NotFound("Tanda terima ini tidak dikenal.")
    return report


def _same(photo: Photo, report: Report, digest: str) -> Photo:
    if photo.report_id != report.pk or photo.payload_hash != digest:
        raise KeyReused("Kunci kirim ini sudah dipakai untuk foto lain.")
    return photo


def _refuse_bad(report: Report, data: bytes) -> None:
    if len(data) > BYTES_MAX:
        raise _fault("too-large", "Foto terlalu besar. Paling besar 10 MB.")
    if isinstance(inspect(data), Refusal):
        raise _fault("not-a-photo", "Berkas ini bukan foto. Pakai JPEG, PNG, WebP atau HEIC.")
    if report.photos.count() >= PHOTOS_MAX:
        raise _fault("too-many", f"Satu laporan paling banyak {PHOTOS_MAX} foto.")


def _fault(code: str, message: str) -> Invalid:
    return Invalid(message, faults=(FieldFault("photo", code, message),))
