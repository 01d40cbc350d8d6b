"""Joint positions: read by everybody, written and signed by representatives."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.lib.errors import NotFound, RembugError
from rembug.lib.request import Request
from rembug.meetings.actions import position as acts
from rembug.meetings.forms.meeting import own_bodies
from rembug.meetings.forms.position import PositionForm
from rembug.meetings.queries import positions


@require_safe
def listing(request: Request) -> HttpResponse:
    """All positions of the city."""
    return render(request, "meetings/positions.html", {"positions": positions.listed(request.city)})


@require_safe
def position(request: Request, code: str) -> HttpResponse:
    """One position, with what the reader's own bodies can do."""
    try:
        found = positions.position(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    own = own_bodies(request.actor, request.city) if request.actor.grants else []
    standing = {one.body for one in found.signatures if one.withdrawn_at is None}
    rows = [(body, body.public_id in standing) for body in own]
    return render(request, "meetings/position.html", {"position": found, "own": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request) -> HttpResponse:
    """Publish a position."""
    form = PositionForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.write(actor=request.actor, city=request.city, words=form.words())
            return redirect("meetings:position", code=row.code)
        except RembugError as error:
            form.add_error(None, error.message)
    return render(request, "meetings/work_position.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def sign(request: Request, code: str) -> HttpResponse:
    """Sign, or withdraw the signature, for a body."""
    act = acts.withdraw if request.POST.get("verb") == "withdraw" else acts.sign
    try:
        act(actor=request.actor, city=request.city, code=code, body=request.POST.get("body", "")[:60])
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(request, gettext("Tercatat di catatan publik."))
    return redirect("meetings:position", code=code)
