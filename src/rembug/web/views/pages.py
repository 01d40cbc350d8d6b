"""Pages of words: about the platform, about its data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.request import Request
from rembug.reports.words import DEPTHS, RUNGS, depth_cm
from rembug.web.context import exists

DOWNLOADS = (
    ("/api/v1/reports.geojson", "GeoJSON"),
    ("/api/v1/reports.csv", "CSV"),
    ("/api/v1/reports", "JSON"),
    ("/api/v1/incidents.geojson", "GeoJSON"),
    ("/api/v1/incidents.csv", "CSV"),
    ("/api/v1/incidents", "JSON"),
    ("/api/v1/feed.atom", "Atom"),
    ("/api/v1/forecast", "JSON"),
    ("/api/v1/forecast.atom", "Atom"),
    ("/api/v1/openapi.json", "OpenAPI 3.1"),
)


@require_safe
def about(request: Request) -> HttpResponse:
    """What Rembug is, how to use it, whom to ask."""
    return render(request, "web/about.html")


@require_safe
def data(request: Request) -> HttpResponse:
    """Licence, fields, how a probability is made, and where to take the data."""
    page = {
        "downloads": [(path, kind) for path, kind in DOWNLOADS if exists(path)],
        "depths": [depth_cm(code) for code in DEPTHS],
        "rungs": RUNGS.values(),
    }
    return render(request, "web/data.html", page)
