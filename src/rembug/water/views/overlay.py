"""The map of probable depth by hour: a picture, a slider or links, and the same as a table."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from rembug.lib.request import Request
from rembug.water.queries.gauge import gauge_state
from rembug.water.queries.outlook import city_outlook
from rembug.water.queries.overlay import (
    ground_of,
    hour_of,
    hour_picture,
    hours_of,
    names_of,
    outlook_of,
    rings_of,
    worst_hour,
)
from rembug.water.rules.picture import height_of, named_map
from rembug.water.views.finding import found

HOURS = 72


@require_safe
def page(request: Request) -> HttpResponse:
    """The map and table of one hour; links lead to every other."""
    outlook = city_outlook(request.city)
    if outlook is None:
        return render(request, "water/overlay.html", {"outlook": None})
    asked = request.GET.get("jam", "")
    number = min(int(asked), HOURS) if asked.isdecimal() and len(asked) < 5 else worst_hour(outlook, HOURS)
    context = {
        "outlook": outlook,
        "gauge": gauge_state(request.city),
        "hour": hour_of(outlook, number),
        "hours": hours_of(outlook, HOURS, 3),
        "last": HOURS,
        "height": height_of(found(ground_of, request.city)),
        "version": f"{outlook.issued_at:%Y%m%d%H%M}",
    }
    return render(request, "water/overlay.html", context)


@require_safe
def picture(request: Request, number: int) -> HttpResponse:
    """The map of one hour as PNG."""
    outlook = found(outlook_of, request.city)
    drawn = found(hour_picture, request.city, outlook, min(number, HOURS))
    response = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(response, public=True, max_age=900)
    return response


@require_safe
def hour_table(request: Request, number: int) -> HttpResponse:
    """The table of one hour alone: what the slider exchanges."""
    outlook = found(outlook_of, request.city)
    hour = hour_of(outlook, min(number, HOURS))
    return render(request, "water/parts/hour.html", {"hour": hour, "outlook": outlook})


@require_safe
def ground(request: Request) -> HttpResponse:
    """The bare map with outlines, to tap a place on."""
    plain = found(ground_of, request.city)
    drawn = named_map(plain, rings_of(request.city), names_of(request.city))
    response = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(response, public=True, max_age=86_400)
    return response
