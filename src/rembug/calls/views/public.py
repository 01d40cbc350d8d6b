"""Calls for everybody: what is asked, joining without account, what came of it; and the watcher's own page."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.calls.actions import watch as watching
from rembug.calls.actions.call import join
from rembug.calls.actions.remind import ask_reminder
from rembug.calls.forms.call import number_of, seen_of, uuid_of
from rembug.calls.queries import calls
from rembug.calls.rules.shapes import CallFace
from rembug.lib import clock
from rembug.lib.errors import Invalid, NotFound, RembugError, TooMany
from rembug.lib.ical import calendar
from rembug.lib.request import Request
from rembug.people.queries.bodies import public_bodies
from rembug.reports.queries import attached
from rembug.reports.rules.depth import DEPTHS

LARGEST_BYTES = 100_000  # of one batch of observations


@require_safe
def listing(request: Request) -> HttpResponse:
    """What is asked for, and what came of earlier calls."""
    page = {"coming": calls.coming(request.city), "past": calls.past(request.city)}
    return render(request, "calls/list.html", page)


@require_safe
def call(request: Request, code: str) -> HttpResponse:
    """One call."""
    return _page(request, _found(request, code))


@require_safe
def feed(request: Request) -> HttpResponse:
    """All calls as a calendar."""
    text = calendar(gettext("Ajakan warga"), clock.now(), calls.events(request.city), timedelta(hours=1))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def joined(request: Request, code: str) -> HttpResponse:
    """Join; the page with the token in its address changes it later."""
    found = _found(request, code)
    given = request.POST if request.method == "POST" else request.GET
    token = uuid_of(given.get("token", ""))
    if token is None:
        return redirect("calls:call", code=found.code)
    if request.method != "POST":
        return render(request, "calls/joined.html", {"call": found, "token": token})
    try:
        join(
            actor=request.actor,
            city=request.city,
            code=found.code,
            token=token,
            body=given.get("body", "")[:60],
            people=number_of(given.get("people", "")),
        )
    except RembugError as error:
        return _page(request, found, fault=error.message, status=error.status)
    return redirect(f"{request.path}?token={token}")


@require_POST
def reminder(request: Request, code: str) -> HttpResponse:
    """Ask for a letter the day before."""
    found = _found(request, code)
    token = uuid_of(request.POST.get("token", ""))
    if token is None:
        return redirect("calls:call", code=found.code)
    if not ratelimit.consume(request, action="call_reminder"):
        raise TooMany(gettext("Terlalu sering. Tunggu sebentar, lalu coba lagi."), retry_after_s=3600)
    page: dict[str, object] = {"call": found, "token": token}
    try:
        ask_reminder(
            actor=request.actor,
            city=request.city,
            code=found.code,
            token=token,
            address=request.POST.get("address", "")[:254],
            language=get_language() or "id",
        )
    except Invalid as error:
        page |= {"fault": gettext(error.message), "address": request.POST.get("address", "")[:254]}
        return render(request, "calls/joined.html", page, status=422)
    except NotFound as error:
        raise Http404(error.message) from error
    messages.success(request, gettext("Kami kirim satu surat sehari sebelumnya, lalu alamat Anda dihapus."))
    return redirect(f"{reverse('calls:joined', args=[found.code])}?token={token}")


@require_safe
def event(request: Request, code: str) -> HttpResponse:
    """One call for one's own calendar, with alarms."""
    found = _found(request, code)
    text = calendar(found.title, clock.now(), [calls.event(request.city, found.code)], timedelta(hours=1))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_POST
def sign_up(request: Request, code: str) -> HttpResponse:
    """Become a watcher and get points."""
    found = _found(request, code)
    try:
        token = watching.sign_up(
            actor=request.actor,
            city=request.city,
            code=found.code,
            action_id=uuid_of(request.POST.get("token", "")) or uuid4(),
        )
    except RembugError as error:
        return _page(request, found, fault=error.message, status=error.status)
    return redirect("calls:watch", token=token)


@csrf_exempt  # the secret link is the right; observations wait on a phone without network and come later
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: Request, token: str) -> HttpResponse:
    """My points: one form each, which works without script and without network."""
    fault, status = "", 200
    if request.method == "POST":
        seen = seen_of(request.POST.dict())
        try:
            if seen is None:
                fault, status = gettext("Pilih seberapa dalam, atau kering."), 422
            else:
                (answer,) = watching.take(actor=request.actor, city=request.city, token=token, seen=[seen])
                if not answer.fault:
                    return redirect("calls:watch", token=token)
                fault, status = answer.fault, 422
        except NotFound as error:
            raise Http404(error.message) from error
    try:
        found, own, done = calls.watch(request.city, token)
    except NotFound as error:
        raise Http404(error.message) from error
    rows = [(point, uuid4(), point.number in done) for point in own]
    page = {
        "call": found,
        "rows": rows,
        "depths": DEPTHS,
        "fault": fault,
        "left": len(own) - len(done),
        "token": token,
    }
    return render(request, "calls/watch.html", page, status=status)


@csrf_exempt  # programs and phones that kept many observations
@require_POST
def observations(request: Request, token: str) -> HttpResponse:
    """Take a JSON list of observations: each is stored once, and each gets its own answer."""
    if len(request.body) > LARGEST_BYTES:
        return _problem(413, gettext("Kiriman terlalu besar. Kirim paling banyak 200 pengamatan sekaligus."))
    try:
        rows = json.loads(request.body)["observations"]
        seen = [seen_of(row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _problem(400, gettext("Kiriman tidak terbaca. Kirim JSON dengan `observations`."))
    wrong = [place for place, one in enumerate(seen) if one is None]
    if wrong:
        return _problem(
            422, gettext("Pengamatan tidak lengkap: %(list)s.") % {"list": ", ".join(map(str, wrong))}
        )
    try:
        answers = watching.take(
            actor=request.actor, city=request.city, token=token, seen=[one for one in seen if one is not None]
        )
    except RembugError as error:
        return _problem(error.status, error.message)
    plain = [
        {
            "client_id": str(one.client_id),
            "report": one.report,
            "receipt_token": one.receipt,
            "fault": one.fault,
        }
        for one in answers
    ]
    return JsonResponse({"observations": plain}, status=200)


def _problem(status: int, words: str) -> HttpResponse:
    body = {"type": "about:blank", "title": words, "status": status, "detail": words}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _page(request: Request, found: CallFace, *, fault: str = "", status: int = 200) -> HttpResponse:
    page = {"call": found, "token": uuid4(), "bodies": public_bodies(city=request.city), "fault": fault}
    page["photos"] = attached.public(request.city, "call", found.code)
    return render(request, "calls/call.html", page, status=status)


def _found(request: Request, code: str) -> CallFace:
    try:
        return calls.call(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
