"""The thread, the balance of the four actors, and the rob programme: pages that gather from every step."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.web import balance
from rembug.web.thread import thread
from rembug.web.ways import BY_SLUG, PAGES


@require_safe
def thread_page(request: Request, kind: str, code: str) -> HttpResponse:
    """From a report to a measured outcome, on one page; `?teks` as plain text."""
    if kind not in PAGES:
        raise Http404("Alur ini tidak ada.")
    try:
        found = thread(request.city, kind, code if kind in BY_SLUG else code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
    if "teks" in request.GET:
        return HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    return render(request, "web/thread.html", {"thread": found})


@require_safe
def city(request: Request) -> HttpResponse:
    """The four actors side by side."""
    page = {
        "sides": balance.two_sides(request.city),
        "spheres": balance.spheres(request.city),
        "dimensions": balance.dimensions(request.city),
        "districts": balance.districts(request.city),
        "areas": places.areas(request.city, level="kelurahan"),
    }
    return render(request, "web/balance.html", page)


@require_safe
def body(request: Request, public_id: str) -> HttpResponse:
    """What a body was asked, answered, promised, kept."""
    return _one(request, lambda: balance.of_body(request.city, public_id))


@require_safe
def area(request: Request, slug: str) -> HttpResponse:
    """Everything that was asked and promised for an area."""
    return _one(request, lambda: balance.of_area(request.city, slug))


@require_safe
def district(request: Request, code: str) -> HttpResponse:
    """Everything of an electoral district, for its councillors."""
    return _one(request, lambda: balance.of_district(request.city, code))


@require_safe
def dimension(request: Request, code: str) -> HttpResponse:
    """Everything of one of the six dimensions."""
    return _one(request, lambda: balance.of_dimension(request.city, code))


def _one(request: Request, read: Callable[[], balance.Page]) -> HttpResponse:
    try:
        return render(request, "web/balance_of.html", {"page": read()})
    except NotFound as error:
        raise Http404(error.message) from error
