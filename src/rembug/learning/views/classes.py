"""A class from the side of a pupil's phone: a code, questions, the lesson, the same questions. No account, no name."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from rembug.learning.actions.classes import answer
from rembug.learning.forms.classes import choices_of, token_of
from rembug.learning.queries import classes, lessons
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.request import Request

WAYS = {"awal": "before", "akhir": "after"}
STEPS = {"before": "learning:class-lesson", "after": "learning:class-done"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's sheet: when, its random number, the chosen answers."""

    moment: str
    token: UUID | None = None
    choices: dict[str, int] = field(default_factory=dict)


@require_safe
def enter(request: Request) -> HttpResponse:
    """Ask for the code of the class."""
    code = request.GET.get("kode", "").strip().upper()[:12]
    if not code:
        return render(request, "learning/enter.html", {})
    try:
        known, _, _ = classes.open_lesson(request.city, code)
    except NotFound as error:
        return render(request, "learning/enter.html", {"code": code, "fault": error.message}, status=404)
    return redirect("learning:class-questions", code=known, way="awal")


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: Request, code: str, way: str) -> HttpResponse:
    """Ask before or after; the sheet carries a random number of its own and nothing else."""
    moment = WAYS.get(way)
    if moment is None:
        raise Http404
    known, title, lesson = _found(request, code)
    if request.method != "POST":
        return _ask(request, known, title, lesson, Sheet(moment))
    sheet = Sheet(moment, token_of(request.POST), choices_of(request.POST, lesson))
    if sheet.token is None:
        fault = gettext("Lembar ini tidak terbaca. Isi sekali lagi.")
        return _ask(request, known, title, lesson, sheet, fault=fault, status=422)
    try:
        answer(
            actor=request.actor,
            city=request.city,
            code=known,
            moment=moment,
            token=sheet.token,
            choices=sheet.choices,
        )
    except RembugError as error:
        return _ask(request, known, title, lesson, sheet, fault=error.message, status=error.status)
    return redirect(STEPS[moment], code=known)


@require_safe
def lesson(request: Request, code: str) -> HttpResponse:
    """The lesson within a class."""
    known, title, found = _found(request, code)
    return render(request, "learning/lesson.html", {"lesson": found, "code": known, "title": title})


@require_safe
def done(request: Request, code: str) -> HttpResponse:
    """Thanks, the explanations, and what can be done now."""
    known, title, found = _found(request, code)
    return render(request, "learning/done.html", {"lesson": found, "code": known, "title": title})


def _ask(
    request: Request,
    code: str,
    title: str,
    lesson: lessons.LessonFace,
    sheet: Sheet,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    page = {
        "code": code,
        "title": title,
        "lesson": lesson,
        "moment": sheet.moment,
        "token": sheet.token or uuid4(),
        "rows": [(one, sheet.choices.get(one.key, -1)) for one in lesson.questions],
        "fault": fault,
    }
    return render(request, "learning/questions.html", page, status=status)


def _found(request: Request, code: str) -> tuple[str, str, lessons.LessonFace]:
    try:
        known, title, slug = classes.open_lesson(request.city, code)
        return known, title, lessons.lesson(request.city, slug)
    except NotFound as error:
        raise Http404(error.message) from error
