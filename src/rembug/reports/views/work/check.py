"""The verifiers' queue, one report of it, and the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.lib.errors import Conflict, Invalid
from rembug.lib.request import Request
from rembug.reports import work_words
from rembug.reports.actions.decide import decide
from rembug.reports.actions.moderate import REASONS as TAKE_DOWN_REASONS
from rembug.reports.forms.work import DecisionForm, QueueForm
from rembug.reports.queries.public.faces import Faces
from rembug.reports.queries.work import check
from rembug.reports.queries.work.case import case
from rembug.reports.queries.work.check import Asked
from rembug.reports.rules.decisions import REASONS
from rembug.reports.views.work.going import asked_in, carried, see


@require_safe
def listing(request: Request) -> HttpResponse:
    """List what should be checked, most informative first."""
    form = QueueForm(request.GET, actor=request.actor, city=request.city, faces=Faces(request.city))
    asked = form.asked()
    found = check.queue(actor=request.actor, city=request.city, asked=asked)
    context = {"form": form, "queue": found, "asked": asked, "query": carried(asked)}
    return render(request, "reports/work_check.html", context)


@require_safe
def page(request: Request, code: str) -> HttpResponse:
    """Show one report with all that helps to judge it."""
    return show(request, code)


@require_POST
def decide_one(request: Request, code: str) -> HttpResponse:
    """Take the decision, then show the next report of the queue."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, code, fault=gettext("Pilih hasil dan alasannya."), status=422)
    try:
        made = decide(actor=request.actor, code=code.upper(), **form.decision())
    except (Conflict, Invalid) as error:
        return show(request, code, fault=gettext(error.message), status=error.status)
    verdict = work_words.said(made.verdict, "verdict")
    messages.success(request, gettext("Tercatat: %(verdict)s.") % {"verdict": verdict})
    return go_on(request, code)


def go_on(request: Request, code: str) -> HttpResponse:
    """Go to the next report of the queue, or back to the list when none is left."""
    asked = asked_in(request.GET)
    then = check.following(actor=request.actor, city=request.city, asked=asked, code=code.upper())
    query = carried(Asked(asked.area, asked.category))
    return see("work-case", then, query=query) if then else see("work-check", query=query)


def show(
    request: Request, code: str, *, fault: str = "", status: int = 200, masked: str | None = None
) -> HttpResponse:
    """Show one report; `masked` are public words that could not be stored."""
    found = case(actor=request.actor, city=request.city, code=code.upper())
    asked = asked_in(request.GET)
    context = {
        "case": found,
        "fault": fault,
        "query": carried(asked),
        "next": check.following(actor=request.actor, city=request.city, asked=asked, code=found.code),
        "verdicts": [
            (
                verdict,
                work_words.said(verdict, "verdict"),
                [(r, work_words.said(r, "decision")) for r in reasons],
            )
            for verdict, reasons in REASONS.items()
            if verdict != "unsure" or found.decisions
        ],
        "take_down": [(reason, work_words.said(reason, "take_down")) for reason in TAKE_DOWN_REASONS],
        "masked": found.text_public if masked is None else masked,
    }
    answer = render(request, "reports/work_case.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"  # a true place must not stay on a shared computer
    return answer
