"""Kept filters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from rembug.cases.actions import desk
from rembug.lib.errors import RembugError
from rembug.lib.request import Request


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep the question of the open page, or forget one."""
    name, query = request.POST.get("name", ""), request.POST.get("query", "")[:300]
    try:
        if request.POST.get("verb") == "drop":
            desk.drop_filter(actor=request.actor, city=request.city, name=name)
        else:
            desk.keep_filter(actor=request.actor, city=request.city, name=name, query=query)
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect(f"{reverse('cases:work')}?{query}" if query else "cases:work")
