"""`media[]` and `media_url` of a request that a client posts: files in the form, or addresses to fetch."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from rembug.api.open311.wire import Refused
from rembug.lib.actor import system
from rembug.lib.images.outcome import Refusal
from rembug.lib.images.process import inspect
from rembug.lib.request import Request
from rembug.reports.actions.fetch import ADDRESS_MAX, link_photos
from rembug.reports.actions.photo import BYTES_MAX, PHOTOS_MAX, add_photo

NAMES = ("media[]", "media", "media_url")
WHOLE_MAX = PHOTOS_MAX * BYTES_MAX + 200_000
ACTOR = system("open311")


@dataclass(frozen=True, slots=True)
class Media:
    """What came with a request: pictures as bytes, addresses of pictures."""

    pictures: tuple[bytes, ...] = ()
    addresses: tuple[str, ...] = ()


def refuse_too_large(request: Request) -> None:
    """Refuse a body with more than the photos of one report before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > WHOLE_MAX:
        words = f"At most {PHOTOS_MAX} photos of {BYTES_MAX // 1_000_000} MB each."
        raise Refused(("413", words), status=413)


def media_of(request: Request) -> Media:
    """Return the photos of a request. Raises `Refused` with every fault."""
    files = [file for name in NAMES for file in request.FILES.getlist(name)]
    said = [str(text).strip() for name in NAMES for text in request.POST.getlist(name)]
    addresses = tuple(dict.fromkeys(filter(None, said)))
    faults = []
    if len(files) + len(addresses) > PHOTOS_MAX:
        faults.append(("400", f"media: at most {PHOTOS_MAX} photos of one request."))
    for address in addresses:
        if not address.startswith("https://") or len(address) > ADDRESS_MAX:
            words = f"media: an address begins with https:// and has at most {ADDRESS_MAX} characters."
            faults.append(("400", words))
    pictures = [] if faults else [_picture(file, faults) for file in files]
    if faults:
        raise Refused(*faults)
    return Media(tuple(pictures), addresses)


def keep(media: Media, client_id: uuid.UUID, token: str) -> None:
    """Give the photos to the report; the same request sent again adds none."""
    for number, data in enumerate(media.pictures):
        add_photo(actor=ACTOR, token=token, client_id=uuid.uuid5(client_id, f"media:{number}"), data=data)
    if media.addresses:
        link_photos(actor=ACTOR, token=token, addresses=media.addresses)


def _picture(file: UploadedFile[bytes], faults: list[tuple[str, str]]) -> bytes:
    if (file.size or 0) > BYTES_MAX:
        faults.append(("400", f"media: a photo has at most {BYTES_MAX // 1_000_000} MB."))
        return b""
    data: bytes = file.read()
    if isinstance(inspect(data), Refusal):
        faults.append(("400", "media: this file is no photo. Send JPEG, PNG, WebP or HEIC."))
    return data
