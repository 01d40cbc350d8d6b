"""The evidence sheets of the six dimensions, as a page and as CSV."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.lib.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_of, xlsx_of
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
    answer = HttpResponse(csv_of(COLUMNS, _rows(found)), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="lembar-bukti-{found.code}.csv"'
    return answer


@require_safe
def workbook(request: Request) -> HttpResponse:
    """The six sheets as one workbook, for the forms of the evaluation."""
    sheets = [read(request.city, code) for code, _ in balance.dimensions(request.city)]
    content = xlsx_of([(one.name, COLUMNS, list(_rows(one))) for one in sheets])
    answer = HttpResponse(content, content_type=XLSX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="lembar-bukti-{request.city}.xlsx"'
    return answer


def _rows(found: Sheet) -> Iterable[list[Cell]]:
    for row in found.rows:
        yield [
            *(row.part, row.what, row.value, row.low, row.high, str(row.unit), str(row.state), row.at),
            *(row.source, settings.PUBLIC_URL + row.address),
        ]


def _found(request: Request, code: str) -> Sheet:
    try:
        return read(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
