"""Writing to a body, and the inbox of its people."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.lib import address
from rembug.lib.errors import NotFound, RembugError, TooMany
from rembug.lib.request import Request
from rembug.people.actions import contact
from rembug.people.forms.directory import ContactForm
from rembug.people.forms.faults import add_faults
from rembug.people.queries import bodies
from rembug.people.queries import messages as inboxes


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, public_id: str) -> HttpResponse:
    """Write to a body; its people read it on their desk and answer where the writer wants."""
    body = bodies.public_body(city=request.city, public_id=public_id)
    if not bodies.has_people(city=request.city, public_id=public_id):
        raise NotFound(gettext("Pihak ini belum bisa dihubungi lewat Rembug."))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _has_room(request, public_id):
            raise TooMany(gettext("Terlalu sering. Tunggu sebentar, lalu coba lagi."), retry_after_s=3600)
        link = settings.PUBLIC_URL + reverse("people:inbox")
        try:
            contact.write(
                actor=request.actor, city=request.city, public_id=public_id, said=form.writing(), link=link
            )
        except RembugError as fault:
            add_faults(form, fault)
        else:
            messages.success(
                request, gettext("Pesan Anda sudah sampai. Jawaban datang ke alamat yang Anda tulis.")
            )
            return redirect("people:body", public_id=public_id)
    return render(
        request, "people/contact.html", {"form": form, "body": body}, status=422 if form.errors else 200
    )


def _has_room(request: Request, public_id: str) -> bool:
    """Tell whether this sender may write to this body now; what one sends takes little room from others."""
    who, here = request.actor, address.network_of(request)
    sender = who.public_id if who.kind == "person" else (who.device_hash or here)
    return all(
        ratelimit.consume(request, action=action, key=key)
        for action, key in (
            ("write_to_body", f"{public_id} {sender}"),
            ("write_to_body_address", f"{public_id} {here}"),
            ("write_to_body_all", public_id),
        )
    )


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Messages to one's bodies."""
    found = inboxes.inbox(actor=request.actor, city=request.city)
    return render(request, "people/inbox.html", {"found": found})


@require_POST
def handled(request: Request, public_id: str) -> HttpResponse:
    """Put a message away."""
    contact.handled(actor=request.actor, city=request.city, public_id=public_id)
    return redirect("people:inbox")
