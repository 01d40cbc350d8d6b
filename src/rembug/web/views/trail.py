"""Where it went: a report's way, and the voices and words of this phone or account."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.web import trail


@require_safe
def own(request: Request) -> HttpResponse:
    """What I supported and wrote, and what became of it; only this phone or account sees it."""
    found = trail.of_own(request.actor, request.city, settings.SECRET_KEY)
    answer = render(request, "web/trail.html", {"trail": found})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def report(request: Request, code: str) -> HttpResponse:
    """Into which data, arguments, proposals and promises a report went."""
    try:
        found = trail.of_report(request.city, code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
    return render(request, "web/trail_report.html", {"trail": found})
