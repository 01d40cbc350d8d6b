"""What is happening in the city now, in words first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib import clock
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.reports.queries import public
from rembug.water.queries.outlook import first_to_flood

LISTED = 6


@require_safe
def home(request: Request) -> HttpResponse:
    """Kelurahan under water deepest first, then the newest happenings, then the little map."""
    now = public.happening_now(request.city, clock.now())
    deepest = {area.area.code: area.deepest or "ankle" for area in now.areas}
    page = {
        "now": now,
        "first": now.areas[0] if now.areas else None,
        "others": [card for card in now.incidents if not card.category.is_flood][:LISTED],
        "sketch": places.sketch(request.city),
        "deepest": deepest,
        "sea": first_to_flood(request.city),
    }
    return render(request, "web/home.html", page)
