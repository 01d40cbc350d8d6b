"""The desk of calls: asking, planning an observation, the list for paper, closing."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.calls.actions import call as acts
from rembug.calls.actions import picture as picturing
from rembug.calls.actions import watch as watching
from rembug.calls.forms.call import CallForm, HelpForm, WatchForm, hours_of, number_of
from rembug.calls.queries import calls
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.photo_form import sent_photo
from rembug.lib.request import Request
from rembug.reports.queries import attached
from rembug.water.queries.kings import occasions

SHOWN = 12


@require_safe
def desk(request: Request) -> HttpResponse:
    """My calls."""
    return render(request, "calls/work_desk.html", {"calls": calls.mine(request.actor, request.city)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask for hands."""
    form = HelpForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.ask(actor=request.actor, city=request.city, said=form.asking())
            return redirect("calls:work-call", code=row.code)
        except RembugError as error:
            _tell(form, error)
    return render(request, "calls/work_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request) -> HttpResponse:
    """Plan an observation at one of the proposed high waters."""
    proposed = occasions(request.city)[:SHOWN]
    form = WatchForm(request.POST or None, actor=request.actor, city=request.city, occasions=proposed)
    if request.method == "POST" and form.is_valid():
        try:
            count = form.cleaned_data["count"]
            row = watching.plan(actor=request.actor, city=request.city, said=form.asking(), count=count)
            return redirect("calls:work-call", code=row.code)
        except RembugError as error:
            _tell(form, error)
    page = {"form": form, "proposed": proposed, "watch": True}
    return render(request, "calls/work_new.html", page, status=422 if form.errors else 200)


@require_POST
def photo(request: Request, code: str) -> HttpResponse:
    """Add a photo."""
    fault = sent_photo(request, code, picturing.add_photo)
    if fault is not None:
        return _page(request, code, fault=gettext(fault.message), status=fault.status)
    return redirect("calls:work-call", code=code)


@require_safe
def call(request: Request, code: str) -> HttpResponse:
    """One call at work."""
    return _page(request, code)


@require_safe
def sheet(request: Request, code: str) -> HttpResponse:
    """The points on paper."""
    _own(request, code)
    return render(request, "calls/work_sheet.html", {"call": calls.call(request.city, code)})


@require_POST
def cancel(request: Request, code: str) -> HttpResponse:
    """Cancel the call."""
    _own(request, code)
    try:
        why = request.POST.get("why", "")
        acts.cancel(actor=request.actor, city=request.city, code=code, why=why)
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    messages.success(request, gettext("Ajakan dibatalkan."))
    return redirect("calls:work-call", code=code)


@require_POST
def close(request: Request, code: str) -> HttpResponse:
    """Write the result."""
    _own(request, code)
    given = request.POST
    try:
        acts.close(
            actor=request.actor,
            city=request.city,
            code=code,
            result=given.get("result", ""),
            came=number_of(given.get("came", "")),
            hours=hours_of(given.get("hours", "")),
        )
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    messages.success(request, gettext("Hasil disimpan. Terima kasih."))
    return redirect("calls:work-call", code=code)


@require_POST
def drop(request: Request, code: str) -> HttpResponse:
    """Take a point off the list."""
    _own(request, code)
    try:
        number = number_of(request.POST.get("point", ""))
        watching.drop_point(actor=request.actor, city=request.city, code=code, number=number)
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    return redirect("calls:work-call", code=code)


def _own(request: Request, code: str) -> None:
    try:
        acts.own(request.actor, request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error


def _page(request: Request, code: str, *, fault: str = "", status: int = 200) -> HttpResponse:
    _own(request, code)
    page = {"call": calls.call(request.city, code), "fault": fault, "given": request.POST}
    page |= {"fresh": uuid4(), "sent": attached.of(request.city, "call", code)}
    return render(request, "calls/work_call.html", page, status=status)


def _tell(form: CallForm, error: RembugError) -> None:
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
    if not error.faults:
        form.add_error(None, error.message)
