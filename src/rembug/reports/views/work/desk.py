"""The desk: what waits for me; and the coordinator's morning sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib import clock
from rembug.lib.request import Request
from rembug.reports.queries import reconcile
from rembug.reports.queries.work import desk as desks
from rembug.reports.queries.work import morning


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show what waits, by kind of work."""
    waiting = desks.desk(actor=request.actor, city=request.city)
    return render(request, "reports/work_desk.html", {"desk": waiting})


@require_safe
def morning_sheet(request: Request) -> HttpResponse:
    """Show the sheet as it stands now; it prints on one A4 page."""
    sheet = morning.morning(actor=request.actor, city=request.city, now=clock.now())
    missing = [line for line in reconcile.gaps() if line.city == request.city]
    return render(request, "reports/work_morning.html", {"sheet": sheet, "gaps": missing})
