"""The recipients' pages: the box of a body, its matters, the dialogue, the two steps to a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembug.confidential.actions import boxes, talk, unmask
from rembug.confidential.forms.box import new_passphrase, once_of
from rembug.confidential.queries import matters
from rembug.confidential.queries.boxes import BoxFace, Held, my_box, my_boxes
from rembug.confidential.views import held as opened
from rembug.lib.errors import RembugError
from rembug.lib.request import Request

Words = Mapping[str, str]


@require_safe
def work(request: Request) -> HttpResponse:
    """My boxes; with a single one, straight into it."""
    mine = my_boxes(request.actor, request.city)
    if len(mine) == 1:
        return redirect("confidential:work-box", body=mine[0].body)
    return _shown(render(request, "confidential/work.html", {"boxes": mine}))


@require_http_methods(["GET", "HEAD", "POST"])
def box(request: Request, body: str) -> HttpResponse:
    """One box: set it up, take a key, open it, close it; open, it shows its matters."""
    face = my_box(request.actor, request.city, body)
    if request.method != "POST":
        return _box(request, face, opened.read(request, body))
    if request.POST.get("do") == "close":
        response = redirect("confidential:work-box", body=body)
        opened.close(response)
        return response
    try:
        held = _open(request, face)
    except RembugError as error:
        return _box(request, face, None, fault=gettext(error.message), status=error.status)
    response = redirect("confidential:work-box", body=body)
    opened.keep(request, response, held)
    return response


def _open(request: Request, face: BoxFace) -> Held:
    given: Words = request.POST
    who: dict[str, Any] = {"actor": request.actor, "city": request.city, "body": face.body}
    if face.opened_on is None:
        return boxes.set_up(**who, passphrase=new_passphrase(given))
    if not face.mine:
        return boxes.take_key(**who, code=given.get("code", "")[:60], passphrase=new_passphrase(given))
    return boxes.open_box(**who, passphrase=given.get("passphrase", "")[:400])


@require_POST
def hand(request: Request, body: str) -> HttpResponse:
    """Show a code for one colleague, on this page only."""
    face, held = my_box(request.actor, request.city, body), opened.read(request, body)
    if held is None:
        return redirect("confidential:work-box", body=body)
    code = boxes.hand_over(actor=request.actor, city=request.city, held=held)
    spaced = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
    return _box(request, face, held, code=spaced)


@require_safe
def matter(request: Request, body: str, code: str) -> HttpResponse:
    """One matter; opening it for the first time tells its reporter that it was read."""
    held = opened.read(request, body)
    if held is None:
        my_box(request.actor, request.city, body)
        return redirect("confidential:work-box", body=body)
    return _matter(request, held, code)


@require_POST
def write(request: Request, body: str, code: str) -> HttpResponse:
    """Answer the reporter; with a next state, the words are its reason."""

    def act(held: Held, given: Words) -> str:
        who: dict[str, Any] = {"actor": request.actor, "city": request.city, "held": held, "code": code}
        more: dict[str, Any] = {"words": given.get("words", ""), "once": once_of(given)}
        if given.get("to"):
            talk.move(**who, **more, to=given["to"])
            return gettext("Langkah ini tercatat, dan pelapor bisa membacanya.")
        talk.write(**who, **more)
        return gettext("Pesan terkirim.")

    return _acted(request, body, code, act)


@require_POST
def ask(request: Request, body: str, code: str) -> HttpResponse:
    """Ask to learn the reporter's name."""

    def act(held: Held, given: Words) -> str:
        unmask.ask(
            actor=request.actor,
            city=request.city,
            held=held,
            code=code,
            reason=given.get("reason", ""),
            once=once_of(given),
        )
        return gettext("Permintaan tercatat. Petugas lain harus memutuskan.")

    return _acted(request, body, code, act)


@require_POST
def decide(request: Request, body: str, code: str) -> HttpResponse:
    """Decide on a colleague's wish."""

    def act(held: Held, given: Words) -> str:
        unmask.decide(
            actor=request.actor,
            city=request.city,
            held=held,
            code=code,
            public_id=given.get("wish", "")[:12],
            granted=given.get("say") == "yes",
        )
        return gettext("Keputusan Anda tercatat.")

    return _acted(request, body, code, act)


@require_POST
def identity(request: Request, body: str, code: str) -> HttpResponse:
    """Show the name on this page only; each look stands in the log."""
    held = opened.read(request, body)
    if held is None:
        return redirect("confidential:work-box", body=body)
    try:
        known = unmask.show(actor=request.actor, city=request.city, held=held, code=code)
    except RembugError as error:
        return _matter(request, held, code, fault=gettext(error.message), status=error.status)
    return _matter(request, held, code, identity=known)


def _acted(request: Request, body: str, code: str, act: Callable[[Held, Words], str]) -> HttpResponse:
    held = opened.read(request, body)
    if held is None:
        messages.info(request, gettext("Kotak sudah tertutup. Buka lagi, lalu ulangi."))
        return redirect("confidential:work-box", body=body)
    try:
        messages.success(request, act(held, request.POST))
    except RembugError as error:
        return _matter(request, held, code, fault=gettext(error.message), status=error.status)
    return redirect("confidential:work-matter", body=body, code=code)


def _box(
    request: Request, face: BoxFace, held: Held | None, *, fault: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    page = {"box": face, "held": held is not None, "fault": fault, "code": code}
    if held is not None:
        page["matters"] = matters.desk(request.actor, request.city, held)
        page["forgotten"] = matters.forgotten(request.city)
    return _shown(render(request, "confidential/work_box.html", page, status=status))


def _matter(
    request: Request,
    held: Held,
    code: str,
    *,
    fault: str = "",
    status: int = 200,
    identity: Words | None = None,
) -> HttpResponse:
    row = talk.read(actor=request.actor, city=request.city, held=held, code=code)
    page = {
        "box": my_box(request.actor, request.city, held.body),
        "matter": matters.for_recipient(request.actor, row, held),
        "once": uuid4(),
        "fault": fault,
        "identity": identity,
        "typed": request.POST.get("words", "")[:8000] if fault else "",
    }
    return _shown(render(request, "confidential/work_matter.html", page, status=status))


def _shown(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
