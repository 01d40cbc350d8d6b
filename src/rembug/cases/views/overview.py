"""Cases seen from above: on a map, and as figures."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from rembug.cases.forms.filters import DeskFilter
from rembug.cases.queries import figures as sums
from rembug.cases.queries import inspections, work
from rembug.lib.request import Request
from rembug.places import queries as places


@require_safe
def chart(request: Request) -> HttpResponse:
    """The queue as a map, with the same list beside it."""
    form = DeskFilter(request.GET or {"keadaan": "open"}, city=request.city)
    found = work.points(request.actor, request.city, form.wanted())
    told = {
        "bounds": places.city(request.city).bbox,
        "tiles": settings.BASEMAP_TILES if settings.BASEMAP_ORIGIN else "",
        "credit": settings.BASEMAP_CREDIT,
        "points": [
            {"code": one.code, "lon": one.lon, "lat": one.lat, "name": one.category_name, "late": one.late}
            | {"state": f"{one.state_name}{' · ' + gettext('terlambat') if one.late else ''}"}
            for one in found.cases
        ],
    }
    page = {"found": found, "form": form, "settings": orjson.dumps(told).decode()}
    return render(request, "cases/work_map.html", page | {"now": request.GET.urlencode()})


@require_safe
def figures(request: Request) -> HttpResponse:
    """How it went, by body, kind or place."""
    wanted = request.GET.get("menurut", "")
    by = wanted if wanted in sums.FIELDS else "body"
    page = {
        "by": by,
        "ways": [
            ("body", gettext("Pihak")),
            ("category", gettext("Jenis")),
            ("area", gettext("Wilayah")),
        ],
        "figures": sums.figures(request.city, by),
        "unassigned": sums.unassigned(request.city),
        "held": inspections.held(request.city),
    }
    return render(request, "cases/work_figures.html", page)
