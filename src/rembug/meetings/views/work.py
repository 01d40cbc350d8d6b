"""The desk of meetings: arranging, the list at the door, minutes, the plan."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.lib.errors import Conflict, NotFound, RembugError
from rembug.lib.photo_form import sent_photo
from rembug.lib.qr import picture
from rembug.lib.request import Request
from rembug.meetings.actions import arrange, attend, minutes, plan
from rembug.meetings.actions import picture as picturing
from rembug.meetings.forms.meeting import (
    ArrangeForm,
    TaskForm,
    number_of,
    own_bodies,
    sums_of,
    targets,
    uuid_of,
)
from rembug.meetings.queries import meetings
from rembug.people.queries.bodies import public_bodies
from rembug.reports.queries import attached


@require_safe
def desk(request: Request) -> HttpResponse:
    """My meetings, and what waits for my approval."""
    page = {
        "meetings": meetings.mine(request.actor, request.city),
        "waiting": meetings.waiting_for(request.actor, request.city),
    }
    return render(request, "meetings/work_desk.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Arrange a meeting."""
    form = ArrangeForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            row = arrange.arrange(actor=request.actor, city=request.city, plan=form.plan())
            return redirect("meetings:work-meeting", code=row.code)
        except RembugError as error:
            for fault in error.faults:
                form.add_error(fault.field if fault.field in form.fields else None, fault.message)
            if not error.faults:
                form.add_error(None, error.message)
    return render(request, "meetings/work_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def photo(request: Request, code: str) -> HttpResponse:
    """Add a photo."""
    fault = sent_photo(request, code, picturing.add_photo)
    if fault is not None:
        return _page(request, code, fault=gettext(fault.message), status=fault.status)
    return redirect("meetings:work-meeting", code=code)


@require_safe
def meeting(request: Request, code: str) -> HttpResponse:
    """One meeting at work."""
    return _page(request, code)


@require_POST
def invite(request: Request, code: str) -> HttpResponse:
    """Invite more bodies."""
    bodies = request.POST.getlist("bodies")[:200]
    signing = bodies if request.POST.get("signs") else []
    return _act(
        request,
        code,
        lambda who: arrange.invite(**who, bodies=bodies, signing=signing),
        gettext("Undangan ditambah."),
    )


@require_POST
def cancel(request: Request, code: str) -> HttpResponse:
    """Cancel the meeting."""
    why = request.POST.get("why", "")[:300]
    return _act(request, code, lambda who: arrange.cancel(**who, why=why), gettext("Pertemuan dibatalkan."))


@require_POST
def paper(request: Request, code: str) -> HttpResponse:
    """Take the sums of a paper list."""
    given = request.POST
    return _act(
        request,
        code,
        lambda who: attend.from_paper(
            **who,
            sheet=uuid_of(given.get("sheet", "")),
            people=number_of(given.get("people", "")),
            counts=sums_of(given),
        ),
        gettext("Daftar hadir dihitung."),
    )


@require_POST
def write(request: Request, code: str) -> HttpResponse:
    """Write the minutes; when somebody else wrote meanwhile, both texts are shown and nothing is lost."""
    given = request.POST
    said = minutes.Written(
        number_of(given.get("version", "")),
        given.get("minutes", "")[:12_000],
        given.get("decisions", "")[:4000],
    )
    try:
        minutes.write(actor=request.actor, city=request.city, code=code, said=said)
    except Conflict as error:
        return _page(request, code, fault=error.message, status=409, mine=said)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status, mine=said)
    messages.success(request, gettext("Notulensi disimpan."))
    return redirect("meetings:work-meeting", code=code)


@require_POST
def approve(request: Request, code: str) -> HttpResponse:
    """Approve the minutes for a body."""
    given = request.POST
    version = number_of(given.get("version", ""))
    body = given.get("body", "")[:60]
    return _act(
        request,
        code,
        lambda who: minutes.approve(**who, body=body, version=version),
        gettext("Notulensi disetujui."),
    )


@require_POST
def office(request: Request, code: str) -> HttpResponse:
    """Write the office's answer."""
    words = request.POST.get("words", "")
    return _act(
        request, code, lambda who: arrange.answer_as_office(**who, words=words), gettext("Jawaban disimpan.")
    )


@require_POST
def add(request: Request, code: str) -> HttpResponse:
    """Add an item to the plan."""
    form = TaskForm(request.POST, city=request.city)
    if not form.is_valid():
        return _page(request, code, form=form, status=422)
    return _act(request, code, lambda who: plan.add(**who, task=form.task()), gettext("Rencana ditambah."))


@require_POST
def move(request: Request, code: str) -> HttpResponse:
    """Move an item of the plan."""
    given = request.POST
    said = plan.Moving(
        verb=given.get("verb", "")[:8],
        seen=given.get("seen", "")[:8],
        words=given.get("words", "")[:600],
        target=given.get("target", "")[:10],
        target_code=given.get("target_code", "")[:20],
    )
    try:
        row = plan.move(actor=request.actor, city=request.city, code=code, said=said)
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        messages.error(request, error.message)
        return redirect("meetings:item", code=code)
    messages.success(request, gettext("Langkah dicatat."))
    return redirect("meetings:work-meeting", code=row.meeting.code)


def _act(request: Request, code: str, act: object, said: str) -> HttpResponse:
    who = {"actor": request.actor, "city": request.city, "code": code}
    try:
        act(who)  # type: ignore[operator]
    except NotFound as error:
        raise Http404(error.message) from error
    except RembugError as error:
        return _page(request, code, fault=error.message, status=error.status)
    messages.success(request, said)
    return redirect("meetings:work-meeting", code=code)


def _page(
    request: Request,
    code: str,
    *,
    fault: str = "",
    status: int = 200,
    mine: minutes.Written | None = None,
    form: TaskForm | None = None,
) -> HttpResponse:
    speaks = {body.public_id for body in own_bodies(request.actor, request.city)}
    try:
        found = meetings.meeting(request.city, code)
        hosts = found.body in speaks
        found = meetings.meeting(request.city, code, links=True) if hosts else found
    except NotFound as error:
        raise Http404(error.message) from error
    signs = [
        guest for guest in found.guests if guest.signs and guest.body in speaks and not guest.approved_at
    ]
    if (
        not hosts
        and not signs
        and found.office not in speaks
        and not any(item.body in speaks for item in found.items)
    ):
        raise Http404
    invited = {guest.body for guest in found.guests}
    page = {
        "meeting": found,
        "hosts": hosts,
        "speaks": speaks,
        "signs": signs,
        "is_office": bool(found.office) and found.office in speaks,
        "door": meetings.door_link(found.code) if hosts else "",
        "picture": picture(meetings.door_link(found.code)) if hosts else "",
        "sheet": uuid4(),
        "traits": attend.TRAITS,
        "form": form or TaskForm(city=request.city),
        "targets": targets(),
        "others": [body for body in public_bodies(city=request.city) if body.public_id not in invited],
        "mine": mine,
        "fault": fault,
        "fresh": uuid4(),
        "sent": attached.of(request.city, "meeting", found.code) if hosts else [],
    }
    return render(request, "meetings/work_meeting.html", page, status=status)
