"""Promises for everybody: who promised what, whether it was kept, whether it worked."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.commitments.actions.picture import KIND
from rembug.commitments.queries import promises
from rembug.commitments.words import OUTCOMES, STATES
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.lib.sheets import CSV_TYPE, csv_of
from rembug.places import queries as places
from rembug.reports.queries import attached

COLUMNS = (
    *("code", "title", "kind", "body_name", "funder_name", "amount", "source", "source_code", "due_on"),
    *("area_code", "area_name", "place", "standing", "confirmed", "delivered_on", "indicator", "target"),
    *("outcome", "proposal"),
)


@require_safe
def listing(request: Request) -> HttpResponse:
    """All promises, newest change first."""
    asked = {name: request.GET.get(name, "")[:40] for name in ("wilayah", "pihak", "keadaan", "hasil")}
    found = promises.listed(
        request.city,
        area=asked["wilayah"],
        body=asked["pihak"],
        state=asked["keadaan"],
        outcome=asked["hasil"],
    )
    page = {
        "promises": found,
        "kept": promises.kept(found),
        "asked": asked,
        "areas": places.areas(request.city, level="kelurahan"),
        "states": STATES.items(),
        "outcomes": OUTCOMES.items(),
    }
    return render(request, "commitments/list.html", page)


@require_safe
def promise(request: Request, code: str) -> HttpResponse:
    """One promise with every step, its evidence, and what the data say."""
    try:
        found = promises.promise(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    photos = attached.public(request.city, KIND, found.code)
    return render(request, "commitments/promise.html", {"promise": found, "photos": photos})


@require_safe
def table(request: Request) -> HttpResponse:
    """All promises as CSV."""
    rows = ([getattr(face, name) for name in COLUMNS] for face in promises.listed(request.city))
    answer = HttpResponse(csv_of(COLUMNS, rows), content_type=CSV_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="komitmen.csv"'
    return answer
