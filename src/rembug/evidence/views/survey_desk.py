"""Surveys from the side of the body that asks."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.evidence.actions import survey as acts
from rembug.evidence.forms.survey import QuestionRows, SurveyForm, pile_of, questions_of
from rembug.evidence.queries import surveys
from rembug.evidence.views.surveys import areas_of
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.qr import picture
from rembug.lib.request import Request
from rembug.places import queries as places


@require_safe
def desk(request: Request) -> HttpResponse:
    """My surveys."""
    return render(
        request, "evidence/work_surveys.html", {"surveys": surveys.mine(request.actor, request.city)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Open a survey."""
    form = SurveyForm(request.POST or None, actor=request.actor, city=request.city)
    rows = QuestionRows(request.POST or None, prefix="ask")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            said = form.opening(questions_of(rows))
            made = acts.open_survey(actor=request.actor, city=request.city, said=said)
            return redirect("evidence:survey-work", code=made.code)
        except NotAllowed:
            raise
        except RembugError as error:
            for fault in error.faults:
                form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
            if not error.faults:
                form.add_error(None, gettext(error.message))
    wrong = bool(form.errors) or (request.method == "POST" and not rows.is_valid())
    page = {"form": form, "rows": rows}
    return render(request, "evidence/work_survey_new.html", page, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, code: str) -> HttpResponse:
    """One survey: its link, its piles and words; `POST` counts a pile of paper."""
    try:
        face = surveys.survey(request.city, code)
        inside = surveys.inside(request.actor, request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    fault = ""
    if request.method == "POST":
        try:
            said = pile_of(request.POST, face.questions, _uuid(request.POST.get("action_id", "")))
            acts.enter_paper(actor=request.actor, city=request.city, code=face.code, said=said)
            messages.success(request, gettext("Jawaban dari kertas sudah dihitung."))
            return redirect("evidence:survey-work", code=face.code)
        except RembugError as error:
            fault = gettext(error.message)
    address = settings.PUBLIC_URL + reverse("evidence:survey", args=[face.code])
    page = {
        "survey": face,
        "address": address,
        "picture": picture(address),
        "areas": areas_of(request.city, face.area_code),
        "piles": [(pile, places.label(request.city, pile.area_code)) for pile in inside.batches],
        "texts": inside.texts,
        "fresh": uuid4(),
        "fault": fault,
    }
    return render(request, "evidence/work_survey.html", page, status=422 if fault else 200)


@require_POST
def close(request: Request, code: str) -> HttpResponse:
    """Close the survey and freeze its sums."""
    try:
        acts.close_and_freeze(
            actor=request.actor, city=request.city, code=code.upper(), note=request.POST.get("note", "")
        )
        messages.success(request, gettext("Survei ditutup. Hasilnya sedang dibekukan."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("evidence:survey-work", code=code.upper())


@require_POST
def void(request: Request, code: str, pile: int) -> HttpResponse:
    """Take a mistyped pile back."""
    try:
        acts.void_paper(
            actor=request.actor,
            city=request.city,
            code=code.upper(),
            pile=pile,
            why=request.POST.get("why", ""),
        )
        messages.success(request, gettext("Tumpukan dibatalkan. Jumlahnya dikurangi lagi."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("evidence:survey-work", code=code.upper())


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
