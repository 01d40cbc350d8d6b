"""The desk of promises: promise, move with evidence, confirm or dispute those of others."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.commitments.actions import move as moving
from rembug.commitments.actions import picture as picturing
from rembug.commitments.actions import promise as promising
from rembug.commitments.actions.picture import KIND
from rembug.commitments.forms.promise import PromiseForm, StepForm
from rembug.commitments.queries import promises
from rembug.commitments.rules.states import MOVES, OPEN
from rembug.commitments.words import VERBS
from rembug.deliberation.forms.proposal import own_bodies
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request
from rembug.reports.actions.photo import BYTES_MAX
from rembug.reports.queries import attached


@require_safe
def desk(request: Request) -> HttpResponse:
    """The promises of one's bodies."""
    return render(
        request, "commitments/work_desk.html", {"promises": promises.mine(request.actor, request.city)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Publish a promise."""
    start = {"proposal": request.GET.get("usulan", "")[:9]}
    form = PromiseForm(request.POST or None, actor=request.actor, city=request.city, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            row = promising.promise(actor=request.actor, city=request.city, said=form.promise())
            return redirect("commitments:promise", code=row.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    return render(request, "commitments/work_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: Request, code: str) -> HttpResponse:
    """Move a promise with evidence; confirm or dispute one of others."""
    try:
        found = promises.promise(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    form = StepForm(request.POST or None, seen=found.state)
    if request.method == "POST" and form.is_valid():
        try:
            moving.move(actor=request.actor, city=request.city, code=code, said=form.moving())
            messages.success(request, gettext("Tercatat di catatan publik, bersama buktinya."))
            return redirect("commitments:promise", code=code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    own = own_bodies(request.actor, request.city)
    mine = [body for body in own if body.public_id == found.body]
    others = [
        body for body in own if body.public_id not in {found.body, found.funder} and body.state == "confirmed"
    ]
    page = {
        "promise": found,
        "form": form,
        "mine": mine,
        "others": others,
        "owner_verbs": _verbs(found.state, "owner"),
        "other_verbs": _verbs(found.state, "other"),
        "photo_as": [*mine, *others],
        "sent": attached.of(request.city, KIND, found.code),
        "fresh": uuid4(),
        "parts": [part for part in found.milestones if part.done_on is None and found.state in OPEN],
    }
    return render(request, "commitments/work_promise.html", page, status=422 if form.errors else 200)


@require_POST
def photo(request: Request, code: str) -> HttpResponse:
    """Add a photo of the works: by their owner, or by another party that was there."""
    file = request.FILES.get("photo")
    try:
        picturing.add_photo(
            actor=request.actor,
            city=request.city,
            code=code,
            body=request.POST.get("body", "")[:60],
            action_id=_uuid(request.POST.get("action_id", "")),
            data=file.read(BYTES_MAX + 1) if file else b"",
        )
        messages.success(request, gettext("Foto tersimpan. Ia tampil setelah dilihat orang lain."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("commitments:work-promise", code=code)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _verbs(state: str, by: str) -> list[tuple[str, Any]]:
    return [(verb, VERBS[verb]) for verb, rule in MOVES.items() if rule.by == by and state in rule.since]


def _faults(form: Any, error: RembugError) -> None:
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
    if not error.faults:
        form.add_error(None, gettext(error.message))
