"""Cases for everybody: the list, one case with its chain, a feed; and the reporter's own word by the secret receipt."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from rembug.cases.actions.confirm import Word, by_community, by_reporter
from rembug.cases.forms.filters import CaseFilter, page_key
from rembug.cases.queries import faces
from rembug.cases.queries.near import near_bodies
from rembug.cases.queries.papers import public as papers_of_all
from rembug.cases.rules.states import may
from rembug.lib import atom
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.request import Request
from rembug.reports.actions.photo import BYTES_MAX
from rembug.reports.queries.handling import incident_of_receipt


@require_safe
def listing(request: Request) -> HttpResponse:
    """All cases of the city, newest first."""
    form = CaseFilter(request.GET or {"keadaan": "open"}, city=request.city)
    found, following = faces.listed(request.city, form.wanted(), page_key(request.GET.get("sesudah", "")))
    keep = request.GET.copy()
    keep["sesudah"] = str(following)
    page = {"cases": found, "following": following, "keep": keep.urlencode(), "form": form}
    return render(request, "cases/list.html", page)


@require_safe
def case(request: Request, code: str) -> HttpResponse:
    """One case; a community near by may say what it found."""
    return shown(request, code)


def shown(request: Request, code: str, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of one case, with what a form of it has to say."""
    found = _found(request.city, code)
    page = {"case": found, "fresh": uuid4(), "near": near_bodies(request.actor, request.city, found.code)}
    page["papers"] = papers_of_all(request.city, found.code)
    page["may"] = [verb for verb in ("confirm", "dispute") if may(verb, found.state, "citizen")]
    asked = {"address": "", "address_fault": "", **more}
    return render(request, "cases/case.html", page | asked, status=status)


@require_safe
def feed(request: Request, code: str) -> HttpResponse:
    """The chain of one case for any feed reader (RFC 4287)."""
    found = _found(request.city, code)
    page = f"{settings.PUBLIC_URL}/kasus/{found.code}/"
    entries = (
        atom.Entry(f"{page}#{number}", step.state_name or step.words[:60], step.at, page, step.words)
        for number, step in enumerate(found.steps)
    )
    title = f"{gettext('Kasus')} {found.code}"
    whole = atom.Feed(page, title, found.changed_at, f"{page}feed.atom", page, found.body_name or "Rembug")
    return HttpResponse(atom.written(whole, entries), content_type=atom.TYPE)


@require_safe
def of_receipt(request: Request, token: str) -> HttpResponse:
    """The cases of my report, with what I may say to them."""
    incident = incident_of_receipt(token)
    cases = faces.of_incident(request.city, incident) if incident else []
    found = [faces.case(request.city, one.code) for one in cases]
    asked = [
        (one, may("confirm", one.state, "citizen"), may("dispute", one.state, "citizen")) for one in found
    ]
    answer = render(request, "cases/of_receipt.html", {"cases": asked, "token": token, "fresh": uuid4()})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def say(request: Request, token: str, code: str) -> HttpResponse:
    """Settled, or not yet."""
    try:
        by_reporter(
            actor=request.actor,
            city=request.city,
            code=code,
            token=token,
            said=_word(request),
        )
        messages.success(request, gettext("Kabar Anda sudah dicatat."))
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("cases:of-receipt", token=token)


@require_POST
def check(request: Request, code: str) -> HttpResponse:
    """A community says that it is settled, or that it is not."""
    try:
        body = request.POST.get("body", "")[:60]
        by_community(actor=request.actor, city=request.city, code=code, body=body, said=_word(request))
        messages.success(request, gettext("Kabar Anda sudah dicatat."))
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        messages.error(request, gettext(error.message))
    return redirect("cases:case", code=code)


def _word(request: Request) -> Word:
    """Return what a form says, with its photo. A file that is too large is refused later, by its first bytes."""
    file = request.FILES.get("photo")
    try:
        action_id = UUID(request.POST.get("action_id", ""))
    except ValueError:
        action_id = uuid4()
    return Word(
        verb=request.POST.get("verb", "")[:10],
        words=request.POST.get("words", "")[:1200],
        photo=file.read(BYTES_MAX + 1) if file else b"",
        action_id=action_id,
    )


def _found(city: str, code: str) -> faces.CaseFace:
    try:
        return faces.case(city, code.upper())
    except NotFound as error:
        raise Http404(error.message) from error
