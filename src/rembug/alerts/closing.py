"""Which warnings a reader has put away: kept in a cookie of their own, by number, for two days."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NAME = "__Host-closed" if settings.HTTPS else "closed"
MOST, AGE_S = 20, 172_800
CODE = re.compile(r"^[0-9A-Z]{1,16}$")


def closed(request: HttpRequest) -> frozenset[str]:
    """Return the numbers that the reader's cookie names."""
    parts = request.COOKIES.get(NAME, "").split(".")[:MOST]
    return frozenset(part for part in parts if CODE.match(part))


def remember(request: HttpRequest, answer: HttpResponse, code: str) -> None:
    """Add a number to the cookie."""
    if not CODE.match(code):
        return
    kept = [code, *sorted(closed(request) - {code})][:MOST]
    answer.set_cookie(
        NAME, ".".join(kept), max_age=AGE_S, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
