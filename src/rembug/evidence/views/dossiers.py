"""Dossiers: read and printed by everybody, written by bodies, reviewed by others."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.evidence.actions import dossier as acts
from rembug.evidence.forms.dossier import ClaimRows, DossierForm
from rembug.evidence.paper import pdf
from rembug.evidence.queries import dossiers
from rembug.evidence.queries.comments import MODERATORS, comments
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.qr import picture
from rembug.lib.request import Request
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places


@require_safe
def listing(request: Request) -> HttpResponse:
    """All dossiers of the city."""
    return render(request, "evidence/dossiers.html", {"dossiers": dossiers.listed(request.city)})


@require_safe
def dossier(request: Request, slug: str, number: int | None = None) -> HttpResponse:
    """One version of a dossier, made to be printed; the code leads back to it."""
    try:
        found = dossiers.dossier(request.city, slug, number)
    except NotFound as error:
        raise Http404(error.message) from error
    address = settings.PUBLIC_URL + reverse("evidence:dossier-version", args=[slug, found.number])
    writers = {found.body, *(code for code, _ in found.authors)}
    speakers = []
    if request.actor.grants:
        may = {grant.body for grant in request.actor.grants if grant.city == request.city}
        speakers = [body for body in public_bodies(city=request.city) if body.public_id in may]
    secret = settings.SECRET_KEY
    page = {
        "dossier": found,
        "address": address,
        "picture": picture(address),
        "reviewers": [
            body
            for body in speakers
            if request.actor.speaks_for(body.public_id, *acts.WRITERS, city=request.city)
            and body.public_id not in writers
        ],
        "fresh": uuid4(),
        "fresh_comment": uuid4(),
        "comments": comments(request.city, slug, found.number, actor=request.actor, secret=secret),
        "speakers": speakers,
        "may_hide": request.actor.may(*MODERATORS, city=request.city)
        and not any(grant.body in writers for grant in request.actor.grants),
    }
    return render(request, "evidence/dossier.html", page)


@require_safe
def paper(request: Request, slug: str, number: int) -> HttpResponse:
    """One version as PDF."""
    try:
        found = dossiers.dossier(request.city, slug, number)
        sources = dossiers.sources(request.city, found)
    except NotFound as error:
        raise Http404(error.message) from error
    address = settings.PUBLIC_URL + reverse("evidence:dossier-version", args=[slug, found.number])
    content = pdf(found, sources, city=places.city(request.city).name, address=address)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slug}-{found.number}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request) -> HttpResponse:
    """Publish a dossier; every marked number is reckoned anew first."""
    start = {"slug": request.GET.get("versi", "")[:80]}
    form = DossierForm(request.POST or None, actor=request.actor, city=request.city, initial=start)
    rows = ClaimRows(request.POST or None, form_kwargs={"city": request.city}, prefix="claim")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        claims = tuple(row.claim() for row in rows.forms if row.has_changed())
        try:
            made = acts.publish(actor=request.actor, city=request.city, said=form.writing(claims))
            return redirect("evidence:dossier", slug=made.slug)
        except NotAllowed:
            raise
        except RembugError as error:
            for fault in error.faults:
                form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
            if not error.faults:
                form.add_error(None, gettext(error.message))
    wrong = bool(form.errors) or (request.method == "POST" and not rows.is_valid())
    page = {"form": form, "rows": rows}
    return render(request, "evidence/work_dossier.html", page, status=422 if wrong else 200)


@require_POST
def review(request: Request, slug: str, number: int) -> HttpResponse:
    """Say for another body what one thinks of it."""
    said = request.POST
    try:
        acts.review(
            actor=request.actor,
            city=request.city,
            slug=slug,
            number=number,
            action_id=_uuid(said.get("action_id", "")),
            body=said.get("body", "")[:60],
            verdict=said.get("verdict", "")[:8],
            words=said.get("words", ""),
        )
        messages.success(request, gettext("Pemeriksaan tercatat di catatan publik."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("evidence:dossier-version", slug=slug, number=number)


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        return uuid4()
