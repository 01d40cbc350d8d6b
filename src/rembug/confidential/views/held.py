"""An open box stays open for a quarter of an hour, in the officer's browser and nowhere else.

The private key travels in a cookie, locked with a key of the server and bound to this sign-in: the server keeps
nothing, a stolen cookie opens nothing without the session and the server's secret.
"""

from __future__ import annotations

import base64
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse

from rembug.confidential.queries.boxes import Held
from rembug.confidential.rules import seal
from rembug.lib import clock
from rembug.lib.request import Request

NAME = "__Secure-box" if settings.HTTPS else "box"
PATH = "/kerja/rahasia/"
OPEN_FOR_S = 15 * 60
STAMP_BYTES = 8


def keep(request: Request, response: HttpResponse, held: Held) -> None:
    """Leave the box open in this browser."""
    ends = int(clock.now().timestamp()) + OPEN_FOR_S
    locked = seal.lock(ends.to_bytes(STAMP_BYTES, "big") + held.private, _key(), _context(request, held.body))
    response.set_cookie(
        NAME,
        base64.urlsafe_b64encode(locked).decode(),
        max_age=OPEN_FOR_S,
        path=PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def read(request: Request, body: str) -> Held | None:
    """Return the open box, or nothing when it is closed, over, of another sign-in or another body."""
    try:
        locked = base64.urlsafe_b64decode(request.COOKIES.get(NAME, "").encode())
        plain = seal.unlock(locked, _key(), _context(request, body))
    except (ValueError, seal.Unreadable):
        return None
    if int.from_bytes(plain[:STAMP_BYTES], "big") <= clock.now().timestamp():
        return None
    return Held(body, plain[STAMP_BYTES:])


def close(response: HttpResponse) -> None:
    """Close the box in this browser."""
    response.delete_cookie(NAME, path=PATH, samesite="Strict")


def _key() -> bytes:
    return seal.derive(settings.CONFIDENTIAL_KEY.encode(), "open box")


def _context(request: Request, body: str) -> str:
    session = sha256((request.session.session_key or "").encode()).hexdigest()
    return f"rembug open {request.actor.public_id} {session} {body}"
