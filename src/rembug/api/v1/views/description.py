"""`GET /api/v1/openapi.json`: this interface described for programs."""

from functools import cache

import orjson
from django.conf import settings
from django.http import HttpResponse

from rembug.api.v1 import openapi
from rembug.api.v1.problems import endpoint
from rembug.api.v1.views.screen_map import conditional
from rembug.lib.request import Request


@endpoint("GET", "HEAD")
def description(request: Request) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return conditional(request, _bytes(settings.PUBLIC_URL), "application/json")


@cache
def _bytes(public_url: str) -> bytes:
    return orjson.dumps(openapi.document(public_url))
