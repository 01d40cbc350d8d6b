"""Before sending: exactly what will be public, and whether somebody has already told it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from rembug.lib import clock
from rembug.lib.errors import RembugError
from rembug.lib.request import Request
from rembug.reports.queries.catalogue import Kind, kinds
from rembug.reports.queries.preview import preview
from rembug.reports.queries.similar import similar
from rembug.reports.queries.town import Town, town
from rembug.reports.rules.draft import Draft
from rembug.reports.views.draft import fresh
from rembug.reports.views.place import frame_of


def check_context(request: Request, draft: Draft, here: Town, kind: Kind | None) -> dict[str, Any]:
    """Return what the last page shows about a draft whose place is known."""
    if draft.lon is None or draft.lat is None or kind is None:
        return {}
    ward = here.ward(draft.area_code) or here.ward_at(draft.lon, draft.lat)
    map_of = ward.code if ward else ""
    frame = frame_of(here, map_of)
    return {
        "preview": preview(draft, here, kind),
        "similar": similar(request.city, kind.code, draft.lon, draft.lat, clock.now()),
        "mark_on": map_of,
        "mark": frame.pixel(draft.lon, draft.lat),
    }


# Reads only, changes nothing, and must work from a page that the phone kept: no token to check.
@csrf_exempt
@require_POST
def check(request: Request) -> HttpResponse:
    """Answer the script with the same part of the last page; the place stays out of addresses and logs."""
    here, draft = town(request.city), fresh()
    kind = next((kind for kind in kinds(request.city) if kind.code == request.POST.get("category")), None)
    for name in (
        "depth_class",
        "setting",
        "since",
        "landmark",
        "text",
        "signed_name",
        "area_code",
        "joins_incident",
    ):
        setattr(draft, name, request.POST.get(name, "")[:2000])
    draft.visibility = "private" if request.POST.get("visibility") == "private" else "public"
    draft.located_by = request.POST.get("located_by", "gps")
    try:
        draft.lon, draft.lat = float(request.POST["lon"]), float(request.POST["lat"])
        if not (-180 <= draft.lon <= 180 and -90 <= draft.lat <= 90):
            draft.lon = draft.lat = None
    except (KeyError, ValueError):
        draft.lon = draft.lat = None
    try:
        context = check_context(request, draft, here, kind)
    except RembugError as error:
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    return render(request, "reports/flow_check.html", {"draft": draft, "kind": kind, "town": here, **context})
