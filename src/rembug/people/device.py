"""A phone without account: a random token in a cookie, known to us only by its keyed hash."""

import re
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rembug.lib import ids
from rembug.lib.actor import ANONYMOUS, Actor

YEAR_S = 365 * 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")  # 22 symbols carry 128 bits


def read(request: HttpRequest) -> str:
    """Return the keyed hash of the caller's device, or "" when it shows none."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or request.headers.get("X-Device-Token", "")
    return _hash(token) if TOKEN.fullmatch(token) else ""


def actor(device_hash: str) -> Actor:
    """Return the actor behind a device hash.

    All phones share one public id: a stable one would let a reader of the public log follow a household.
    """
    return Actor("device", "device", device_hash=device_hash) if device_hash else ANONYMOUS


def ensure_device(request: HttpRequest, response: HttpResponse | None = None) -> Actor:
    """Give the caller a device token if it has none, and return the actor, also set on the request.

    Call it in pages that need to know a phone again, and nowhere else. The cookie goes out with the response
    whether or not it is handed in here.
    """
    caller: Any = request
    if not caller.actor.device_hash:
        token = secrets.token_urlsafe(16)
        caller.fresh_device = token
        held: Actor = caller.actor
        device_hash = _hash(token)
        caller.actor = (
            Actor(held.public_id, "person", held.grants, held.person_id, device_hash)
            if held.kind == "person"
            else actor(device_hash)
        )
    if response is not None:
        set_cookie(request, response)
    result: Actor = caller.actor
    return result


def set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Send the token that `ensure_device` made in this request, if it made one."""
    token = getattr(request, "fresh_device", "")
    if token:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            token,
            max_age=YEAR_S,
            path="/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )


def _hash(token: str) -> str:
    return ids.keyed(settings.SECRET_KEY, "device", token)
