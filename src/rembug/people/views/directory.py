"""The directory as a table, groups from a table, doubles made one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from rembug.lib.errors import NotAllowed, RembugError
from rembug.lib.request import Request
from rembug.lib.sheets import CSV_TYPE, table_text
from rembug.people import rules
from rembug.people.actions import directory, letters
from rembug.people.forms import directory as tables
from rembug.people.forms.faults import add_faults
from rembug.people.queries import bodies


@require_safe
def download(request: Request) -> HttpResponse:
    """All listed bodies as CSV."""
    answer = HttpResponse(tables.write(bodies.public_bodies(city=request.city)), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="pihak-{request.city}.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Request) -> HttpResponse:
    """Take in a table of groups: first shown with its faults, then made; links of invitations are shown once."""
    page: dict[str, Any] = {"needed": tables.NEEDED}
    if request.method != "POST":
        return render(request, "people/import.html", page)
    try:
        text = table_text(request.POST.get("text", ""), request.FILES.get("file"))
        found, faults = tables.read(text, city=request.city)
        if request.POST.get("sure") == "1" and found and not faults:
            done = directory.import_groups(actor=request.actor, city=request.city, rows=found)
            return _done(request, done)
        page |= {"found": found, "faults": faults, "text": text}
    except NotAllowed:
        raise
    except RembugError as error:
        page["faults"] = [error.message]
    return render(request, "people/import.html", page, status=422 if page["faults"] else 200)


def _done(request: Request, done: directory.Imported) -> HttpResponse:
    """Send the letters and show the links to copy; the tokens are not kept anywhere."""
    shown = []
    for name, email, token in done.invited:
        link = settings.PUBLIC_URL + reverse("people:invitation", kwargs={"token": token})
        context: dict[str, object] = {"link": link, "email": email, "days": rules.INVITATION_LASTS.days}
        sent = letters.send(email, "invitation", context) if settings.EMAIL_HOST else False
        shown.append((name, email, link, sent))
    answer = render(request, "people/imported.html", {"done": done, "invited": shown})
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request) -> HttpResponse:
    """Make a double and its other one body, after a look at both."""
    form = tables.MergeForm(
        request.POST or None, bodies=bodies.public_bodies(city=request.city), city=request.city
    )
    pair = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if request.POST.get("sure") == "1":
                stays = directory.merge(actor=request.actor, city=request.city, **said)
                messages.success(request, gettext("Digabung. Halaman yang kembar menuju ke sini."))
                return redirect("people:body", public_id=stays.public_id)
            pair = [
                bodies.public_body(city=request.city, public_id=said[name]) for name in ("double", "into")
            ]
        except NotAllowed:
            raise
        except RembugError as fault:
            add_faults(form, fault)
    return render(
        request, "people/merge.html", {"form": form, "pair": pair}, status=422 if form.errors else 200
    )
