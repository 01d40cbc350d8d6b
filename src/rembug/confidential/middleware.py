"""The reporter's pages know nobody: who asks is forgotten before any other code of the site sees the request."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rembug.confidential.rules.throttle import nameless
from rembug.lib import address

PLACE = "/rahasia/"
# What a page needs. Everything else that a browser tells (address, cookies, kind of phone, last page) is dropped.
KEPT = {
    *("HTTP_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE"),
    *("HTTP_SEC_FETCH_SITE", "HTTP_X_FORWARDED_PROTO"),
}
NETWORK = ("REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "REMOTE_USER")
Answer = Callable[[HttpRequest], HttpResponseBase]


class NobodyHere:
    """Takes away who asks, and sends no cookie back. Stands before everything else, the log of requests included."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not f"{request.path_info}/".startswith(PLACE):
            return self.get_response(request)
        self._forget(request)
        response = self.get_response(request)
        response.cookies.clear()
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noarchive"
        return response

    def _forget(self, request: Any) -> None:
        request.caller = nameless(address.network_of(request))  # for counting, in this process only
        tongue = request.GET.get("bahasa") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        for name in [name for name in request.META if name.startswith("HTTP_") and name not in KEPT]:
            del request.META[name]
        for name in NETWORK:
            request.META.pop(name, None)
        if tongue in dict(settings.LANGUAGES):
            request.META["HTTP_COOKIE"] = f"{settings.LANGUAGE_COOKIE_NAME}={tongue}"
        for seen in ("headers", "COOKIES"):  # what the request has read of itself so far
            request.__dict__.pop(seen, None)
