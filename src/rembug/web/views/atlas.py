"""The map page: a complete list with filters; the map is drawn beside it once the list can be read."""

from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from rembug.lib.request import Request
from rembug.reports.queries import public
from rembug.reports.queries.public.faces import Faces
from rembug.reports.words import DEPTHS, RUNGS
from rembug.web import queries
from rembug.web.forms import FilterForm


@require_safe
def page(request: Request) -> HttpResponse:
    """The list that equals the map, narrowed by what the reader asked."""
    faces = Faces(request.city)
    form = FilterForm(request.GET, faces=faces)
    listed = public.incident_list(request.city, form.filters(), request.GET.get("setelah", ""))
    asked = {name: value for name, value in request.GET.items() if value and name != "setelah"}
    further = "?" + urlencode(asked | {"setelah": listed.next_after}) if listed.next_after else ""
    context = {
        "form": form,
        "listed": listed,
        "further": further,
        "asked": bool(asked),
        "settings": _map_settings(request, faces),
        "depths": [(code, words) for code, words in DEPTHS.items() if code != "dry"],
    }
    return render(request, "web/map.html", context)


def _map_settings(request: Request, faces: Faces) -> str:
    """What the script needs to know, as JSON for a data attribute."""
    face = queries.face(request.city)
    told = {
        "bounds": face.bounds,
        "tiles": settings.BASEMAP_TILES if settings.BASEMAP_ORIGIN else "",
        "credit": settings.BASEMAP_CREDIT,
        "depths": [str(words) for words in DEPTHS.values()],
        "rungs": [str(words) for words in RUNGS.values()],
        "kinds": {code: kind.name for code, kind in faces.categories.items()},
    }
    return orjson.dumps(told).decode()


def _shapes_tag(request: Request) -> str:
    return queries.shapes(request.city).etag


@require_safe
@condition(etag_func=_shapes_tag)
@cache_control(public=True, max_age=3600)
def shapes(request: Request) -> HttpResponse:
    """The kelurahan's outlines as GeoJSON for the map, thinned to what a phone can show."""
    return HttpResponse(queries.shapes(request.city).geojson, content_type="application/geo+json")
