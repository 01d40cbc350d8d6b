"""The desk of cases: the queue, one case, batches, figures, a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.cases.actions import forward as forwards
from rembug.cases.actions import inspect
from rembug.cases.actions import move as moves
from rembug.cases.actions.confirm import Word
from rembug.cases.actions.desk import seen
from rembug.cases.actions.escalate import give_number
from rembug.cases.actions.move import Said
from rembug.cases.actions.proof import add_proof
from rembug.cases.forms.filters import DeskFilter
from rembug.cases.queries import accused, desk, inspections, work
from rembug.cases.queries.papers import of as papers_of
from rembug.cases.rules.states import MOVES, REJECTIONS
from rembug.cases.views import papers
from rembug.cases.words import verb_words
from rembug.lib.cells import safe_cell
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request
from rembug.reports.actions.photo import BYTES_MAX

MOST = 200


@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for me, what is due first."""
    form = DeskFilter(request.GET or {"keadaan": "open"}, city=request.city)
    after = work.Mark.read(request.GET.get("sesudah", ""))
    found = work.queue(request.actor, request.city, form.wanted(), after)
    keep = request.GET.copy()
    keep["sesudah"] = str(found.following or "")
    page = {"queue": found, "form": form, "keep": keep.urlencode(), "now": request.GET.urlencode()}
    page |= {"kept": desk.kept(request.actor, request.city), "named": desk.named(request.actor, request.city)}
    page["is_boss"] = request.actor.may(*work.COORDINATORS, city=request.city)
    page["about_mine"] = accused.about_mine(request.actor, request.city)
    return render(request, "cases/work_queue.html", page)


@require_safe
def case(request: Request, code: str) -> HttpResponse:
    """One case at work. `?contoh=` puts a ready sentence into the form."""
    seen(actor=request.actor, city=request.city, code=code.upper())
    return _page(request, code)


@require_POST
def move(request: Request, code: str) -> HttpResponse:
    """Do one step."""
    given = request.POST
    try:
        said = Said(
            verb=given.get("verb", "")[:10],
            version=int(given.get("version", "0")[:9] or 0),
            public=given.get("public", "")[: moves.WORDS_MAX],
            internal=given.get("internal", "")[: moves.WORDS_MAX],
            reason=given.get("reason", "")[:40],
            body=given.get("body", "")[:60],
            photo=given.get("photo", "")[:32],
            number=given.get("number", "")[:80],
            action_id=UUID(given["action_id"]) if given.get("action_id") else None,
        )
        if said.verb not in MOVES:
            raise NotFound("Langkah ini tidak ada.")
        file = request.FILES.get("file")
        if file and said.verb == "finish" and said.action_id:
            data = file.read(BYTES_MAX + 1)
            name = add_proof(
                actor=request.actor, city=request.city, code=code, action_id=said.action_id, data=data
            )
            said = replace(said, photo=name)
        said = replace(said, paper=papers.laid(request, code))
        moves.move(actor=request.actor, city=request.city, code=code, said=said)
    except ValueError:
        return _page(request, code, fault=gettext("Isian tidak terbaca. Muat ulang halaman ini."), status=422)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    messages.success(request, gettext("Langkah dicatat."))
    return redirect("cases:work-case", code=code)


@require_POST
def note(request: Request, code: str) -> HttpResponse:
    """Write an internal note."""
    try:
        words, people = request.POST.get("internal", ""), request.POST.getlist("people")[:20]
        moves.note(
            actor=request.actor,
            city=request.city,
            code=code,
            words=words,
            people=people,
            paper=papers.laid(request, code),
        )
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    return redirect("cases:work-case", code=code)


@require_POST
def split(request: Request, code: str) -> HttpResponse:
    """Give parts to several bodies."""
    bodies = [body[:60] for body in request.POST.getlist("bodies")[:10]]
    try:
        moves.split(actor=request.actor, city=request.city, code=code, bodies=bodies)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    messages.success(request, gettext("Kasus dibagi."))
    return redirect("cases:work-case", code=code)


@require_POST
def many(request: Request) -> HttpResponse:
    """Do one step to many cases."""
    codes = [code[:16].upper() for code in request.POST.getlist("codes")[:MOST]]
    verb = request.POST.get("verb", "")[:10]
    said = Said(verb, 0, public=request.POST.get("public", "")[: moves.WORDS_MAX])
    if not codes or verb not in MOVES:
        messages.error(request, gettext("Pilih kasus dan langkahnya."))
        return redirect("cases:work")
    left = moves.answer_many(actor=request.actor, city=request.city, codes=codes, said=said)
    done = len(set(codes)) - len(left)
    if done:
        words = gettext("%(n)s kasus dicatat.") % {"n": done}
        messages.success(request, words)
    if left:
        messages.error(
            request, gettext("Belum bisa: %(codes)s. Buka satu per satu.") % {"codes": ", ".join(left[:20])}
        )
    return redirect("cases:work")


@require_safe
def csv_file(request: Request) -> HttpResponseBase:
    """The cases that I see, as a table safe for spreadsheets."""
    wanted = DeskFilter(request.GET or {"keadaan": "open"}, city=request.city).wanted()

    def lines() -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        for number, row in enumerate(work.table(request.actor, request.city, wanted)):
            if not number:
                writer.writerow(list(row))
            writer.writerow([safe_cell(cell) for cell in row.values()])
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = 'attachment; filename="kasus.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def number(request: Request, code: str) -> HttpResponse:
    """Write the number of a referral outside."""
    given = request.POST
    try:
        rung, written = given.get("rung", "")[:16], given.get("number", "")
        give_number(actor=request.actor, city=request.city, code=code, rung=rung, number=written)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    return redirect("cases:work-case", code=code)


@require_POST
def forward(request: Request, code: str) -> HttpResponse:
    """Send a case on to the system of its body, or write the number that it has there."""
    written = request.POST.get("number", "").strip()
    try:
        if written:
            forwards.write_number(actor=request.actor, city=request.city, code=code, number=written)
        else:
            forwards.forward(actor=request.actor, city=request.city, code=code)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=gettext(error.message), status=error.status)
    return redirect("cases:work-case", code=code)


@require_safe
def second_looks(request: Request) -> HttpResponse:
    """Settled cases drawn by lot that wait for a second look by my communities."""
    page = {"tasks": inspections.tasks(request.actor, request.city)}
    return render(request, "cases/work_inspections.html", page)


@require_POST
def look_again(request: Request, code: str) -> HttpResponse:
    """Say what a second look found."""
    given = request.POST
    said = Word(given.get("verb", "")[:10], given.get("words", "")[: moves.WORDS_MAX])
    try:
        inspect.look_again(
            actor=request.actor, city=request.city, code=code, body=given.get("body", "")[:60], said=said
        )
        messages.success(request, gettext("Cek ulang dicatat. Terima kasih."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("cases:work-inspections")


def _page(request: Request, code: str, *, fault: str = "", status: int = 200) -> HttpResponse:
    try:
        found = work.work(request.actor, request.city, code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    page = {
        "work": found,
        "case": found.face,
        "verbs": [(verb, verb_words(verb), MOVES[verb]) for verb in found.verbs],
        "reasons": [(code, words[0]) for code, words in REJECTIONS.items()],
        "action_id": uuid4(),
        "fault": fault,
        "papers": papers_of(request.actor, request.city, found.face.code),
        "colleagues": desk.colleagues(request.actor, request.city),
    }
    ready = desk.sentences(request.city, found.face.category, found.verbs)
    chosen = next((one.words for one in ready if one.code == request.GET.get("contoh")), "")
    page |= {"ready": ready, "typed": request.POST.get("public", "") if fault else chosen}
    return render(request, "cases/work_case.html", page, status=status)
