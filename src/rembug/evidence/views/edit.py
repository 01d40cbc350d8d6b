"""Members save a question and ask for a frozen answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rembug.evidence.actions import ask
from rembug.evidence.forms.question import QuestionForm
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A new dataset; its first version is asked for at once."""
    form = QuestionForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = ask.save_question(
                actor=request.actor,
                body=said["body"],
                title=said["title"],
                about=said["about"],
                asked=form.asked(),
                dimensions=tuple(said["dimensions"]),
            )
            ask.freeze(actor=request.actor, city=request.city, slug=made.slug)
        except NotAllowed:
            raise
        except RembugError as error:
            for fault in error.faults:
                form.add_error(fault.field if fault.field in form.fields else None, fault.message)
            if not error.faults:
                form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Tersimpan. Versi pertama sedang dibekukan."))
            return redirect("evidence:dataset", slug=made.slug)
    return render(request, "evidence/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def freeze(request: Request, slug: str) -> HttpResponse:
    """Ask for a new version."""
    try:
        ask.freeze(
            actor=request.actor,
            city=request.city,
            slug=slug,
            note=request.POST.get("note", "")[: ask.NOTE_MAX],
        )
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(request, gettext("Versi baru sedang dibekukan. Muat ulang halaman ini sebentar lagi."))
    return redirect("evidence:dataset", slug=slug)
