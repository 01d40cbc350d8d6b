"""Common maps and workshop results for everybody: the list, and what one of them found once it is frozen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rembug.evidence.queries import datasets, workshops
from rembug.evidence.queries.survey_results import frozen_rows
from rembug.evidence.words import METHOD_NAMES, SHAPE_NAMES
from rembug.lib.errors import NotFound
from rembug.lib.request import Request
from rembug.places import queries as places


@require_safe
def listing(request: Request) -> HttpResponse:
    """All common maps and results of the city."""
    return render(request, "evidence/workshops.html", {"workshops": workshops.listed(request.city)})


@require_safe
def workshop(request: Request, code: str) -> HttpResponse:
    """One: who, when, how many, and the frozen marks as list and map."""
    try:
        face = workshops.workshop(request.city, code)
    except NotFound as error:
        raise Http404(error.message) from error
    page: dict[str, Any] = {"face": face, "method": dict(METHOD_NAMES)[face.method], "version": None}
    page["is_few"], page["smallest"] = face.participants < settings.SMALLEST_K, settings.SMALLEST_K
    if face.dataset:
        latest = datasets.dataset(request.city, face.dataset).latest
        if latest is not None:
            page |= _found(request.city, latest)
    return render(request, "evidence/workshop.html", page)


def _found(city: str, latest: datasets.VersionFace) -> dict[str, Any]:
    rows, shapes = frozen_rows(city, latest), dict(SHAPE_NAMES)
    told = {
        "bounds": places.city(city).bbox,
        "tiles": settings.BASEMAP_TILES if settings.BASEMAP_ORIGIN else "",
        "credit": settings.BASEMAP_CREDIT,
    }
    return {
        "version": latest,
        "rows": [row | {"shape": shapes[row["kind"]]} for row in rows],
        "signs": sorted(Counter(row["legend"] for row in rows).items()),
        "has_shapes": any(row["lon"] is not None for row in rows),
        "settings": orjson.dumps(told).decode(),
    }
