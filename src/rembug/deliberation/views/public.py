"""Proposals for everybody: what is asked, where it stands, who answered, who is silent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.deliberation.actions import speak
from rembug.deliberation.forms import sheet as table
from rembug.deliberation.forms.proposal import own_bodies
from rembug.deliberation.queries import answers as sheets
from rembug.deliberation.queries import calendar as planning
from rembug.deliberation.queries import proposals
from rembug.deliberation.queries.setup import path_of, said
from rembug.deliberation.rules.path import Path
from rembug.deliberation.rules.shapes import DeliveryFace, ProposalFace
from rembug.deliberation.words import SPHERES, STATES
from rembug.evidence.queries.dossiers import DossierFace, dossier
from rembug.lib import clock
from rembug.lib.errors import NotFound, RembugError
from rembug.lib.ical import calendar
from rembug.lib.request import Request
from rembug.lib.sheets import CSV_TYPE, XLSX_TYPE
from rembug.meetings.forms.meeting import uuid_of
from rembug.people.device import ensure_device
from rembug.places import queries as places


@require_safe
def listing(request: Request) -> HttpResponse:
    """All proposals that stand, newest change first."""
    path = _path(request)
    asked = {name: request.GET.get(name, "")[:40] for name in ("wilayah", "tahap", "keadaan", "cari")}
    found = proposals.listed(
        request.city,
        area=asked["wilayah"],
        stage=asked["tahap"],
        state=asked["keadaan"],
        words=asked["cari"],
    )
    page = {
        "proposals": found,
        "asked": asked,
        "areas": places.areas(request.city, level="kelurahan"),
        "stages": [(stage.code, said(stage.names)) for stage in path.facts.stages],
        "states": STATES.items(),
        "cycle": path.cycles[-1] if path.cycles else 0,
        "next": next(iter(planning.coming(request.city)), None),
    }
    return render(request, "deliberation/list.html", page)


@require_safe
def proposal(request: Request, code: str) -> HttpResponse:
    """One proposal: what is asked, on what it rests, where it stands."""
    found = _found(request, code)
    own = own_bodies(request.actor, request.city) if request.actor.grants else []
    standing = {code for code, _ in found.support.bodies} if found.support else set()
    page = {
        "proposal": found,
        "own": [(body, body.public_id in standing) for body in own],
        "areas": places.areas(request.city, level="kelurahan"),
        "may_argue": request.actor.person_id is not None,
        "may_hide": request.actor.may(*speak.MODERATORS, city=request.city, area=found.area_code),
        "fresh": uuid4(),
    }
    return render(request, "deliberation/proposal.html", page)


@require_POST
def support(request: Request, code: str) -> HttpResponse:
    """Support a proposal or take the support back, for oneself or for a body."""
    actor = ensure_device(request)
    said_for = request.POST.get("body", "")[:60]
    try:
        if request.POST.get("verb") == "withdraw":
            speak.take_back(
                actor=actor, city=request.city, code=code, secret=settings.SECRET_KEY, body=said_for
            )
            messages.success(request, gettext("Dukungan ditarik."))
        else:
            area = request.POST.get("area", "")[:24]
            is_new = speak.support(
                actor=actor,
                city=request.city,
                code=code,
                secret=settings.SECRET_KEY,
                area=area,
                body=said_for,
            )
            done = gettext("Terima kasih. Dukungan dihitung: satu orang satu suara.")
            messages.success(request, done if is_new else gettext("Dukungan Anda sudah dihitung sebelumnya."))
    except NotFound as error:
        raise Http404(error.message) from error
    answer = redirect("deliberation:proposal", code=code)
    answer.status_code = 303
    return answer


@require_POST
def argue(request: Request, code: str) -> HttpResponse:
    """Say what speaks for or against."""
    try:
        speak.argue(
            secret=settings.SECRET_KEY,
            actor=request.actor,
            city=request.city,
            code=code,
            action_id=uuid_of(request.POST.get("action_id", "")),
            side=request.POST.get("side", ""),
            words=request.POST.get("words", "")[:4000],
            body=request.POST.get("body", "")[:60],
        )
        messages.success(request, gettext("Alasan Anda tampil di halaman ini."))
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        messages.error(request, gettext(error.message))
    answer = redirect("deliberation:proposal", code=code)
    answer.status_code = 303
    return answer


@require_safe
def not_agreed(request: Request) -> HttpResponse:
    """Every refusal with its reason."""
    return render(request, "deliberation/not_agreed.html", {"refusals": proposals.refusals(request.city)})


@require_safe
def calendar_page(request: Request) -> HttpResponse:
    """The year's calendar with countdowns."""
    _path(request)
    return render(request, "deliberation/calendar.html", {"coming": planning.coming(request.city)})


@require_safe
def feed(request: Request) -> HttpResponse:
    """The planning calendar as iCalendar."""
    _path(request)
    name = gettext("Jalur perencanaan")
    text = calendar(name, clock.now(), planning.events(request.city), timedelta(days=1))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_safe
def sheet_csv(request: Request) -> HttpResponse:
    """Form RW.1 of a cycle as CSV."""
    cycle, faces = _rw_sheet(request)
    return _file(table.write(faces), CSV_TYPE, f"rw1-{cycle}.csv")


@require_safe
def sheet_xlsx(request: Request) -> HttpResponse:
    """Form RW.1 of a cycle as a workbook, with the sheets that other systems ask for."""
    cycle, faces = _rw_sheet(request)
    return _file(table.write_workbook(faces, _path(request).facts.sheets), XLSX_TYPE, f"rw1-{cycle}.xlsx")


def _rw_sheet(request: Request) -> tuple[int, list[ProposalFace]]:
    cycles = _path(request).cycles
    wanted = request.GET.get("siklus", "")
    cycle = int(wanted) if wanted.isdecimal() and len(wanted) == 4 else (cycles[-1] if cycles else 0)
    return cycle, proposals.rw_sheet(request.city, cycle, request.GET.get("wilayah", "")[:24])


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def answers(request: Request) -> HttpResponse:
    """What each sphere was asked, what it answered, who is silent."""
    sums = sheets.balance(request.city)
    page = {
        "spheres": [(code, words, sums[code]) for code, words in SPHERES.items()],
        "silent": sheets.silent(request.city),
    }
    return render(request, "deliberation/answers.html", page)


@require_safe
def answer(request: Request, code: str) -> HttpResponse:
    """One answer sheet."""
    return render(request, "deliberation/answer.html", {"sheet": _sheet(request, code)})


@require_safe
def letter(request: Request, code: str) -> HttpResponse:
    """The letter that hands a proposal over, to print and sign."""
    found = _sheet(request, code)
    page: dict[str, Any] = {"sheet": found, "base": settings.PUBLIC_URL}
    if found.dossier:
        page["dossier"] = _dossier(request, found.dossier, found.dossier_number)
        return render(request, "deliberation/letter_dossier.html", page)
    page["proposal"] = _found(request, found.proposal)
    return render(request, "deliberation/letter.html", page)


@require_safe
def dossier_answers(request: Request, slug: str) -> HttpResponse:
    """To whom a dossier was handed, and what each answered."""
    page = {"dossier": _dossier(request, slug), "sheets": sheets.of_dossier(request.city, slug)}
    return render(request, "deliberation/dossier_answers.html", page)


def _dossier(request: Request, slug: str, number: int | None = None) -> DossierFace:
    try:
        return dossier(request.city, slug, number)
    except NotFound as error:
        raise Http404(error.message) from error


def _found(request: Request, code: str) -> ProposalFace:
    try:
        return proposals.proposal(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error


def _sheet(request: Request, code: str) -> DeliveryFace:
    try:
        return sheets.sheet(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error


def _path(request: Request) -> Path:
    try:
        return path_of(request.city)
    except NotFound as error:
        raise Http404(error.message) from error
