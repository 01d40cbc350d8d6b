"""What a body received, its replies, and joining incidents that are one."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.lib.errors import Conflict, Invalid, NotFound
from rembug.lib.request import Request
from rembug.reports import share
from rembug.reports.actions.link import merge
from rembug.reports.actions.reply import mark_read, reply, withdraw_reply
from rembug.reports.forms.work import ReplyForm
from rembug.reports.queries.work import incidents
from rembug.reports.queries.work.replies import own_reply
from rembug.reports.queries.work.scope import LINKERS
from rembug.reports.views.work.going import see

SHOWS = ("open", "unread", "all")


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request) -> HttpResponse:
    """List what one of my bodies received; answer or join those that are ticked."""
    bodies = incidents.speakers(actor=request.actor, city=request.city)
    form = ReplyForm(request.POST or None, bodies=bodies)
    if request.method == "POST":
        answer = _joined(request) if request.POST.get("do") == "merge" else _replied(request, form)
        if answer is not None:
            return answer
    body = request.POST.get("body") or request.GET.get("pihak") or (bodies[0].public_id if bodies else "")
    show = request.GET.get("tampil", "open")
    show = show if show in SHOWS else "open"
    found = incidents.inbox(actor=request.actor, city=request.city, body=body, show=show)
    context = {
        "form": form if request.method == "POST" else ReplyForm(None, bodies=bodies, initial={"body": body}),
        "bodies": bodies,
        "body": body,
        "inbox": found,
        "show": show,
        "chosen": request.POST.getlist("incident"),
        "may_merge": request.actor.may(*LINKERS, city=request.city)
        or any(g.role in LINKERS and g.city == request.city for g in request.actor.grants),
    }
    return render(
        request, "reports/work_incidents.html", context, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, code: str) -> HttpResponse:
    """Show one incident; opening it by a member of a body that received it is reading it."""
    found = incidents.incident_case(actor=request.actor, city=request.city, code=code.upper())
    form = ReplyForm(request.POST or None, bodies=found.bodies)
    if request.method == "POST":
        answer = _replied(request, form, [found.card.code])
        if answer is not None:
            return answer
    elif not request.headers.get("Sec-Purpose"):  # a browser that fetches ahead has read nothing
        for body in found.bodies:
            mark_read(actor=request.actor, incident=found.card.code, body=body.public_id)
    context = {"view": found, "form": form}
    return render(
        request, "reports/work_incident.html", context, status=422 if request.method == "POST" else 200
    )


@require_safe
def said(request: Request, code: str) -> HttpResponse:
    """Show a reply that stands, with its text for WhatsApp."""
    found = own_reply(actor=request.actor, city=request.city, code=code.upper())
    address = settings.PUBLIC_URL
    if len(found.incidents) == 1 and found.incidents[0].is_public:
        address += reverse("reports:incident", args=[found.incidents[0].card.code])
    text = share.reply_text(found, address)
    context = {"view": found, "text": text, "quoted": quote(text)}
    return render(request, "reports/work_reply.html", context)


@require_POST
def take_back(request: Request, code: str) -> HttpResponse:
    """Withdraw a reply."""
    found = own_reply(actor=request.actor, city=request.city, code=code.upper())
    withdraw_reply(actor=request.actor, code=found.code)
    messages.success(request, gettext("Tanggapan ditarik. Halaman publik tidak menampilkannya lagi."))
    return see("work-incidents")


def _replied(request: Request, form: ReplyForm, codes: list[str] | None = None) -> HttpResponse | None:
    chosen = request.POST.getlist("incident") if codes is None else codes
    if not form.is_valid():
        return None
    try:
        made = reply(actor=request.actor, body=form.cleaned_data["body"], incidents=chosen, text=form.words())
    except (Invalid, NotFound) as error:
        form.add_error(None, gettext(error.message))
        return None
    number = len(chosen)
    done = ngettext("Tanggapan terkirim ke %(n)s kejadian.", "Tanggapan terkirim ke %(n)s kejadian.", number)
    messages.success(request, done % {"n": number})
    return see("work-reply", made.code)


def _joined(request: Request) -> HttpResponse | None:
    try:
        merge(actor=request.actor, incidents=request.POST.getlist("incident"))
    except (Invalid, Conflict, NotFound) as error:
        messages.error(request, gettext(error.message))
        return see("work-incidents")
    messages.success(request, gettext("Kejadian digabung. Hasilnya tampak dalam beberapa detik."))
    return see("work-incidents")
