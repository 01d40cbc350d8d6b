"""The desk of warnings: drafts, texts, approvals, what follows."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.alerts.actions import draft, release
from rembug.alerts.actions.relay import relay
from rembug.alerts.forms.alert import ApproveForm, EditForm, RefuseForm, RelayForm, WriteForm
from rembug.alerts.queries import work
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits and what was sent lately."""
    waiting, lately = work.desk(request.actor, request.city)
    return render(
        request, "alerts/work_desk.html", {"waiting": waiting, "lately": lately, "relay": RelayForm()}
    )


@require_safe
def alert(request: Request, code: str) -> HttpResponse:
    """One message at work."""
    return _page(request, code)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A warning by hand."""
    form = WriteForm(request.POST or None, city=request.city)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        content = draft.Said(
            level=said["level"],
            areas=tuple(said["areas"]),
            onset_at=said["onset_at"],
            expires_at=said["expires_at"],
            words=form.words(),
        )
        made: list[str] = []

        def act() -> None:
            made.append(draft.write(actor=request.actor, city=request.city, said=content).code)

        if _tried(form, act):
            return redirect("alerts:work-alert", code=made[0])
    return render(request, "alerts/work_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def edit(request: Request, code: str) -> HttpResponse:
    """Change the words."""
    form = EditForm(request.POST)

    def act() -> None:
        draft.edit(
            actor=request.actor,
            city=request.city,
            code=code,
            revision=form.cleaned_data["revision"],
            words=form.words(),
        )

    if form.is_valid() and _tried(form, act):
        messages.success(request, gettext("Teks disimpan. Persetujuan teks lama tidak berlaku lagi."))
        return redirect("alerts:work-alert", code=code)
    return _page(request, code, edit=form)


@require_POST
def approve(request: Request, code: str) -> HttpResponse:
    """Say yes."""
    form = ApproveForm(request.POST, actor=request.actor, city=request.city)

    def act() -> None:
        said = form.cleaned_data
        release.approve(
            actor=request.actor, city=request.city, code=code, body=said["body"], revision=said["revision"]
        )

    if form.is_valid() and _tried(form, act):
        messages.success(request, gettext("Persetujuan Anda dicatat."))
        return redirect("alerts:work-alert", code=code)
    return _page(request, code, approve=form)


@require_POST
def refuse(request: Request, code: str) -> HttpResponse:
    """Say no."""
    form = RefuseForm(request.POST)

    def act() -> None:
        release.refuse(actor=request.actor, city=request.city, code=code, reason=form.cleaned_data["reason"])

    if form.is_valid() and _tried(form, act):
        return redirect("alerts:work")
    return _page(request, code, refuse=form)


@require_POST
def follow_up(request: Request, code: str) -> HttpResponse:
    """Draft an update, a cancelling or an all-clear."""
    try:
        made = draft.follow_up(
            actor=request.actor, city=request.city, code=code, kind=request.POST.get("kind", "")[:10]
        )
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, error.message)
        return redirect("alerts:work-alert", code=code)
    return redirect("alerts:work-alert", code=made.code)


@require_POST
def relayed(request: Request) -> HttpResponse:
    """Relay an official CAP file."""
    form = RelayForm(request.POST, request.FILES)

    def act() -> None:
        relay(actor=request.actor, city=request.city, data=form.cleaned_data["file"], source="file")

    if form.is_valid() and _tried(form, act):
        messages.success(request, gettext("Peringatan resmi diteruskan apa adanya."))
        return redirect("alerts:work")
    waiting, lately = work.desk(request.actor, request.city)
    page = {"waiting": waiting, "lately": lately, "relay": form}
    return render(request, "alerts/work_desk.html", page, status=422)


def _tried(form: forms.Form, act: Callable[[], None]) -> bool:
    """Do it; what cannot be done stands in the form, at its field."""
    try:
        act()
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        for fault in error.faults:
            form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        if not error.faults:
            form.add_error(None, error.message)
        return False
    return True


def _page(
    request: Request,
    code: str,
    *,
    edit: EditForm | None = None,
    approve: ApproveForm | None = None,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    try:
        found = work.draft(request.actor, request.city, code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
    texts = {
        f"{name}_{tongue}": text for tongue, words in found.face.words.items() for name, text in words.items()
    }
    page = {
        "draft": found,
        "edit": edit or EditForm(initial={**texts, "revision": found.revision}),
        "approve": approve
        or ApproveForm(initial={"revision": found.revision}, actor=request.actor, city=request.city),
        "refuse": refuse or RefuseForm(),
    }
    wrong = any(form is not None for form in (edit, approve, refuse))
    return render(request, "alerts/work_alert.html", page, status=422 if wrong else 200)
