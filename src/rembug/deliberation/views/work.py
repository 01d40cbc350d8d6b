"""The desk of proposals: publish, decide, hand over, answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.deliberation.actions import answer as answering
from rembug.deliberation.actions import decide as deciding
from rembug.deliberation.actions import propose as proposing
from rembug.deliberation.actions import speak
from rembug.deliberation.forms import sheet as table
from rembug.deliberation.forms.proposal import AnswerForm, HandForm, ProposalForm, RulingForm, own_bodies
from rembug.deliberation.queries import answers, proposals, stages
from rembug.deliberation.queries.setup import path_of
from rembug.evidence.queries.dossiers import dossier
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request
from rembug.lib.sheets import table_text


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for one's bodies, and their own proposals."""
    own = own_bodies(request.actor, request.city)
    mine = [face for body in own for face in proposals.of_body(request.city, body.public_id)]
    page = {
        "mine": mine,
        "asked": answers.waiting_for(request.actor, request.city),
        "to_decide": stages.waiting(request.actor, request.city, proposing.SPEAKERS),
    }
    return render(request, "deliberation/work_desk.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Publish a proposal; similar ones are shown once before."""
    start = {"incidents": request.GET.get("kejadian", "")[:9], "cases": request.GET.get("kasus", "")[:9]}
    start["dataset"] = request.GET.get("data", "")[:80]
    form = ProposalForm(request.POST or None, actor=request.actor, city=request.city, initial=start)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        said = form.asked_for()
        alike = proposals.similar(request.city, said.title, said.need, said.area)
        if not alike or request.POST.get("sure") == "1":
            try:
                row = proposing.propose(actor=request.actor, city=request.city, said=said)
                return redirect("deliberation:proposal", code=row.code)
            except NotAllowed:
                raise
            except RembugError as error:
                _faults(form, error)
    page = {"form": form, "alike": alike}
    return render(request, "deliberation/work_new.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Request) -> HttpResponse:
    """Take in a table of proposals (Form RW.1): first shown with its faults, then published."""
    page: dict[str, Any] = {"own": own_bodies(request.actor, request.city), "columns": table.NEEDED}
    if request.method != "POST":
        return render(request, "deliberation/work_import.html", page)
    body = request.POST.get("body", "")[:60]
    try:
        text = table_text(request.POST.get("text", ""), request.FILES.get("file"))
        found, faults = table.read(text, city=request.city, body=body)
        if request.POST.get("sure") == "1" and not faults:
            for said in found:
                proposing.propose(actor=request.actor, city=request.city, said=said)
            done = gettext("%(n)s usulan tercatat. Tabel yang sama tidak menambah lagi.")
            messages.success(request, done % {"n": len(found)})
            return redirect("deliberation:work")
        page |= {"found": found, "faults": faults, "text": text, "body": body}
    except NotAllowed:
        raise
    except RembugError as error:
        page["faults"] = [error.message, *(fault.message for fault in error.faults)]
    return render(request, "deliberation/work_import.html", page, status=422 if page["faults"] else 200)


@require_safe
def proposal(request: Request, code: str) -> HttpResponse:
    """What one's bodies can do with a proposal now."""
    return render(request, "deliberation/work_proposal.html", _page(request, code))


@require_POST
def move(request: Request, code: str) -> HttpResponse:
    """Take back, enter again, wish to be joined, take another in."""
    other = request.POST.get("other", "")[:9]
    verbs: dict[str, Any] = {
        "withdraw": lambda who: proposing.withdraw(actor=who, city=request.city, code=code),
        "again": lambda who: proposing.again(actor=who, city=request.city, code=code),
        "wish": lambda who: proposing.wish_merge(actor=who, city=request.city, code=code, into=other),
        "take": lambda who: proposing.accept_merge(actor=who, city=request.city, code=code, from_code=other),
    }
    act = verbs.get(request.POST.get("verb", ""))
    if act is None:
        raise Http404(gettext("Langkah ini tidak ada."))
    try:
        act(request.actor)
        messages.success(request, gettext("Tercatat di catatan publik."))
    except NotAllowed:
        raise
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("deliberation:work-proposal", code=code)


@require_POST
def decide(request: Request, code: str) -> HttpResponse:
    """Decide at the stage where it stands."""
    page = _page(request, code)
    form = RulingForm(request.POST, city=request.city, bodies=page["deciding"], stage=page["proposal"].stage)
    if not page["deciding"]:
        raise NotAllowed("Pihak Anda tidak memutuskan pada tahap ini untuk wilayah ini.")
    if form.is_valid():
        try:
            deciding.decide(actor=request.actor, city=request.city, code=code, said=form.ruling())
            messages.success(request, gettext("Keputusan tercatat di catatan publik."))
            return redirect("deliberation:proposal", code=code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    return render(request, "deliberation/work_proposal.html", page | {"ruling": form}, status=422)


@require_POST
def deliver(request: Request, code: str) -> HttpResponse:
    """Record that it was handed to a body."""
    page = _page(request, code)
    form = HandForm(request.POST, city=request.city)
    if form.is_valid():
        try:
            answering.deliver(actor=request.actor, city=request.city, code=code, said=form.handed())
            messages.success(request, gettext("Penyerahan tercatat. Suratnya siap dicetak."))
            return redirect("deliberation:work-proposal", code=code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    return render(request, "deliberation/work_proposal.html", page | {"hand": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def deliver_dossier(request: Request, slug: str) -> HttpResponse:
    """Record that a dossier was handed to a body, for one of its writers."""
    try:
        written = dossier(request.city, slug)
    except NotFound as error:
        raise Http404(error.message) from error
    form = HandForm(request.POST or None, city=request.city, initial={"on": answers.today()})
    if request.method == "POST" and form.is_valid():
        try:
            row = answering.deliver_dossier(
                actor=request.actor,
                city=request.city,
                slug=slug,
                by=request.POST.get("by", "")[:60],
                said=form.handed(),
            )
            messages.success(request, gettext("Penyerahan tercatat. Suratnya siap dicetak."))
            return redirect("deliberation:answer", code=row.code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    writers = {written.body, *(code for code, _ in written.authors)}
    own = [body for body in own_bodies(request.actor, request.city) if body.public_id in writers]
    page = {"dossier": written, "hand": form, "own": own}
    return render(request, "deliberation/work_dossier_hand.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, code: str) -> HttpResponse:
    """Add a step to an answer sheet, for one's own body only."""
    try:
        sheet = answers.sheet(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.say(actor=request.actor, city=request.city, code=code, said=form.saying())
            messages.success(request, gettext("Tercatat di catatan publik."))
            return redirect("deliberation:answer", code=code)
        except NotAllowed:
            raise
        except RembugError as error:
            _faults(form, error)
    own = {body.public_id for body in own_bodies(request.actor, request.city)}
    page = {"sheet": sheet, "form": form, "is_asked": sheet.body in own, "is_asking": sheet.asking in own}
    return render(request, "deliberation/work_answer.html", page, status=422 if form.errors else 200)


@require_POST
def hide(request: Request, number: int) -> HttpResponse:
    """Hide an argument, with a reason."""
    try:
        code = speak.hide(
            actor=request.actor, city=request.city, argument=number, why=request.POST.get("why", "")
        )
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
        return redirect("deliberation:list")
    return redirect("deliberation:proposal", code=code)


def _page(request: Request, code: str) -> dict[str, Any]:
    try:
        found = proposals.proposal(request.city, code)
        row = proposals.row_of(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    path = path_of(request.city)
    able = stages.deciding(request.actor, request.city, path, row, proposing.SPEAKERS)
    mine = request.actor.speaks_for(found.body, *proposing.SPEAKERS, city=request.city)
    return {
        "proposal": found,
        "is_mine": mine,
        "deciding": able,
        "ruling": RulingForm(city=request.city, bodies=able, stage=found.stage),
        "hand": HandForm(city=request.city, initial={"on": answers.today()}),
    }


def _faults(form: Any, error: RembugError) -> None:
    for fault in error.faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.message))
    if not error.faults:
        form.add_error(None, gettext(error.message))
