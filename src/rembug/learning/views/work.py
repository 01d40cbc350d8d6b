"""Classes from the side of the facilitator."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rembug.learning.actions import classes as acts
from rembug.learning.forms.classes import OpenForm, counts_of, token_of
from rembug.learning.queries import classes
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.qr import picture
from rembug.lib.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request) -> HttpResponse:
    """My classes, and a form to open one."""
    form = OpenForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.open_class(
                actor=request.actor, city=request.city, said=acts.Opening(**form.cleaned_data)
            )
            return redirect("learning:work-class", code=row.code)
        except RembugError as error:
            form.add_error(None, error.message)
    page = {"form": form, "classes": classes.mine(request.actor, request.city)}
    return render(request, "learning/work_desk.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, code: str) -> HttpResponse:
    """One class: its code to show, its results; `POST` takes sums from paper."""
    found, fault = _found(request, code), ""
    if request.method == "POST":
        try:
            acts.enter_paper(
                actor=request.actor,
                city=request.city,
                code=code,
                moment=request.POST.get("moment", "")[:6],
                token=token_of(request.POST) or uuid4(),
                counts=counts_of(request.POST, found.lesson),
            )
            messages.success(request, gettext("Jawaban dari kertas sudah dihitung."))
            return redirect("learning:work-class", code=found.code)
        except RembugError as error:
            fault = error.message
    address = settings.PUBLIC_URL + reverse("learning:class-questions", args=[found.code, "awal"])
    page = {
        "class": found,
        "address": address,
        "picture": picture(address),
        "token": uuid4(),
        "fault": fault,
    }
    return render(request, "learning/work_class.html", page, status=422 if fault else 200)


@require_POST
def close(request: Request, code: str) -> HttpResponse:
    """Close the class."""
    found = _found(request, code)
    acts.close_class(actor=request.actor, city=request.city, code=found.code)
    messages.success(request, gettext("Kelas ditutup. Hasilnya tetap bisa dibaca."))
    return redirect("learning:work-class", code=found.code)


def _found(request: Request, code: str) -> classes.ClassFace:
    try:
        return classes.one(request.actor, request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
