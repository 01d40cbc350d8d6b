"""A document of a case: always saved, never opened in a page; and whether everybody may have it."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.cases.actions import papers
from rembug.cases.actions.papers import Laid
from rembug.cases.queries.papers import paper_file
from rembug.cases.rules.papers import LARGEST
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.request import Request

PUBLIC, PRIVATE = "public, max-age=300", "private, no-store"


@require_safe
def paper(request: Request, name: str) -> HttpResponseBase:
    """Send the bytes to be saved: no browser shows them inside the site, whatever they are."""
    try:
        found = paper_file(name, actor=request.actor, city=request.city)
        with default_storage.open(found.key) as file:
            answer = HttpResponse(file.read(), content_type=found.mime)
    except (NotFound, FileNotFoundError) as error:
        raise Http404("Berkas ini tidak ada.") from error
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer["Cache-Control"] = PUBLIC if found.is_public else PRIVATE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
def show(request: Request, code: str, paper: str) -> HttpResponse:
    """Show a document to everybody, or no longer."""
    is_public = request.POST.get("verb") == "show"
    try:
        papers.show(actor=request.actor, city=request.city, code=code, paper=paper, is_public=is_public)
        messages.success(request, gettext("Tersimpan."))
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("cases:work-case", code=code)


def laid(request: Request, code: str) -> Laid | None:
    """Return the document of a form, looked through and stored; nothing where there is none. Raises as `papers.lay`."""
    file = request.FILES.get("paper")
    if not isinstance(file, UploadedFile):
        return None
    return papers.lay(
        actor=request.actor,
        city=request.city,
        code=code,
        data=file.read(LARGEST + 1),
        title=request.POST.get("paper_title", "").strip() or file.name or "",
        is_public=request.POST.get("paper_public") == "yes",
    )
