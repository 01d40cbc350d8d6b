"""Headers that every answer carries (ASVS 5.0, 3.4): what a browser may load, frame, remember and tell others."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http.response import HttpResponseBase

from rembug.lib.request import Request
from rembug.web.views import health

Answer = Callable[[Request], HttpResponseBase]

YEAR_S = 31_536_000
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), "
    "browsing-topics=(), interest-cohort=()",
}
# Data, photos and scripts are never pages: nothing in them may run, and nobody may frame them.
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
# A script may be started as a worker, and a sandboxed worker has no cryptography (the proof of work needs it).
SCRIPT_POLICY = CLOSED_POLICY.removesuffix("; sandbox")


def page_policy(nonce: str) -> str:
    """Return the content security policy of one page.

    Scripts run only with the page's nonce. A basemap's origin is added to the images when the operator has
    switched one on (`REMBUG_BASEMAP_ORIGIN`); nothing else comes from outside.
    """
    images = " ".join(filter(None, ("'self' data: blob:", settings.BASEMAP_ORIGIN)))
    parts = [
        "default-src 'none'",
        f"script-src 'nonce-{nonce}'",
        "style-src 'self'",
        f"img-src {images}",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
    if settings.HTTPS:
        parts.append("upgrade-insecure-requests")
    return "; ".join(parts)


class SecurityHeaders:
    """Gives each request a nonce and each answer its headers; a view that set one itself keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.constant = dict(ALWAYS)
        if settings.HTTPS:
            self.constant["Strict-Transport-Security"] = f"max-age={YEAR_S}; includeSubDomains"

    def __call__(self, request: Request) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(16)
        response = self.get_response(request)
        headers = response.headers
        for name, value in self.constant.items():
            headers.setdefault(name, value)
        if headers.get("Content-Type", "").startswith("text/html"):
            headers.setdefault("Content-Security-Policy", page_policy(request.csp_nonce))
            # A page carries a nonce and speaks the reader's language: it is asked for anew each time.
            headers.setdefault("Cache-Control", "private, no-cache")
        else:
            is_script = headers.get("Content-Type", "").startswith("text/javascript")
            headers.setdefault("Content-Security-Policy", SCRIPT_POLICY if is_script else CLOSED_POLICY)
        return response


class HealthFirst:
    """Answers `/healthz` and `/readyz` before anything asks the database which city a host name means.

    A database that is away is what these two tell about; and a balancer calls them by a bare address.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.views: dict[str, Answer] = {"/healthz": health.live, "/readyz": health.ready}

    def __call__(self, request: Request) -> HttpResponseBase:
        return self.views.get(request.path, self.get_response)(request)
