"""Lessons for everybody."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.learning.queries import lessons
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places


@require_safe
def listing(request: Request) -> HttpResponse:
    """All lessons, in their order."""
    return render(request, "learning/list.html", {"lessons": lessons.listed(request.city)})


@require_safe
def lesson(request: Request, slug: str) -> HttpResponse:
    """One lesson with the figures of the chosen kelurahan."""
    try:
        found = lessons.lesson(request.city, slug, request.GET.get("wilayah", "")[:40])
    except NotFound as error:
        raise Http404(error.message) from error
    areas = places.areas(request.city, level="kelurahan")
    page = {"lesson": found, "areas": areas, "chosen": request.GET.get("wilayah", "")}
    return render(request, "learning/lesson.html", page)
