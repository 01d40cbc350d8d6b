"""Common maps and workshop results from the side of the group: begin, enter, import, review, freeze."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.evidence.actions import workshop as acts
from rembug.evidence.forms.workshop import COLUMNS, ItemForm, WorkshopForm, marks_of
from rembug.evidence.queries import workshops
from rembug.evidence.words import SHAPE_NAMES
from rembug.lib.errors import Invalid, NotAllowed, NotFound, RembugError
from rembug.lib.request import Request
from rembug.lib.sheets import LARGEST
from rembug.places import queries as places


@require_safe
def desk(request: Request) -> HttpResponse:
    """My maps, and those that I may review."""
    page = {
        "workshops": workshops.mine(request.actor, request.city),
        "to_review": workshops.to_review(request.actor, request.city),
    }
    return render(request, "evidence/work_workshops.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin one."""
    form = WorkshopForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.open_workshop(actor=request.actor, city=request.city, said=form.opening())
            return redirect("evidence:workshop-work", code=made.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    return render(
        request, "evidence/work_workshop_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, code: str) -> HttpResponse:
    """One at work; `POST` enters one mark."""
    face = _own_face(request, code) if request.method == "POST" else _face(request, code)
    form = ItemForm(request.POST or None, legend=face.legend)
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_items(
                actor=request.actor,
                city=request.city,
                code=face.code,
                action_id=form.cleaned_data["action_id"],
                items=[form.mark()],
            )
            messages.success(request, gettext("Tersimpan. Orang lain memeriksanya sebelum dibekukan."))
            return redirect("evidence:workshop-work", code=face.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    return _page(request, face, form=form, status=422 if form.errors else 200)


@require_POST
def bring(request: Request, code: str) -> HttpResponse:
    """Enter the marks of a file, all or none."""
    face, file = _own_face(request, code), request.FILES.get("file")
    content = file.read(LARGEST + 1) if file else b""
    try:
        if len(content) > LARGEST:
            raise Invalid("Berkas terlalu besar. Paling besar 2 MB.")
        count = acts.add_items(
            actor=request.actor,
            city=request.city,
            code=face.code,
            action_id=_uuid(request.POST.get("action_id", "")),
            items=marks_of(content, face.legend),
        )
    except NotAllowed:
        raise
    except RembugError as error:
        return _page(request, face, fault=gettext(error.message), status=422)
    messages.success(request, gettext("%(n)s tanda masuk.") % {"n": count})
    return redirect("evidence:workshop-work", code=face.code)


@require_POST
def review(request: Request, code: str) -> HttpResponse:
    """Accept or refuse chosen marks of somebody else."""
    face = _face(request, code)
    try:
        count = acts.review(
            actor=request.actor,
            city=request.city,
            code=face.code,
            items=request.POST.getlist("item")[:500],
            accept=request.POST.get("verdict") == "accept",
            why=request.POST.get("why", ""),
        )
        messages.success(request, gettext("%(n)s tanda diperiksa.") % {"n": count})
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("evidence:workshop-work", code=face.code)


@require_POST
def freeze(request: Request, code: str) -> HttpResponse:
    """Freeze what was accepted."""
    face = _face(request, code)
    try:
        acts.freeze_workshop(
            actor=request.actor, city=request.city, code=face.code, note=request.POST.get("note", "")
        )
        messages.success(request, gettext("Hasilnya sedang dibekukan."))
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("evidence:workshop-work", code=face.code)


def _face(request: Request, code: str) -> workshops.WorkshopFace:
    try:
        return workshops.workshop(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error


def _own_face(request: Request, code: str) -> workshops.WorkshopFace:
    """Return one of a body that the caller acts for, before anything that was sent is read."""
    face = _face(request, code)
    request.actor.require_for(face.body, *workshops.MAPPERS, city=request.city)
    return face


def _page(
    request: Request,
    face: workshops.WorkshopFace,
    *,
    form: ItemForm | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    try:
        found = workshops.items(request.actor, request.city, face.code)
    except NotFound as error:
        raise Http404(error.message) from error
    shapes = dict(SHAPE_NAMES)
    told = {
        "bounds": places.city(request.city).bbox,
        "tiles": settings.BASEMAP_TILES if settings.BASEMAP_ORIGIN else "",
        "credit": settings.BASEMAP_CREDIT,
    }
    may_review = request.actor.may(*workshops.REVIEWERS, city=request.city, area=face.area_code)
    page = {
        "face": face,
        "form": form or ItemForm(legend=face.legend),
        "is_own": request.actor.speaks_for(face.body, *workshops.MAPPERS, city=request.city),
        "waiting": [(item, shapes[item.kind]) for item in found if item.state == "waiting"],
        "reviewable": may_review and any(item.state == "waiting" and not item.is_own for item in found),
        "decided": [(item, shapes[item.kind]) for item in found if item.state != "waiting"],
        "columns": COLUMNS,
        "fresh": uuid4(),
        "fault": fault,
        "settings": orjson.dumps(told).decode(),
    }
    return render(request, "evidence/work_workshop.html", page, status=status)


def _faults(form: Any, error: RembugError) -> None:
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
    if not error.faults:
        form.add_error(None, gettext(error.message))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
