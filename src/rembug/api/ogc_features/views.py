"""The pages of the standard, each as JSON and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

import orjson
from django.http import HttpResponse
from django.shortcuts import render

from rembug.api.ogc_features import params, wire
from rembug.api.ogc_features.crs import CRS84
from rembug.api.ogc_features.description import document
from rembug.api.ogc_features.params import Refused
from rembug.evidence.queries import datasets
from rembug.evidence.queries.frozen import Frozen, frozen
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def _standard(view: View[P]) -> View[P]:
    """Answer GET and HEAD only; every fault is the standard's exception document."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            answer = _fault(405, "MethodNotAllowed", "Only GET and HEAD.")
            answer["Allow"] = "GET, HEAD"
        else:
            try:
                answer = view(request, *args, **kwargs)
            except Refused as refused:
                answer = _fault(400, "InvalidParameterValue", str(refused))
            except (NotFound, FileNotFoundError):
                answer = _fault(404, "NotFound", "There is no such resource.")
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "Content-Crs, Link"
        answer["Cross-Origin-Resource-Policy"] = "cross-origin"
        answer["Vary"] = "Accept"
        return answer

    return cast(View[P], guarded)


@_standard
def landing(request: Request) -> HttpResponse:
    """The landing page."""
    params.only(request)
    form = params.form(request)
    name = places.city(request.city).name
    about = "Datasets of what people saw: each collection is the newest frozen version."
    return _answer(request, form, wire.landing(form, f"Rembug {name}: OGC API - Features", about), "landing")


@_standard
def conformance(request: Request) -> HttpResponse:
    """The conformance classes."""
    params.only(request)
    form = params.form(request)
    body = {"conformsTo": wire.CONFORMS, "links": wire.both("conformance", form)}
    return _answer(request, form, body, "conformance")


@_standard
def api(request: Request) -> HttpResponse:
    """The OpenAPI 3.0 document."""
    params.only(request)
    form = params.form(request)
    body = document([face.slug for face in datasets.catalogue(request.city)])
    return _answer(request, form, body, "api", kind=wire.OPENAPI)


@_standard
def collections(request: Request) -> HttpResponse:
    """All collections."""
    params.only(request)
    form = params.form(request)
    found = [_collection(request.city, face, form) for face in datasets.catalogue(request.city)]
    body = {"links": wire.both("collections", form), "collections": found}
    return _answer(request, form, body, "collections")


@_standard
def collection(request: Request, slug: str) -> HttpResponse:
    """One collection."""
    params.only(request)
    form = params.form(request)
    face = datasets.version(request.city, slug)[0]
    return _answer(request, form, _collection(request.city, face, form), "collection")


@_standard
def items(request: Request, slug: str) -> HttpResponse:
    """Features of a collection."""
    form, asked = params.form(request), params.items(request)
    face, version = datasets.version(request.city, slug)
    held = frozen(request.city, version, face.asked.subject)
    found = held.find(asked.box, asked.span, after=asked.after, limit=asked.limit)
    path = f"collections/{slug}/items"
    links = wire.both(path, form, wire.GEO)
    if found.following is not None:
        following = request.GET.copy()
        following["after"] = str(found.following)
        kind = wire.GEO if form == "json" else wire.HTML
        links.append(wire.link("next", f"{wire.address(path)}?{following.urlencode()}", kind))
    body = {
        "type": "FeatureCollection",
        "features": [wire.feature(row, asked.crs) for row in found.items],
        "numberMatched": found.matched,
        "numberReturned": len(found.items),
        "timeStamp": clock.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": links,
    }
    more = {
        "face": face,
        "names": [column["name"] for column in version.columns if column["name"] not in {"lon", "lat"}],
    }
    return _answer(request, form, body, "items", kind=wire.GEO, crs=asked.crs.uri, more=more)


@_standard
def item(request: Request, slug: str, code: str) -> HttpResponse:
    """One feature."""
    params.only(request, "crs")
    form, crs = params.form(request), params.system(request.GET.get("crs", CRS84), "crs")
    face, version = datasets.version(request.city, slug)
    row = frozen(request.city, version, face.asked.subject).one(code[:16])
    path = f"collections/{slug}"
    body = wire.feature(row, crs) | {
        "links": [
            *wire.both(f"{path}/items/{code}", form, wire.GEO),
            wire.link("collection", wire.address(path), wire.JSON),
        ]
    }
    return _answer(request, form, body, "item", kind=wire.GEO, crs=crs.uri, more={"face": face})


def _collection(city: str, face: datasets.DatasetFace, form: str) -> dict[str, Any]:
    version = face.versions[0]
    held: Frozen = frozen(city, version, face.asked.subject)
    return wire.collection(face, version, held, form)


def _answer(
    request: Request,
    form: str,
    body: dict[str, Any],
    page: str,
    *,
    kind: str = wire.JSON,
    crs: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    if form == "html":
        answer = render(request, f"ogc/{page}.html", {"body": body, **(more or {})})
    else:
        answer = HttpResponse(orjson.dumps(body, option=orjson.OPT_UTC_Z), content_type=kind)
    if crs:
        answer["Content-Crs"] = f"<{crs}>"
    return answer


def _fault(status: int, code: str, words: str) -> HttpResponse:
    body = orjson.dumps({"code": code, "description": words})
    return HttpResponse(body, status=status, content_type=wire.JSON)
