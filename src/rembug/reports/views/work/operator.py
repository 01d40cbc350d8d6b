"""The operator's desk: a message from another channel comes in, its reply goes back as text."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.lib import ids
from rembug.lib.errors import Invalid, KeyReused
from rembug.lib.request import Request
from rembug.reports import share, words
from rembug.reports.actions.operator import enter, mark_pasted
from rembug.reports.forms.work import MessageForm
from rembug.reports.queries.catalogue import kinds
from rembug.reports.queries.town import town
from rembug.reports.queries.work import operator
from rembug.reports.queries.work.message import Prefill, prefill, submission_of
from rembug.reports.views.work.going import see


@require_http_methods(["GET", "HEAD", "POST"])
def enter_message(request: Request) -> HttpResponse:
    """One screen: paste, read, look over, save."""
    if request.method != "POST":
        return _screen(request, _form(request, None, {"client_id": ids.uuid7()}))
    if request.POST.get("do") == "read":
        return _read(request)
    form = _form(request, request.POST)
    if not form.is_valid():
        return _screen(request, form, status=422)
    try:
        said = submission_of(request.city, form.cleaned_data)
        receipt = enter(said, actor=request.actor)
    except KeyReused as error:
        known = operator.code_of_number(
            actor=request.actor, city=request.city, number=form.cleaned_data["number"]
        )
        return _screen(request, form, status=error.status, known=known, fault=gettext(error.message))
    except Invalid as error:
        return _screen(request, form, status=error.status, fault=_all_of(error))
    return see("work-entered", receipt.code)


@require_safe
def result(request: Request, code: str) -> HttpResponse:
    """Show the number and the text that goes back to the sender."""
    found = operator.entered(actor=request.actor, city=request.city, code=code.upper())
    address = settings.PUBLIC_URL + reverse("reports:receipt", args=[found.token])
    text = share.receipt_text(found, address)
    answer = render(request, "reports/work_entered.html", {"view": found, "text": text})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def replies(request: Request) -> HttpResponse:
    """List replies that still have to go back."""
    waiting = operator.to_paste(actor=request.actor, city=request.city)
    rows = [(one, share.pasted_text(one)) for one in waiting]
    return render(request, "reports/work_to_paste.html", {"rows": rows})


@require_POST
def done(request: Request, report: str, reply: str) -> HttpResponse:
    """Note that a reply went back."""
    mark_pasted(actor=request.actor, report=report.upper(), reply=reply.upper())
    messages.success(request, gettext("Dicatat: sudah disampaikan."))
    return see("work-to-paste")


def _read(request: Request) -> HttpResponse:
    """Fill the fields by reading the message; what the operator has typed stays."""
    read: Prefill = prefill(request.city, request.POST.get("message", ""))
    typed = {name: value for name, value in request.POST.items() if value}
    form = _form(request, None, {**read.fields, **typed})
    form.fields["message"].widget.attrs.pop("autofocus")  # now the button has it: Enter saves
    return _screen(request, form, places=read.places, was_read=True)


def _form(request: Request, data: Any, initial: dict[str, Any] | None = None) -> MessageForm:
    here = town(request.city)
    return MessageForm(
        data,
        kinds=kinds(request.city),
        wards=[(ward.code, ward.name) for ward in here.wards],
        depths=[(code, words.depth_cm(code)) for code in words.DEPTHS],
        initial=initial,
    )


def _screen(request: Request, form: MessageForm, *, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "spots": town(request.city).spots,
        "latest": operator.latest(actor=request.actor, city=request.city),
        **more,
    }
    return render(request, "reports/work_enter.html", context, status=status)


def _all_of(error: Invalid) -> str:
    return " ".join([gettext(error.message), *(gettext(fault.message) for fault in error.faults)])
