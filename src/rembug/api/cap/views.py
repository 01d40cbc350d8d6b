"""Messages byte for byte, and their feed (RFC 4287)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from rembug.alerts import seal, words
from rembug.alerts.queries import faces
from rembug.alerts.queries.faces import AlertFace
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places

TYPE = "application/cap+xml"
ENTRIES = 50


@require_safe
def message(request: Request, code: str) -> HttpResponse:
    """One message: ours as it was signed, others' as they sent it."""
    try:
        data = faces.xml_of(request.city, code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
    return _open(request, data, TYPE, forever=True)


@require_safe
def feed(request: Request) -> HttpResponse:
    """The messages sent last; each entry links its CAP file."""
    found = faces.recent(request.city, ENTRIES)
    base = settings.PUBLIC_URL
    here = base + reverse("cap:feed")
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    updated = max((face.changed_at for face in found), default=today)
    title = gettext("Peringatan di %(city)s") % {"city": places.city(request.city).name}
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<title>{escape(title)}</title><id>{escape(here)}</id><updated>{_iso(updated)}</updated>",
        f'<link rel="self" href={quoteattr(here)}/><link href={quoteattr(base + "/peringatan/")}/>',
        "<author><name>Rembug</name></author>\n",
        *(_entry(face) for face in found),
        "</feed>\n",
    ]
    return _open(request, "".join(parts).encode(), "application/atom+xml; charset=utf-8")


@require_safe
def certificate(request: Request) -> HttpResponse:
    """The certificate that our signatures can be checked with."""
    return _open(request, seal.certificate(), "application/x-pem-file")


def _entry(face: AlertFace) -> str:
    page = settings.PUBLIC_URL + reverse("alerts:alert", args=[face.code])
    file = settings.PUBLIC_URL + reverse("cap:message", args=[face.code])
    return (
        f"<entry><title>{escape(words.headline(face))}</title><id>{escape(page)}</id>"
        f"<updated>{_iso(face.changed_at)}</updated><author><name>{escape(words.who(face))}</name></author>"
        f'<link href={quoteattr(page)}/><link rel="enclosure" type="{TYPE}" href={quoteattr(file)}/>'
        f"<summary>{escape(face.description)}</summary></entry>\n"
    )


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _open(request: Request, data: bytes, kind: str, *, forever: bool = False) -> HttpResponse:
    etag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    known = etag in request.headers.get("If-None-Match", "")
    answer = HttpResponse(status=304) if known else HttpResponse(data, content_type=kind)
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "public, max-age=60"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
