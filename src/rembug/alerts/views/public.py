"""Warnings for everybody: what holds now, what was, and one message with its chain."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from rembug.alerts import closing, words
from rembug.alerts.forms.alert import FollowForm
from rembug.alerts.queries import faces
from rembug.alerts.queries.setup import cities, feed_age
from rembug.lib.errors import NotFound
from rembug.lib.request import Request


@require_safe
def listing(request: Request) -> HttpResponse:
    """What holds now, and the past."""
    page = {
        "now": faces.in_force(request.city),
        "past": faces.past(request.city),
        "form": FollowForm(city=request.city),
        "feed": feed_age(request.city) if request.city in cities() else None,
    }
    return render(request, "alerts/list.html", page)


@require_safe
def alert(request: Request, code: str) -> HttpResponse:
    """One message."""
    try:
        face = faces.alert(request.city, code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
    chain = [face]
    while chain[0].follows:
        chain.insert(0, faces.alert(request.city, chain[0].follows))
    text = words.for_chat(face, settings.PUBLIC_URL + request.path)
    return render(request, "alerts/alert.html", {"face": face, "chain": chain, "text": text})


@require_POST
def close(request: Request, code: str) -> HttpResponse:
    """Take one message off the head of this reader's pages; only their own cookie knows."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = redirect(back)
    closing.remember(request, answer, code[:16].upper())
    return answer
