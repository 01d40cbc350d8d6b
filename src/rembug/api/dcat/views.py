"""The catalogue in two notations."""

from __future__ import annotations

import orjson
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from rembug.api.dcat import turtle as notation
from rembug.api.dcat.graph import PREFIXES, catalog
from rembug.evidence.queries.datasets import catalogue
from rembug.lib.request import Request
from rembug.places import queries as places


@require_safe
def jsonld(request: Request) -> HttpResponse:
    """The catalogue as JSON-LD."""
    body = {"@context": PREFIXES, **_graph(request)}
    return _open(HttpResponse(orjson.dumps(body), content_type="application/ld+json"))


@require_safe
def turtle(request: Request) -> HttpResponse:
    """The catalogue as Turtle."""
    text = notation.write(_graph(request), PREFIXES)
    return _open(HttpResponse(text, content_type="text/turtle; charset=utf-8"))


def _graph(request: Request) -> dict[str, object]:
    return catalog(places.city(request.city).name, catalogue(request.city))


def _open(answer: HttpResponse) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
