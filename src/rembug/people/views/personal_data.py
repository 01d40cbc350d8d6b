"""My data: see, take along, correct, take a consent back, be forgotten."""

import json

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from rembug.lib.request import Request
from rembug.people.actions import personal_data as acts
from rembug.people.forms.personal_data import CorrectForm
from rembug.people.queries import my_data
from rembug.people.queries.consents import subject_of
from rembug.people.queries.personal_data import requests

CONFIRM = "HAPUS"


def page(request: Request) -> HttpResponse:
    """Show everything kept about the caller."""
    if not subject_of(request.actor):
        return render(request, "people/no_data.html")
    data = my_data(request.actor)
    context = {"data": data, "requests": requests(actor=request.actor), "form": _form(request)}
    return _private(render(request, "people/my_data.html", context))


def _form(request: Request) -> CorrectForm | None:
    if not request.user.is_authenticated:
        return None
    known = {"display_name": request.user.display_name, "language": request.user.language}
    return CorrectForm(initial=known)


@require_POST
def download(request: Request) -> HttpResponse:
    """Hand out everything as JSON; the request and its answer are on record."""
    asked = acts.ask(actor=request.actor, kind="export")
    acts.done(actor=request.actor, request=asked)
    text = json.dumps(my_data(request.actor), ensure_ascii=False, indent=1, default=str)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return _private(answer)


@require_POST
def correct(request: Request) -> HttpResponse:
    """Correct name and language."""
    form = CorrectForm(request.POST)
    if form.is_valid():
        acts.correct_person(actor=request.actor, **form.cleaned_data)
        messages.success(request, gettext("Data sudah dibetulkan."))
        return redirect("people:my-data")
    context = {"data": my_data(request.actor), "requests": requests(actor=request.actor), "form": form}
    return _private(render(request, "people/my_data.html", context, status=422))


@require_POST
def withdraw(request: Request) -> HttpResponse:
    """Take back the consent for the account: it stops at once; what is kept can still be erased by the city."""
    acts.withdraw_consent(actor=request.actor, purpose="account")
    logout(request)
    messages.success(request, gettext("Persetujuan ditarik. Akun berhenti dipakai."))
    return redirect("people:mine")


def erase(request: Request) -> HttpResponse:
    """Forget the caller, after the word that cannot be tapped by accident."""
    if not subject_of(request.actor):
        return render(request, "people/no_data.html")
    if request.actor.kind == "person":
        raise_if_reauthentication_required(request, app="rembug.people")
    wrong = False
    if request.method == "POST":
        wrong = request.POST.get("word", "").strip().upper() != CONFIRM
        if not wrong:
            acts.erase_person(actor=request.actor)
            logout(request)
            return render(request, "people/erased.html")
    return render(
        request, "people/erase.html", {"wrong": wrong, "word": CONFIRM}, status=422 if wrong else 200
    )


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
