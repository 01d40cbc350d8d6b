"""The joint calendar as a page and as a feed."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rembug.lib import clock
from rembug.lib.ical import calendar
from rembug.lib.request import Request
from rembug.people.queries.bodies import public_bodies
from rembug.web import joint

NAMES = {
    "meeting": _("Pertemuan"),
    "call": _("Ajakan"),
    "planning": _("Jalur perencanaan"),
    "outside": _("Kalender pihak"),
}


@require_safe
def page(request: Request) -> HttpResponse:
    """What comes, day by day."""
    kind, body = request.GET.get("jenis", ""), request.GET.get("pihak", "")[:60]
    kind = kind if kind in NAMES else ""
    found = joint.entries(request.city, kind=kind, body=body)
    today = timezone.localtime(clock.now()).date()
    rows = [(one, NAMES[one.kind]) for one in found if one.day >= today]
    context = {
        "rows": rows,
        "kinds": NAMES.items(),
        "kind": kind,
        "body": body,
        "bodies": public_bodies(city=request.city),
    }
    return render(request, "web/calendar.html", context)


@require_safe
def feed(request: Request) -> HttpResponse:
    """Everything as iCalendar."""
    text = calendar(gettext("Kalender bersama"), clock.now(), joint.events(request.city), timedelta(hours=1))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
