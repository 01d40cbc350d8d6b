"""Pages that everybody may read: an incident, a report, an area, how often we are right."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.reports import share
from rembug.reports.queries import public
from rembug.reports.rules import charts

View = TypeVar("View")


@require_safe
def incident(request: Request, code: str) -> HttpResponse:
    """One happening seen by many."""
    page = {"view": _found(public.incident, request.city, code.upper())}
    return render(request, "reports/incident.html", page)


@require_safe
def incident_text(request: Request, code: str) -> HttpResponse:
    """The same in a few lines for a WhatsApp group."""
    view = _found(public.incident, request.city, code.upper())
    address = settings.PUBLIC_URL + reverse("reports:incident", args=[view.card.code])
    text = share.message(view, address)
    return render(request, "reports/incident_text.html", {"view": view, "text": text, "quoted": quote(text)})


@require_safe
def report(request: Request, code: str) -> HttpResponse:
    """One report: masked words, released photos, probability with its reasons, history."""
    view = _found(public.report, request.city, code.upper())
    return render(request, "reports/report.html", {"view": view})


@require_safe
def area(request: Request, slug: str) -> HttpResponse:
    """One kelurahan: now and the last thirty days."""
    return render(request, "reports/area.html", _area(request, slug))


@require_safe
def recap(request: Request, slug: str) -> HttpResponse:
    """The same on one A4 sheet, for the next meeting."""
    return render(request, "reports/area_recap.html", _area(request, slug) | {"printed_at": clock.now()})


@require_safe
def calibration(request: Request) -> HttpResponse:
    """What we said against what people found."""
    figures = public.calibration(request.city)
    dots = charts.reliability([(row.said, row.proved, row.count) for row in figures.bins])
    return render(request, "reports/calibration.html", {"figures": figures, "dots": dots})


def _area(request: Request, slug: str) -> dict[str, object]:
    day = _day(request.GET.get("hari", ""))
    view = _found(public.area_page, request.city, slug, day)
    bars = charts.bars([row.reports for row in view.days])
    total = sum(row.reports for row in view.days)
    water = [row.probability for row in view.water]
    return {
        "view": view,
        "slug": slug,
        "day": day,
        "total": total,
        "days": list(zip(view.days, bars, strict=True)),
        "water": list(zip(view.water, charts.bars(water, full=1), strict=True)),
        "wettest": max(water, default=0),
    }


def _day(raw: str) -> date | None:
    try:
        return parse_date(raw)
    except ValueError:
        return None


def _found(query: Callable[..., View], *asked: object) -> View:
    """Ask a query; what is not there is a page that says so."""
    try:
        return query(*asked)
    except NotFound as error:
        raise Http404(error.message) from error
