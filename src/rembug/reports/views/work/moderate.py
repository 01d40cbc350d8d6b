"""Taking a report down and bringing it back, masking its words, setting it apart from its incident."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from rembug.lib.errors import Conflict, Invalid, NotFound
from rembug.lib.request import Request
from rembug.reports.actions.link import separate
from rembug.reports.actions.moderate import mask_text, restore, take_down
from rembug.reports.queries.work.case import case
from rembug.reports.views.work.check import show
from rembug.reports.views.work.going import asked_in, carried, see


@require_POST
def remove(request: Request, code: str) -> HttpResponse:
    """Take a report down, with a reason."""
    reason = request.POST.get("reason", "")

    def act(known: str) -> None:
        take_down(actor=request.actor, code=known, reason=reason)

    return _done(request, code, act, gettext("Laporan tidak tampil lagi."))


@require_POST
def bring_back(request: Request, code: str) -> HttpResponse:
    """Show a report again that was taken down."""

    def act(known: str) -> None:
        restore(actor=request.actor, code=known)

    return _done(request, code, act, gettext("Laporan tampil kembali."))


@require_POST
def mask(request: Request, code: str) -> HttpResponse:
    """Set the words that everybody sees."""
    words = request.POST.get("text_public", "")
    try:
        mask_text(actor=request.actor, code=_known(request, code), text_public=words)
    except Invalid as error:
        return show(request, code, fault=gettext(error.message), status=error.status, masked=words)
    messages.success(request, gettext("Kata-kata untuk umum sudah diganti."))
    return see("work-case", code.upper(), query=carried(asked_in(request.GET)))


@require_POST
def split(request: Request, code: str) -> HttpResponse:
    """Say that a report is not part of the happening it was put to."""

    def act(known: str) -> None:
        separate(actor=request.actor, report=known, reason=request.POST.get("reason", ""))

    return _done(request, code, act, gettext("Laporan dipisahkan. Hasilnya tampak dalam beberapa detik."))


def _done(request: Request, code: str, act: Callable[[str], None], message: str) -> HttpResponse:
    try:
        act(_known(request, code))
    except (Conflict, Invalid, NotFound) as error:
        return show(request, code, fault=gettext(error.message), status=error.status)
    messages.success(request, message)
    return see("work-case", code.upper(), query=carried(asked_in(request.GET)))


def _known(request: Request, code: str) -> str:
    """Return the code of a report of this city that the actor may handle. Raises `NotFound`, `NotAllowed`."""
    return case(actor=request.actor, city=request.city, code=code.upper()).code
