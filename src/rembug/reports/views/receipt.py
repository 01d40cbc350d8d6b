"""The receipt: a secret link that says what became of a report, and lets its sender go on with it."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.lib import address, ids
from rembug.lib.errors import NotFound, RembugError, TooMany
from rembug.lib.request import Request
from rembug.reports.actions.guesses import check_token
from rembug.reports.actions.own import WORDS_MAX, correct, followup, withdraw
from rembug.reports.queries.receipt import receipt
from rembug.reports.queries.receipt_types import ReceiptPage
from rembug.reports.rules.receipts import number_text
from rembug.reports.views.send import send_photo
from rembug.reports.words import depth_cm

View = Callable[[Request, str], HttpResponse]


def guarded(view: View) -> View:
    """Hold up whoever tries one wrong token after the other (R-10)."""

    @wraps(view)
    def held(request: Request, token: str) -> HttpResponse:
        try:
            check_token(actor=request.actor, token=token, address=address.network_of(request))
        except TooMany as error:
            known = {"fault": gettext(error.message)}
            answer = _closed(render(request, "reports/receipt_unknown.html", known, status=error.status))
            answer["Retry-After"] = str(error.retry_after_s)
            return answer
        return view(request, token)

    return held


@require_safe
@guarded
def page(request: Request, token: str) -> HttpResponse:
    """Show the receipt."""
    return _show(request, token)


def _show(
    request: Request, token: str, *, words: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    try:
        known = receipt(token)
    except NotFound as error:
        return _closed(
            render(request, "reports/receipt_unknown.html", {"fault": gettext(error.message)}, status=404)
        )
    context = {
        "receipt": known,
        "token": token,
        "number": number_text(known.code),
        "is_new": "baru" in request.GET,
        "share": quote(_share_text(known)),
        "tap_id": ids.uuid7(),
        "words": words,
        "fault": fault,
        "words_max": WORDS_MAX,
    }
    return _closed(render(request, "reports/receipt.html", context, status=status))


def _closed(response: HttpResponse) -> HttpResponse:
    """Keep a secret address out of search engines, other sites' logs and shared caches."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    # To other sites no referrer at all. `no-referrer` would also send `Origin: null` with our own forms, and Django
    # would refuse them.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _share_text(known: ReceiptPage) -> str:
    """Return words for a WhatsApp group: never the secret address, only the public one."""
    what = (
        f"{known.category_name}: {depth_cm(known.depth_class)}" if known.depth_class else known.category_name
    )
    place = f" {gettext('di')} {known.place_public}" if known.place_public else ""
    lines = [f"{what}{place}.", f"{gettext('Nomor laporan')} {number_text(known.code)}."]
    if known.is_public:
        lines.append(f"{settings.PUBLIC_URL}/laporan/{known.code}/")
    return "\n".join(lines)


@require_POST
@guarded
def tell(request: Request, token: str) -> HttpResponse:
    """Note one tap: still there, or gone."""
    try:
        tap = UUID(request.POST.get("tap", ""))
    except ValueError:
        tap = ids.uuid7()
    try:
        followup(actor=request.actor, token=token, client_id=tap, value=request.POST.get("value", ""))
    except RembugError as error:
        return _show(request, token, fault=gettext(error.message), status=error.status)
    messages.success(request, gettext("Terima kasih. Kabar Anda sudah dicatat."))
    return _back(token)


@require_POST
@guarded
def correct_words(request: Request, token: str) -> HttpResponse:
    """Add words to the report; the first ones stay."""
    words = request.POST.get("words", "")
    try:
        correct(actor=request.actor, token=token, words=words)
    except RembugError as error:
        return _show(request, token, words=words, fault=gettext(error.message), status=error.status)
    messages.success(request, gettext("Perbaikan sudah ditambahkan."))
    return _back(token)


@require_POST
@guarded
def take_back(request: Request, token: str) -> HttpResponse:
    """Withdraw the report; asked for twice, because it cannot be undone here."""
    if request.POST.get("sure") != "yes":
        return _show(request, token, fault=gettext("Centang dulu bahwa Anda yakin."), status=422)
    try:
        withdraw(actor=request.actor, token=token)
    except RembugError as error:
        return _show(request, token, fault=gettext(error.message), status=error.status)
    messages.success(request, gettext("Laporan Anda sudah ditarik."))
    return _back(token)


@require_POST
@guarded
def photo(request: Request, token: str) -> HttpResponse:
    """Add one photo."""
    picture = request.FILES.get("photo")
    if picture is None:
        return _show(request, token, fault=gettext("Pilih foto dulu."), status=422)
    if send_photo(request, token, picture):
        messages.success(request, gettext("Foto diterima. Petugas akan melihatnya."))
    return _back(token)


def _back(token: str) -> HttpResponse:
    answer = redirect("reports:receipt", token=token)
    answer.status_code = 303
    return answer
