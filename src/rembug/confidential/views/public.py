"""The reporter's pages: no account, no cookie, no session, no JavaScript; nothing about who asks reaches them.

They change nothing in anybody's name, so there is nothing that another site could misuse a signed-in browser for;
a form that another site sends is refused by what the browser says of itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from rembug.confidential.actions import talk
from rembug.confidential.actions.submit import submit
from rembug.confidential.forms.telling import TellForm
from rembug.confidential.forms.upload import MOST_BYTES, MemoryOnly
from rembug.confidential.queries import matters
from rembug.confidential.queries.boxes import reading
from rembug.confidential.queries.setup import doors, facts_of
from rembug.confidential.rules import receipts
from rembug.lib.errors import Invalid, NotAllowed, NotFound, RembugError
from rembug.lib.request import Request

View = Callable[[Request], HttpResponse]


def from_here(view: View) -> View:
    """Refuse a form that another site sends; needs no cookie."""

    @wraps(view)
    def looked_at(request: Request) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in {
            "same-origin",
            "none",
        }:
            raise NotAllowed(gettext("Kirim dari halaman ini, bukan dari situs lain."))
        return view(request)

    return cast(View, csrf_exempt(looked_at))


@require_safe
def start(request: Request) -> HttpResponse:
    """What this is, who reads it, where else to go."""
    try:
        facts = facts_of(request.city)
    except NotFound:
        return render(request, "confidential/none.html", {}, status=404)
    page = {
        "doors": doors(request.city),
        "readers": reading(request.city),
        "days": facts.retention_days,
        "basis": facts.retention_basis,
    }
    return render(request, "confidential/start.html", page)


@from_here
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request) -> HttpResponse:
    """The form; the answer to a good one is the receipt, on this page only."""
    if request.method != "POST":
        return _form(request, TellForm(city=request.city))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        fault = gettext("Foto terlalu besar. Semuanya bersama paling besar 12 MB.")
        return _form(request, TellForm(city=request.city), fault=fault, status=413)
    request.upload_handlers = [MemoryOnly(request)]
    form = TellForm(request.POST, city=request.city)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        digits = submit(
            actor=request.actor, city=request.city, said=form.telling(request.FILES), caller=_caller(request)
        )
    except RembugError as error:
        for wrong in error.faults:
            form.add_error(wrong.field if wrong.field in form.fields else None, gettext(wrong.message))
        said = "" if error.faults else gettext(error.message)
        return _form(request, form, fault=said, status=error.status)
    page = {"receipt": receipts.shown(digits), "named": form.cleaned_data["named"] == "yes"}
    return render(request, "confidential/told.html", page, status=201)


@from_here
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request) -> HttpResponse:
    """Open one's matter with the receipt; write to the recipients, or delete it."""
    if request.method != "POST":
        return render(request, "confidential/reopen.html", {})
    typed, said = request.POST.get("receipt", ""), request.POST
    try:
        found = talk.find(actor=request.actor, city=request.city, typed=typed, caller=_caller(request))
    except RembugError as error:
        page = {"fault": gettext(error.message)}
        return render(request, "confidential/reopen.html", page, status=error.status)
    note = fault = ""
    if said.get("do") == "delete" and said.get("sure") == "yes":
        talk.delete_as_reporter(actor=request.actor, found=found)
        return render(request, "confidential/gone.html", {})
    if said.get("do") == "delete":
        fault = gettext("Centang dulu bahwa Anda yakin.")
    elif said.get("do") == "write":
        note, fault = _write(request, found)
    return _matter(request, found, note=note, fault=fault)


def _write(request: Request, found: talk.Found) -> tuple[str, str]:
    try:
        once = _once(request.POST.get("once", ""))
        words = request.POST.get("words", "")
        talk.write_as_reporter(actor=request.actor, found=found, words=words, once=once)
    except RembugError as error:
        return "", gettext(error.message)
    return gettext("Pesan Anda sudah dikirim."), ""


def _matter(request: Request, found: talk.Found, *, note: str, fault: str) -> HttpResponse:
    page = {
        "matter": matters.for_reporter(found.matter, found.private),
        "receipt": receipts.shown(receipts.read(request.POST.get("receipt", ""))),
        "once": uuid4(),
        "note": note,
        "fault": fault,
        "typed": request.POST.get("words", "")[:8000] if fault else "",
    }
    return render(request, "confidential/matter.html", page, status=422 if fault else 200)


def _form(request: Request, form: TellForm, *, fault: str = "", status: int = 200) -> HttpResponse:
    page = {"form": form, "fault": fault, "doors": doors(request.city), "readers": reading(request.city)}
    return render(request, "confidential/tell.html", page, status=status)


def _once(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(gettext("Formulir ini tidak terbaca. Buka lagi dengan tanda terima.")) from None


def _caller(request: Any) -> str:
    name: str = request.caller
    return name
