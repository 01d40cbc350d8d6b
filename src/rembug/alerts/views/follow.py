"""Following by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.alerts.actions import follow
from rembug.alerts.forms.alert import FollowForm
from rembug.lib.errors import NotFound
from rembug.lib.request import Request


@require_POST
def ask(request: Request) -> HttpResponse:
    """Ask for a letter with a link."""
    form = FollowForm(request.POST, city=request.city)
    if not form.is_valid():
        return render(request, "alerts/follow.html", {"form": form}, status=422)
    follow.ask(
        actor=request.actor,
        city=request.city,
        email=form.cleaned_data["email"],
        area=form.cleaned_data["area"],
        language=(get_language() or "id")[:2],
    )
    messages.success(
        request, gettext("Periksa kotak surat Anda. Buka tautan di dalamnya untuk mulai menerima.")
    )
    return redirect("alerts:list")


@require_safe
def confirm(request: Request, token: str) -> HttpResponse:
    """Begin to receive."""
    try:
        follow.confirm(actor=request.actor, city=request.city, token=token)
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(
        request, gettext("Anda akan menerima peringatan. Setiap surat memuat tautan untuk berhenti.")
    )
    return redirect("alerts:list")


@csrf_exempt  # RFC 8058: mail programs post without cookies
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """`GET` asks; `POST` stops and forgets the address."""
    if request.method == "POST":
        follow.stop(actor=request.actor, city=request.city, token=token)
        return render(request, "alerts/stopped.html", {"done": True})
    return render(request, "alerts/stopped.html", {"done": False})
