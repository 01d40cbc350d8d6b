"""Meetings for everybody: what comes, what was said, what became of it; answering and attending by link."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from rembug.lib import clock
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.ical import calendar
from rembug.lib.request import Request
from rembug.meetings.actions.arrange import respond
from rembug.meetings.actions.attend import TRAITS, at_the_door
from rembug.meetings.forms.meeting import number_of, traits_of, uuid_of
from rembug.meetings.queries import meetings, plan
from rembug.meetings.rules.items import STATES
from rembug.meetings.rules.shapes import MeetingFace
from rembug.reports.queries import attached

ROWS, MOST_ROWS = 20, 100  # empty lines of a list for the door


@require_safe
def listing(request: Request) -> HttpResponse:
    """What comes and what was."""
    page = {"coming": meetings.coming(request.city), "past": meetings.past(request.city)}
    return render(request, "meetings/list.html", page)


@require_safe
def meeting(request: Request, code: str) -> HttpResponse:
    """One meeting."""
    found = _found(request, code)
    photos = attached.public(request.city, "meeting", found.code)
    return render(request, "meetings/meeting.html", {"meeting": found, "photos": photos})


@require_safe
def record(request: Request, code: str) -> HttpResponse:
    """The berita acara: one page to print and sign."""
    return render(request, "meetings/record.html", {"meeting": _found(request, code)})


@require_safe
def attendance(request: Request, code: str) -> HttpResponse:
    """The list for the door: a line for each body that is coming, then empty ones; names stay on the paper."""
    found = _found(request, code)
    coming = [guest for guest in found.guests if guest.answer != "no"]
    asked = request.GET.get("baris", "")
    rows = min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 4 else ROWS
    empty = range(len(coming) + 1, len(coming) + rows + 1)
    return render(request, "meetings/attendance.html", {"meeting": found, "coming": coming, "empty": empty})


@require_safe
def feed(request: Request) -> HttpResponse:
    """All meetings as a calendar."""
    text = calendar(
        gettext("Pertemuan warga"), clock.now(), meetings.events(request.city), timedelta(hours=1)
    )
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_safe
def board(request: Request) -> HttpResponse:
    """All follow-up items, late ones first."""
    state, body = request.GET.get("keadaan", ""), request.GET.get("pihak", "")[:60]
    english = (getattr(request, "LANGUAGE_CODE", "id") or "id")[:2] == "en"
    states = [(key, names[english]) for key, names in STATES.items()]
    page = {"items": plan.board(request.city, body, state), "states": states, "state": state}
    return render(request, "meetings/board.html", page)


@require_safe
def item(request: Request, code: str) -> HttpResponse:
    """One follow-up item."""
    try:
        found = plan.item(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    return render(request, "meetings/item.html", {"item": found})


@csrf_exempt  # the secret link is the right; answers wait on a phone without network and come later
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str, body: str) -> HttpResponse:
    """Answer an invitation by its link."""
    try:
        found, guest = meetings.by_invitation(request.city, token, body)
    except NotFound as error:
        raise Http404(error.message) from error
    page = {"meeting": found, "guest": guest, "answers": ("yes", "maybe", "no")}
    if request.method != "POST":
        return render(request, "meetings/invitation.html", page)
    given = request.POST
    try:
        respond(
            actor=request.actor,
            city=request.city,
            token=token,
            body=body,
            answer=given.get("answer", ""),
            people=number_of(given.get("people", "") or "0"),
        )
    except RembugError as error:
        return render(
            request, "meetings/invitation.html", page | {"fault": error.message}, status=error.status
        )
    return redirect(f"{request.path}?tersimpan=1")


@csrf_exempt  # the secret link is the right; sheets wait on a phone without network and come later
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Request, token: str) -> HttpResponse:
    """Count oneself at the door."""
    try:
        found = meetings.by_door(request.city, token)
    except NotFound as error:
        raise Http404(error.message) from error
    page = {"meeting": found, "token": uuid4(), "traits": TRAITS, "door": token}
    if request.method != "POST":
        return render(request, "meetings/door.html", page | {"done": "hadir" in request.GET})
    given = request.POST
    try:
        at_the_door(
            actor=request.actor,
            city=request.city,
            token=token,
            sheet=uuid_of(given.get("sheet", "")),
            body=given.get("body", "")[:60],
            traits=traits_of(given),
        )
    except RembugError as error:
        return render(request, "meetings/door.html", page | {"fault": error.message}, status=error.status)
    return redirect(f"{request.path}?hadir=1")


def _found(request: Request, code: str) -> MeetingFace:
    try:
        return meetings.meeting(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
