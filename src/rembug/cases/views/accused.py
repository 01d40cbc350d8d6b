"""A case about a body: a coordinator writes about whom it is; that body replies, and handles nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rembug.cases.actions.accuse import Complaint, name_accused, reply_as_accused
from rembug.cases.queries.accused import about_me
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.request import Request


@require_POST
def about(request: Request, code: str) -> HttpResponse:
    """Write about which body a case is; it goes to another one."""
    given = request.POST
    version = given.get("version", "0")
    said = Complaint(
        about=given.get("about", "")[:60],
        handler=given.get("handler", "")[:60],
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        action_id=_number(given.get("action_id", "")),
    )
    try:
        name_accused(actor=request.actor, city=request.city, code=code, said=said)
        messages.success(request, gettext("Dicatat. Pihak yang dikeluhkan diberi tahu tentang hak jawabnya."))
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        messages.error(request, gettext(error.message))
        return redirect("cases:work-case", code=code)
    return redirect("cases:case", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: Request, code: str) -> HttpResponse:
    """The page of the body that is complained about: what everybody sees, and its reply."""
    fault, status, words = "", 200, request.POST.get("words", "")
    try:
        if request.method == "POST":
            number = _number(request.POST.get("action_id", ""))
            reply_as_accused(actor=request.actor, city=request.city, code=code, words=words, action_id=number)
            messages.success(request, gettext("Jawaban Anda tampil di perjalanan kasus."))
            return redirect("cases:case", code=code)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        fault, status = gettext(error.message), error.status
    try:
        case = about_me(request.actor, request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    page = {"case": case, "fault": fault, "words": words, "action_id": uuid4()}
    return render(request, "cases/work_reply.html", page, status=status)


def _number(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
