"""Which city a request is about, and what time it is there."""

from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries


class CityMiddleware:
    """Sets `request.city` (slug) by the host name and its time zone; without a match it is the default city."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        slug = queries.slug_of_host(request.get_host())
        cast(Request, request).city = slug
        try:
            zone = ZoneInfo(queries.city(slug).timezone)
        except NotFound:  # before its pack is loaded: pages still show, in the default zone
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)
