"""The facility desk: what is asked for and lent, for everybody; asking, offering, lending at the desk."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.commitments.actions import desk as acts
from rembug.commitments.forms.desk import AskForm, NeedStepForm, ThingForm
from rembug.commitments.queries import desk as queries
from rembug.commitments.rules.desk import STATES
from rembug.deliberation.forms.proposal import own_bodies
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request


@require_safe
def listing(request: Request) -> HttpResponse:
    """What is asked for, and what can be borrowed."""
    state = request.GET.get("keadaan", "")
    page = {
        "needs": queries.needs(request.city, state=state if state in STATES else ""),
        "things": queries.things(request.city),
        "states": STATES,
        "state": state,
    }
    return render(request, "commitments/needs.html", page)


@require_safe
def need(request: Request, code: str) -> HttpResponse:
    """One request with each of its steps."""
    return render(request, "commitments/need.html", {"need": _found(request, code)})


@require_safe
def desk(request: Request) -> HttpResponse:
    """Requests that concern one's bodies, and the things they lend."""
    own = [body.public_id for body in own_bodies(request.actor, request.city)]
    things = [one for body in own for one in queries.things(request.city, body=body)]
    page = {"needs": queries.mine(request.actor, request.city), "things": things}
    return render(request, "commitments/work_needs.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for a thing."""
    form = AskForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.ask(actor=request.actor, city=request.city, said=form.asking())
            return redirect("commitments:need", code=made.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    page = {"form": form, "title": gettext("Minta fasilitas"), "button": gettext("Kirim permintaan")}
    return render(request, "commitments/work_desk_form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: Request) -> HttpResponse:
    """List a thing that one's body lends."""
    form = ThingForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            acts.list_thing(actor=request.actor, city=request.city, said=form.listing())
            return redirect("commitments:desk")
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    page = {"form": form, "title": gettext("Daftarkan barang"), "button": gettext("Daftarkan")}
    return render(request, "commitments/work_desk_form.html", page, status=422 if form.errors else 200)


@require_POST
def retire(request: Request, code: str) -> HttpResponse:
    """Lend a thing no more."""
    try:
        acts.retire_thing(actor=request.actor, city=request.city, code=code)
        messages.success(request, gettext("Barang ditarik dari daftar."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("commitments:desk")


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, code: str) -> HttpResponse:
    """Take a step of a request for one of one's bodies."""
    found, form = _found(request, code), NeedStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.move(actor=request.actor, city=request.city, code=code, said=form.moving())
            messages.success(request, gettext("Tercatat di catatan publik."))
            return redirect("commitments:need", code=found.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    own = own_bodies(request.actor, request.city)
    lender = found.lender or found.to
    page = {
        "need": found,
        "form": form,
        "asker": next((body for body in own if body.public_id == found.body), None),
        "lender": next((body for body in own if body.public_id == lender), None),
        "offers": [
            (body, one)
            for body in own
            if found.state == "asked" and body.public_id != found.body and found.to in {"", body.public_id}
            for one in queries.things(request.city, kind=found.kind, body=body.public_id)
        ],
        "fresh": uuid4(),
    }
    return render(request, "commitments/work_need.html", page, status=422 if form.errors else 200)


def _faults(form: forms.Form, error: RembugError) -> None:
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
    if not error.faults:
        form.add_error(None, gettext(error.message))


def _found(request: Request, code: str) -> queries.NeedFace:
    try:
        return queries.need(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
