"""Members of bodies comment on a version of a dossier; writers take back, moderators hide."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from rembug.evidence.actions import comment as acts
from rembug.evidence.queries.comments import version_of
from rembug.lib.errors import Invalid, NotFound
from rembug.lib.request import Request


@require_POST
def comment(request: Request, slug: str, number: int) -> HttpResponse:
    """Say something in the name of a body."""
    try:
        acts.comment(
            actor=request.actor,
            city=request.city,
            slug=slug,
            number=number,
            action_id=_uuid(request.POST.get("action_id", "")),
            body=request.POST.get("body", "")[:60],
            words=request.POST.get("words", ""),
            secret=settings.SECRET_KEY,
        )
        messages.success(request, gettext("Komentar terbit atas nama pihak Anda."))
    except NotFound as error:
        raise Http404(error.message) from error
    except Invalid as error:
        messages.error(request, gettext(error.message))
    return _back(slug, number)


@require_POST
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take one's own comment back."""
    try:
        row = acts.withdraw(actor=request.actor, city=request.city, code=code, secret=settings.SECRET_KEY)
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(request, gettext("Komentar ditarik."))
    return _back(row.dossier.slug, row.dossier.number)


@require_POST
def hide(request: Request, code: str) -> HttpResponse:
    """Hide a comment with a reason."""
    try:
        slug, number = version_of(request.city, code)
        acts.hide(actor=request.actor, city=request.city, code=code, why=request.POST.get("why", ""))
        messages.success(request, gettext("Komentar disembunyikan, dengan alasannya."))
    except NotFound as error:
        raise Http404(error.message) from error
    except Invalid as error:
        messages.error(request, gettext(error.message))
    return _back(slug, number)


def _back(slug: str, number: int) -> HttpResponse:
    answer = redirect("evidence:dossier-version", slug=slug, number=number)
    answer.status_code = 303
    return answer


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
