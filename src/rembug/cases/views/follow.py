"""Following a case by letter, without account."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from rembug.cases.actions import follow
from rembug.cases.views.public import shown
from rembug.lib.errors import Invalid, NotFound, TooMany
from rembug.lib.request import Request


@require_POST
def ask(request: Request, code: str) -> HttpResponse:
    """Ask for letters; the first one only confirms the address."""
    if not ratelimit.consume(request, action="follow_case"):
        raise TooMany(gettext("Terlalu sering. Tunggu sebentar, lalu coba lagi."), retry_after_s=3600)
    address = request.POST.get("address", "")[:254]
    try:
        tongue = get_language() or "id"
        follow.ask(actor=request.actor, city=request.city, code=code, address=address, language=tongue)
        messages.success(request, gettext("Kami mengirim satu surat. Buka tautan di dalamnya untuk mulai."))
    except NotFound as error:
        raise Http404(error.message) from error
    except Invalid as error:
        return shown(request, code, status=422, address=address, address_fault=error.message)
    return redirect("cases:case", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: Request, token: str) -> HttpResponse:
    """Confirm: a press, so that a mail server that opens links does not."""
    if request.method != "POST":
        return _page(request, "confirm")
    try:
        code = follow.confirm(actor=request.actor, token=token)
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(request, gettext("Anda mengikuti kasus ini."))
    return redirect("cases:case", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: Request, token: str) -> HttpResponse:
    """End it: a press."""
    if request.method != "POST":
        return _page(request, "end")
    follow.end(actor=request.actor, token=token)
    messages.success(request, gettext("Anda tidak menerima kabar lagi. Alamat Anda sudah dihapus."))
    return redirect("cases:list")


def _page(request: Request, verb: str) -> HttpResponse:
    answer = render(request, "cases/follow.html", {"verb": verb})
    answer["Cache-Control"] = "private, no-store"
    return answer
