"""Surveys for everybody: the list, a sheet to fill in without account, what was found."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from rembug.evidence.actions.survey import answer
from rembug.evidence.forms.survey import answer_of
from rembug.evidence.queries import surveys
from rembug.evidence.queries.survey_results import results
from rembug.evidence.rules.question import Asked
from rembug.evidence.rules.survey import Answer
from rembug.evidence.words import AGE_NAMES, GENDER_NAMES
from rembug.lib.errors import NotFound, RembugError, TooMany
from rembug.lib.request import Request
from rembug.people.device import ensure_device
from rembug.places import queries as places


@require_safe
def listing(request: Request) -> HttpResponse:
    """All surveys of the city."""
    return render(request, "evidence/surveys.html", {"surveys": surveys.listed(request.city)})


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: Request, code: str) -> HttpResponse:
    """One survey: its sheet while it is open, its results once they are frozen."""
    face = _found(request, code)
    if request.method != "POST":
        if face.state == "open":
            ensure_device(request)
        return _page(request, face)
    if not ratelimit.consume(request, action="survey_answer"):
        raise TooMany(gettext("Terlalu sering. Tunggu sebentar, lalu coba lagi."), retry_after_s=60)
    said = answer_of(request.POST, face.questions)
    try:
        new = answer(
            actor=request.actor, city=request.city, code=face.code, said=said, secret=settings.SECRET_KEY
        )
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        faults = {fault.field for fault in error.faults}
        more = {"fault": gettext(error.message), "faults": faults, "said": said}
        return _page(request, face, status=error.status, **more)
    done = gettext("Terima kasih. Jawaban Anda dihitung, tanpa nama.")
    messages.success(request, done if new else gettext("Jawaban dari HP ini sudah dihitung sebelumnya."))
    after = redirect("evidence:survey", code=face.code)
    after.status_code = 303
    return after


def areas_of(city: str, area_code: str) -> list[tuple[str, str]]:
    """Return the kelurahan that a survey asks in."""
    scope = Asked("surveys", areas=(area_code,) if area_code else ())
    return [(one.code, one.name) for one in places.areas(city, level="kelurahan") if scope.covers(one.code)]


def _page(request: Request, face: surveys.SurveyFace, *, status: int = 200, **more: object) -> HttpResponse:
    done = surveys.has_answered(request.actor, request.city, face.code, settings.SECRET_KEY)
    page: dict[str, object] = {
        "survey": face,
        "done": done,
        "area": places.label(request.city, face.area_code) if face.area_code else "",
        "areas": areas_of(request.city, face.area_code),
        "genders": GENDER_NAMES,
        "ages": AGE_NAMES,
        "said": Answer({}),
        "faults": set(),
        "results": results(request.city, face),
    }
    return render(request, "evidence/survey.html", page | more, status=status)


def _found(request: Request, code: str) -> surveys.SurveyFace:
    try:
        return surveys.survey(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
