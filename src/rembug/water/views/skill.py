"""How good the forecasts were, and where their numbers come from."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.lib.request import Request
from rembug.water.queries.skill import skill
from rembug.water.queries.sources import sources


@require_safe
def page(request: Request) -> HttpResponse:
    """Hits, false alarms, misses, errors by lead time; constants, gauge and ground in force."""
    context = {"skill": skill(request.city), "sources": sources(request.city)}
    return render(request, "water/skill.html", context)
