"""Requests for grants: for everybody, and at the desks of those who ask and decide."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from rembug.commitments.actions import grants as acts
from rembug.commitments.forms.grants import DecisionForm, GrantForm
from rembug.commitments.queries import grants as queries
from rembug.commitments.rules.grants import MOVES
from rembug.commitments.words import GRANT_BUTTONS
from rembug.deliberation.forms.proposal import own_bodies
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request


@require_safe
def listing(request: Request) -> HttpResponse:
    """All requests, the routes and what they ask for."""
    page = {
        "grants": queries.listed(request.city),
        "routes": queries.routes(request.city),
        "requirements": queries.requirements(request.city),
    }
    return render(request, "commitments/grants.html", page)


@require_safe
def grant(request: Request, code: str) -> HttpResponse:
    """One request: what was checked, what was decided, under which number."""
    return render(request, "commitments/grant.html", {"grant": _found(request, code)})


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request) -> HttpResponse:
    """Requests by and to one's bodies, and a form to ask."""
    form = GrantForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.ask(actor=request.actor, city=request.city, said=form.asked())
            return redirect("commitments:grant", code=made.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    page = {"form": form, "grants": queries.mine(request.actor, request.city)}
    return render(request, "commitments/work_grants.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, code: str) -> HttpResponse:
    """Take a step of a request for one of one's bodies."""
    found, form = _found(request, code), DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.deciding(request.POST.getlist("met"))
            acts.decide(actor=request.actor, city=request.city, code=code, said=said)
            messages.success(request, gettext("Tercatat di catatan publik."))
            return redirect("commitments:grant", code=found.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    own = {body.public_id: body for body in own_bodies(request.actor, request.city)}
    sides = (("decider", own.get(found.to)), ("asker", own.get(found.body)))
    page = {
        "grant": found,
        "form": form,
        "sides": [
            (by, body, [(verb, name) for verb, name in GRANT_BUTTONS.items() if _fits(verb, by, found.state)])
            for by, body in sides
            if body is not None
        ],
        "fresh": uuid4(),
    }
    return render(request, "commitments/work_grant.html", page, status=422 if form.errors else 200)


def _fits(verb: str, by: str, state: str) -> bool:
    return MOVES[verb].by == by and state in MOVES[verb].since


def _faults(form: forms.Form, error: RembugError) -> None:
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
    if not error.faults:
        form.add_error(None, gettext(error.message))


def _found(request: Request, code: str) -> queries.GrantFace:
    try:
        return queries.grant(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
