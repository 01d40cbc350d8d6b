"""Indicators: what there is and how each is reckoned; each of one frozen version, over time and by kelurahan."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rembug.evidence.queries import charts, datasets, trends
from rembug.evidence.rules.indicators import INDICATORS
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.lib.sheets import CSV_TYPE, Cell, csv_of
from rembug.places import queries as places

COLUMNS = (
    *("indicator", "area_code", "area_name", "first_day", "last_day", "value", "low_90", "high_90"),
    *("coverage", "counted", "counted_of"),
)


@require_safe
def listing(request: Request) -> HttpResponse:
    """All indicators with formula and least coverage, the datasets that tell them, and how many people live where."""
    english = int(get_language() == "en")
    faces = [face for face in datasets.catalogue(request.city) if trends.told_by(face)]
    rows = [
        {
            "code": code,
            "name": one.names[english],
            "unit": one.unit[english],
            "formula": one.formula[english],
            "min_coverage": one.min_coverage,
            "faces": [face for face in faces if code in trends.told_by(face)],
        }
        for code, one in INDICATORS.items()
    ]
    people = [(places.label(request.city, row.code), row) for row in places.city(request.city).population]
    return render(request, "evidence/measures.html", {"rows": rows, "people": people})


@require_safe
def measures(request: Request, slug: str, number: int) -> HttpResponse:
    """One indicator of a version: its trend, and each kelurahan."""
    face, version, codes = _found(request.city, slug, number)
    asked = request.GET.get("ukuran", "")
    chosen = asked if asked in codes else codes[0]
    lines = trends.lines(face, version, chosen)
    page = {
        "face": face,
        "version": version,
        "choices": [(code, INDICATORS[code].names[get_language() == "en"]) for code in codes],
        "chosen": chosen,
        "trend": charts.drawn(chosen, trends.trend(face, version, chosen).points),
        "lines": [(places.label(face.city, line.area), charts.drawn(chosen, line.points)) for line in lines],
    }
    return render(request, "evidence/measures_of.html", page)


@require_safe
def table(request: Request, slug: str, number: int) -> HttpResponse:
    """All indicators of a version by period and kelurahan as CSV; what is not known is an empty cell."""
    face, version, codes = _found(request.city, slug, number)
    rows = (row for code in codes for row in _rows(face, version, code))
    answer = HttpResponse(csv_of(COLUMNS, rows), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{face.slug}-v{version.number}-ukuran.csv"'
    return answer


def _rows(face: datasets.DatasetFace, version: datasets.VersionFace, code: str) -> Iterator[list[Cell]]:
    for line in (trends.trend(face, version, code), *trends.lines(face, version, code)):
        name = places.label(face.city, line.area) if line.area else ""
        for point in line.points:
            found = point.found
            yield [
                *(code, line.area, name, point.first, point.last, found.value, found.low, found.high),
                *(found.coverage, found.days_seen, found.days),
            ]


def _found(
    city: str, slug: str, number: int
) -> tuple[datasets.DatasetFace, datasets.VersionFace, tuple[str, ...]]:
    try:
        face, version = datasets.version(city, slug, number)
    except NotFound as error:
        raise Http404(error.message) from error
    codes = trends.told_by(face)
    if not codes:
        raise Http404("Kumpulan data ini tidak memuat ukuran.")
    return face, version, codes
