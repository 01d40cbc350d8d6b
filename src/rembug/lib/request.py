"""What a view may expect of its request, after the middleware."""

from typing import Any

from django.http import HttpRequest

from rembug.lib.actor import Actor


class Request(HttpRequest):
    """A request with its actor, its city (slug), the nonce of its page and what htmx said."""

    actor: Actor
    city: str
    csp_nonce: str
    htmx: Any  # django_htmx.middleware.HtmxDetails, untyped here
