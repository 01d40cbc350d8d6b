"""Pages of open data: the catalogue, a dataset, one frozen version, and its files."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from rembug.evidence import shelf
from rembug.evidence.describe import schema_org
from rembug.evidence.queries import datasets
from rembug.evidence.queries.frozen import frozen
from rembug.evidence.queries.trends import told_by
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places

PREVIEW = 20
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def catalogue(request: Request) -> HttpResponse:
    """All published datasets of the city."""
    words = request.GET.get("cari", "")[:80]
    page = {"datasets": datasets.catalogue(request.city, words=words), "words": words}
    return render(request, "evidence/catalogue.html", page)


@require_safe
def dataset(request: Request, slug: str) -> HttpResponse:
    """One dataset with its newest version, and the way to the others."""
    try:
        face = datasets.dataset(request.city, slug)
    except NotFound as error:
        raise Http404(error.message) from error
    making = datasets.making(request.city, slug) if datasets.may_edit(request.actor, face) else []
    return render(request, "evidence/dataset.html", _page(request, face, face.latest) | {"making": making})


@require_safe
def version(request: Request, slug: str, number: int) -> HttpResponse:
    """One version at its permanent address."""
    try:
        face, chosen = datasets.version(request.city, slug, number)
    except NotFound as error:
        raise Http404(error.message) from error
    return render(request, "evidence/dataset.html", _page(request, face, chosen) | {"fixed": True})


@require_safe
def file(request: Request, slug: str, number: int, kind: str) -> HttpResponseBase:
    """One file of a version, streamed; it never changes."""
    try:
        chosen = datasets.version(request.city, slug, number)[1]
        described = chosen.files[kind]
        path = shelf.local(f"{shelf.folder(request.city, slug, number)}/{described['name']}")
    except (NotFound, KeyError, FileNotFoundError) as error:
        raise Http404("Berkas ini tidak ada.") from error
    etag = f'"{described["sha256"]}"'
    if etag in request.headers.get("If-None-Match", ""):
        answer: HttpResponseBase = HttpResponse(status=304)
    else:
        answer = FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=described["name"],
            content_type=described["media_type"],
        )
    answer["ETag"] = etag
    answer["Cache-Control"] = FOREVER
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _page(
    request: Request, face: datasets.DatasetFace, chosen: datasets.VersionFace | None
) -> dict[str, object]:
    page: dict[str, object] = {
        "face": face,
        "chosen": chosen,
        "may_edit": datasets.may_edit(request.actor, face),
        "areas": [places.label(request.city, code) for code in face.asked.areas],
    }
    if chosen is None:
        return page
    first = frozen(request.city, chosen, face.asked.subject).find(limit=PREVIEW)
    names = [column["name"] for column in chosen.columns]
    covered = chosen.quality["areas"]
    return page | {
        "names": names,
        "measures": bool(told_by(face)),
        "rows": [[row[name] for name in names] for row in first.items],
        "coverage": [area | {"name": places.label(request.city, area["area_code"])} for area in covered],
        "silent": [places.label(request.city, code) for code in chosen.quality["silent_areas"]],
        "linked": _script(schema_org(settings.PUBLIC_URL, face, chosen)),
    }


def _script(body: dict[str, object]) -> str:
    """Return JSON that may stand inside a script element."""
    text = orjson.dumps(body).decode()
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return mark_safe(text)  # noqa: S308 every mark that HTML knows was replaced above
