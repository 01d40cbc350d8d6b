"""Documents of the standard: links, collections, features."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray
from shapely.geometry import mapping

from rembug.api.ogc_features.crs import CRS84, SYSTEMS, Crs
from rembug.evidence.formats.points import SHAPES
from rembug.evidence.queries.datasets import DatasetFace, VersionFace
from rembug.evidence.queries.frozen import Frozen

GEO, JSON, HTML = "application/geo+json", "application/json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS = [
    *(PART_1 + name for name in ("core", "oas30", "html", "geojson")),
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
]


def address(path: str = "", **query: object) -> str:
    """Return an absolute address under `/ogc/`."""
    asked = {name.replace("_", "-"): value for name, value in query.items() if value not in {None, ""}}
    tail = f"?{urlencode(asked)}" if asked else ""
    return f"{settings.PUBLIC_URL}/ogc/{path}{tail}"


def link(rel: str, href: str, kind: str, title: str = "") -> dict[str, str]:
    """Return one link."""
    made = {"rel": rel, "href": href, "type": kind}
    return made | {"title": title} if title else made


def both(path: str, form: str, kind: str = JSON) -> list[dict[str, str]]:
    """Return the links to this document and to its other form."""
    kinds = {"json": kind, "html": HTML}
    other = "html" if form == "json" else "json"
    return [
        link("self", address(path, f=form), kinds[form]),
        link("alternate", address(path, f=other), kinds[other]),
    ]


def landing(form: str, title: str, about: str) -> dict[str, Any]:
    """Return the landing page."""
    return {
        "title": title,
        "description": about,
        "links": [
            *both("", form),
            link("service-desc", address("api"), OPENAPI, "OpenAPI 3.0"),
            link("service-doc", address("api", f="html"), HTML, "The same for people"),
            link("conformance", address("conformance"), JSON),
            link("data", address("collections"), JSON, "Collections"),
        ],
    }


def collection(face: DatasetFace, version: VersionFace, held: Frozen, form: str) -> dict[str, Any]:
    """Return the description of one dataset's newest version."""
    path = f"collections/{face.slug}"
    extent: dict[str, Any] = {}
    if held.extent:
        extent["spatial"] = {"bbox": [list(held.extent)], "crs": CRS84}
    if held.span:
        extent["temporal"] = {"interval": [[_iso(moment) for moment in held.span]]}
    return {
        "id": face.slug,
        "title": face.title,
        "description": face.about,
        "itemType": "feature",
        "extent": extent,
        "crs": list(SYSTEMS),
        "storageCrs": CRS84,
        "links": [
            *both(path, form),
            link("items", address(f"{path}/items", f="json"), GEO, face.title),
            link("items", address(f"{path}/items", f="html"), HTML, face.title),
            link("license", LICENCE, HTML, "CC BY 4.0"),
            link(
                "canonical",
                f"{settings.PUBLIC_URL}/data/kumpulan/{face.slug}/{version.number}/",
                HTML,
                f"Version {version.number}",
            ),
        ],
    }


def feature(row: dict[str, Any], crs: Crs) -> dict[str, Any]:
    """Return one row as a feature in a reference system; the place leaves the properties."""
    lon, lat = row.pop("lon"), row.pop("lat")
    geometry: Mapping[str, Any] | None = None
    if lon is not None and lat is not None:
        geometry = {"type": "Point", "coordinates": list(crs.out(lon, lat))}
    if (text := row.pop(SHAPES, None)) is not None:
        geometry = mapping(shapely.transform(shapely.from_wkt(text), lambda corners: _out(crs, corners)))
    return {"type": "Feature", "id": row["code"], "geometry": geometry, "properties": row}


def _out(crs: Crs, corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return corners of shape (n, 2), longitude first, in another system."""
    return np.array([crs.out(float(lon), float(lat)) for lon, lat in corners], np.float64).reshape(-1, 2)


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
