"""`GET /api/v1/map`: what the screen can show of the live reports."""

import gzip
import hashlib
from typing import Any

import orjson
from django.http import HttpResponse

from rembug.api.v1.params import box_of, city_of, whole_number
from rembug.api.v1.problems import endpoint
from rembug.lib import clock
from rembug.lib.errors import FieldFault, Invalid
from rembug.lib.request import Request
from rembug.reports.queries.snapshot import SNAPSHOTS


@endpoint("GET", "HEAD")
def live(request: Request) -> HttpResponse:
    """Cells with counts, or points from near; at most a few hundred of either, whatever is stored."""
    city = city_of(request)
    snapshot = SNAPSHOTS.of(city)
    box = box_of(request.GET.get("bbox", ""))
    zoom = whole_number(request.GET.get("zoom", "12"), "zoom", 0, 24)
    category = _category(request.GET.get("category", ""), snapshot.categories)
    shown = snapshot.pyramid.answer(box, zoom, clock.now().timestamp(), category)
    points = shown.points
    body: dict[str, Any] = {
        "cells": shown.cells,
        "points": [
            [snapshot.codes[key], *rest]
            for key, *rest in zip(
                points.id.tolist(),
                points.lon.tolist(),
                points.lat.tolist(),
                points.category.tolist(),
                points.depth.tolist(),
                points.rung.tolist(),
                points.percent.tolist(),
                strict=True,
            )
        ],
        "categories": snapshot.categories,
        "total": shown.total,
    }
    return conditional(request, orjson.dumps(body), "application/json")


def conditional(request: Request, content: bytes, content_type: str) -> HttpResponse:
    """Answer with an ETag over the content, 304 when the reader has it, compressed when the reader can."""
    etag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    if etag in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", "") and len(content) > 500:
        answer = HttpResponse(gzip.compress(content, 4, mtime=0), content_type=content_type)
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(content, content_type=content_type)
    answer["ETag"] = etag
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _category(code: str, known: list[str]) -> int | None:
    if not code:
        return None
    if code not in known:
        fault = FieldFault("category", "unknown-choice", f"Pilih salah satu: {', '.join(known)}.")
        raise Invalid("Jenis laporan ini tidak dikenal.", faults=(fault,))
    return known.index(code)
