"""The little picture of a city: an SVG path for each kelurahan."""

from __future__ import annotations

from functools import lru_cache

import orjson

from rembug.lib.errors import NotFound
from rembug.places.queries.areas import areas, shape
from rembug.places.queries.facts import version
from rembug.places.rules import outlines


def sketch(slug: str) -> outlines.Sketch:
    """Return the picture of a city's kelurahan; an empty one where the city is not known."""
    try:
        return _sketch(slug, version(slug))
    except NotFound:
        return outlines.Sketch(0, ())


@lru_cache(maxsize=16)
def _sketch(slug: str, _version: str) -> outlines.Sketch:
    rows = [
        (area.code, area.slug, area.name, orjson.dumps(shape(slug, area.code)).decode())
        for area in areas(slug, level="kelurahan")
    ]
    return (
        outlines.sketch(rows, outlines.bounds_of(row[3] for row in rows)) if rows else outlines.Sketch(0, ())
    )
