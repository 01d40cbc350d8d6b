"""Errors as RFC 9457 problem details, in the reader's language."""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

import orjson
from django.db import DatabaseError
from django.http import HttpResponse, UnreadablePostError
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from rembug.api.v1.saying import translated
from rembug.lib import proof
from rembug.lib.errors import FieldFault, RembugError, TooMany
from rembug.lib.request import Request

logger = logging.getLogger(__name__)
TYPE = "application/problem+json"
P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]

UNSURE = "Kiriman belum pasti tersimpan. Simpan di HP, lalu kirim lagi sebentar lagi."
TITLES = {
    "invalid": "Isian belum benar",
    "malformed": "Isi kiriman tidak terbaca",
    "key-missing": "Kunci kirim belum ada",
    "key-reused": "Kunci kirim sudah dipakai",
    "too-many": "Terlalu banyak kiriman",
    "too-large": "Kiriman terlalu besar",
    "not-allowed": "Belum punya hak",
    "not-found": "Tidak ditemukan",
    "conflict": "Sudah berubah",
    "method-not-allowed": "Cara ini tidak tersedia",
    "unavailable": "Sedang tidak bisa menyimpan",
    "broken": "Ada yang rusak di sisi kami",
}


def problem(
    code: str,
    detail: str,
    *,
    status: int,
    faults: Iterable[FieldFault] = (),
    headers: dict[str, str] | None = None,
    members: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return one problem document; `errors` lists each field with a code and what to do."""
    body: dict[str, Any] = {
        "type": f"/data/galat/#{code}",
        "title": gettext(TITLES.get(code, "Tidak berhasil")),
        "status": status,
        "detail": translated(detail),
        "code": code,
    }
    errors = [{"field": f.field, "code": f.code, "message": translated(f.message)} for f in faults]
    if errors:
        body["errors"] = errors
    body.update(members or {})
    answer = HttpResponse(orjson.dumps(body), status=status, content_type=TYPE)
    for name, value in (headers or {}).items():
        answer[name] = value
    answer["Cache-Control"] = "no-store"
    answer["Content-Length"] = str(
        len(answer.content)
    )  # also where it replaces a page, outside the usual middleware
    return answer


def problem_of(fault: RembugError) -> HttpResponse:
    """Return the problem document of one of our errors; one about a rate brings a proof-of-work challenge."""
    if isinstance(fault, TooMany):
        return problem(
            fault.code,
            fault.message,
            status=fault.status,
            headers={"Retry-After": str(fault.retry_after_s)},
            members={"challenge": proof.challenge(), "retry_after_s": fault.retry_after_s},
        )
    return problem(fault.code, fault.message, status=fault.status, faults=fault.faults)


def endpoint(*methods: str) -> Callable[[View[P]], View[P]]:
    """Make a view of the interface: only these methods, no form token, every error a problem document."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                allowed = ", ".join(methods)
                return problem(
                    "method-not-allowed",
                    "Pakai cara yang tertulis di Allow.",
                    status=405,
                    headers={"Allow": allowed},
                )
            try:
                return view(request, *args, **kwargs)
            except RembugError as fault:
                return problem_of(fault)
            except UnreadablePostError:  # nobody is left to read this, and nothing was stored
                return problem("malformed", UNSURE, status=408, headers={"Retry-After": "5"})
            except (
                DatabaseError,
                TimeoutError,
            ) as fault:  # also where the commit itself was cut: nobody knows
                logger.warning("the database did not answer (%s)", type(fault).__name__)
                return problem("unavailable", UNSURE, status=503, headers={"Retry-After": "5"})

        return cast(
            View[P], csrf_exempt(guarded)
        )  # no cookie gives rights here, so there is nothing to forge

    return decorate
