"""A body's people join its own calendar to the joint one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.http import Unreachable
from rembug.lib.request import Request
from rembug.meetings.actions import calendars as acts
from rembug.meetings.forms.calendars import CalendarForm
from rembug.meetings.queries import calendars


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request) -> HttpResponse:
    """The joined calendars of one's bodies, and the form for another."""
    form = CalendarForm(request.POST or None, request.FILES or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            acts.join(actor=request.actor, city=request.city, said=form.joining())
            messages.success(request, gettext("Tanggal-tanggalnya tampil di kalender bersama."))
            return redirect("meetings:work-calendars")
        except NotAllowed:
            raise
        except Unreachable:
            form.add_error(
                "address", gettext("Alamat ini tidak bisa dibaca. Periksa alamatnya, atau kirim berkasnya.")
            )
        except RembugError as error:
            form.add_error(None, gettext(error.message))
    page = {"form": form, "joined": calendars.joined(actor=request.actor, city=request.city)}
    return render(request, "meetings/work_calendars.html", page, status=422 if form.errors else 200)


@require_POST
def end(request: Request, public_id: str) -> HttpResponse:
    """Take a calendar out."""
    try:
        acts.end(actor=request.actor, city=request.city, public_id=public_id)
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(request, gettext("Kalender dilepas. Tanggalnya tidak tampil lagi."))
    return redirect("meetings:work-calendars")
