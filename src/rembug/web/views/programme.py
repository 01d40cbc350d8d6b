"""The rob programme: who does what, as a list, a map and open data."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.request import Request
from rembug.web import queries
from rembug.web import works as programme


@require_safe
def works(request: Request) -> HttpResponse:
    """Works of any owner and funder, by kelurahan; the map is drawn once the list can be read."""
    told = {
        "bounds": queries.face(request.city).bounds,
        "tiles": settings.BASEMAP_TILES if settings.BASEMAP_ORIGIN else "",
        "credit": settings.BASEMAP_CREDIT,
    }
    page = {"works": programme.works(request.city), "settings": orjson.dumps(told).decode()}
    return render(request, "web/works.html", page)


@require_safe
def geojson(request: Request) -> HttpResponse:
    """The same works for maps of others."""
    body = orjson.dumps(programme.geojson(programme.works(request.city)))
    answer = HttpResponse(body, content_type="application/geo+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
