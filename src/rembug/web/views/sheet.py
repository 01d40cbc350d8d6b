"""The evidence sheets of the six dimensions, as a page and as CSV."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.cells import safe_cell
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.web import balance
from rembug.web.sheet import Sheet
from rembug.web.sheet import sheet as read

COLUMNS = ("part", "what", "value", "low_90", "high_90", "unit", "state", "as_of", "source", "address")


@require_safe
def listing(request: Request) -> HttpResponse:
    """The six sheets."""
    return render(request, "web/sheets.html", {"dimensions": balance.dimensions(request.city)})


@require_safe
def sheet(request: Request, code: str) -> HttpResponse:
    """One sheet; each number leads to its source."""
    return render(request, "web/sheet.html", {"sheet": _found(request, code)})


@require_safe
def table(request: Request, code: str) -> HttpResponse:
    """One sheet as CSV; a number that is not known is an empty cell."""
    found = _found(request, code)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for row in found.rows:
        cells = (row.part, row.what, row.value, row.low, row.high, row.unit, row.state, row.at, row.source)
        rows.writerow([safe_cell(cell) for cell in cells] + [settings.PUBLIC_URL + row.address])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lembar-bukti-{found.code}.csv"'
    return answer


def _found(request: Request, code: str) -> Sheet:
    try:
        return read(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
