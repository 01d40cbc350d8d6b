"""Yes or no to an incident, from any phone and without an account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from rembug.lib.errors import Invalid, NotAllowed
from rembug.lib.request import Request
from rembug.people.device import ensure_device
from rembug.reports.actions.vote import vote
from rembug.reports.queries import public

VALUES = {"ya": 1, "tidak": -1}


@require_POST
def say(request: Request, code: str) -> HttpResponse:
    """Take one voice; the last word of a phone counts."""
    known = public.incident(request.city, code.upper()).card.code
    actor = ensure_device(request)
    try:
        value = VALUES.get(request.POST.get("value", ""), 0)
        near = request.POST.get("near") == "1"
        vote(actor=actor, incident=known, value=value, secret=settings.SECRET_KEY, near=near)
    except (Invalid, NotAllowed) as error:
        messages.error(request, gettext(error.message))
    else:
        messages.success(request, gettext("Terima kasih. Suara Anda dihitung. Anda boleh mengubahnya."))
    answer = redirect("reports:incident", code=known)
    answer.status_code = 303
    return answer
