"""The week of a group or of the network: to read, to print, to paste into a chat."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.web.weekly import week_of


@require_safe
def week(request: Request, public_id: str = "") -> HttpResponse:
    """One week; `?teks` gives the plain text."""
    try:
        found = week_of(request.city, public_id)
    except NotFound as error:
        raise Http404(error.message) from error
    if "teks" in request.GET:
        return HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    return render(request, "web/week.html", {"week": found, "body": public_id})
