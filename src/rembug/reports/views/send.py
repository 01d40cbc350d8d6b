"""Handing a report over: words and place first, the photo after, so that a report never waits for its photo."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from rembug.lib import ids
from rembug.lib.errors import Invalid, RembugError
from rembug.lib.request import Request
from rembug.reports.actions.photo import BYTES_MAX, add_photo
from rembug.reports.actions.receive import receive_one
from rembug.reports.rules.submission import Receipt, Submission


def send(request: Request, submission: Submission, photo: "UploadedFile[bytes] | None") -> Receipt:
    """Store the report, then its photo. A photo that cannot be taken is told, the report stands."""
    receipt: Receipt = receive_one(submission, actor=request.actor)
    if photo is not None and receipt.created:
        send_photo(request, receipt.token, photo)
    return receipt


def send_photo(request: Request, token: str, photo: "UploadedFile[bytes]") -> bool:
    """Store one photo of a report, or tell why not; return whether it is stored."""
    try:
        if (photo.size or 0) > BYTES_MAX:
            raise Invalid(gettext("Foto terlalu besar. Paling besar 10 MB."))
        add_photo(actor=request.actor, token=token, client_id=ids.uuid7(), data=photo.read())
    except RembugError as error:
        messages.error(
            request, gettext("Laporan sudah masuk, tetapi fotonya belum.") + " " + gettext(error.message)
        )
        return False
    return True
