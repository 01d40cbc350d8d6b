"""Stopping an account of the city."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from rembug.lib.request import Request
from rembug.people.actions import persons


@require_POST
def disable(request: Request, public_id: str) -> HttpResponse:
    """Stop an account; its sessions end at once."""
    persons.disable_person(actor=request.actor, city=request.city, public_id=public_id)
    messages.success(request, gettext("Akun dihentikan. Semua sesinya berakhir."))
    return redirect("people:roles")
