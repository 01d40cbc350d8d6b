"""The queue of photos: one large photo, one tap."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.audit.rules import verbs
from rembug.lib.errors import Conflict, Invalid
from rembug.lib.request import Request
from rembug.reports import work_words
from rembug.reports.actions.attach import look_attached
from rembug.reports.actions.look import look
from rembug.reports.queries import attached
from rembug.reports.queries.work import photos
from rembug.reports.rules.photos import HIDE_REASONS
from rembug.reports.views.work.going import see

FITS = {"yes": True, "no": False}


@require_safe
def listing(request: Request) -> HttpResponse:
    """Show the photo that has waited longest, and below it those that were looked at last."""
    context = {
        "queue": photos.photo_queue(actor=request.actor, city=request.city),
        "looked": photos.shown(actor=request.actor, city=request.city),
        "attached": _named(attached.to_look_at(actor=request.actor, city=request.city), request),
        "attached_looked": _named(attached.looked_at(actor=request.actor, city=request.city), request),
        "reasons": [(reason, work_words.said(reason, "hide")) for reason in HIDE_REASONS],
    }
    answer = render(request, "reports/work_photos.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def look_at_attached(request: Request, name: str) -> HttpResponse:
    """Show or hide one photo of what is done."""
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    seen = request.POST.get("seen", "")
    try:
        look_attached(actor=request.actor, name=name, verdict=verdict, reason=reason, seen=seen)
    except (Conflict, Invalid) as error:
        messages.error(request, gettext(error.message))
    else:
        shown = gettext("Foto ditampilkan untuk umum."), gettext("Foto disembunyikan.")
        messages.success(request, shown[verdict != "show"])
    return see("work-photos")


def _named(
    found: list[attached.AttachedPhoto], request: Request
) -> list[tuple[attached.AttachedPhoto, str, str]]:
    """Return each photo with the name and the address of what it shows."""
    language = getattr(request, "LANGUAGE_CODE", "id") or "id"
    return [(one, verbs.kind(one.kind, language), verbs.address(one.kind, one.code)) for one in found]


@require_POST
def look_at(request: Request, name: str) -> HttpResponse:
    """Show or hide one photo."""
    verdict = request.POST.get("verdict", "")
    try:
        look(
            actor=request.actor,
            name=name,
            verdict=verdict,
            fits=FITS.get(request.POST.get("fits", "")),
            reason=request.POST.get("reason", ""),
            seen=request.POST.get("seen", ""),
        )
    except (Conflict, Invalid) as error:
        messages.error(request, gettext(error.message))
    else:
        shown = gettext("Foto ditampilkan untuk umum."), gettext("Foto disembunyikan.")
        messages.success(request, shown[verdict != "show"])
    back = request.POST.get("back", "")
    if back.startswith("/kerja/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        answer = HttpResponse(status=303)
        answer["Location"] = back
        return answer
    return see("work-photos")
