"""A form that adds one photo to a thing: read once, here; what may be added to what, its action knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext

from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.lib.images.outcome import MAX_BYTES
from rembug.lib.request import Request


def sent_photo(request: Request, code: str, add: Callable[..., Any]) -> RembugError | None:
    """Hand the photo of a form to `add` (actor, city, code, action_id, data); return what is wrong with it, or nothing.

    A file that is too large is read one byte too far, so that its refusal says so. Raises `Http404`, `NotAllowed`.
    """
    file = request.FILES.get("photo")
    try:
        action_id = UUID(request.POST.get("action_id", ""))
    except ValueError:
        action_id = uuid4()
    data = file.read(MAX_BYTES + 1) if file else b""
    try:
        add(actor=request.actor, city=request.city, code=code, action_id=action_id, data=data)
    except NotFound as error:
        raise Http404(error.message) from error
    except NotAllowed:
        raise
    except RembugError as error:
        return error
    messages.success(request, gettext("Foto tersimpan. Ia tampil setelah dilihat orang lain."))
    return None
