"""The OpenAPI 3.0 document of the standard's addresses (class `oas30`); ours in `/api/v1/` is another one."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from rembug.api.ogc_features.crs import CRS84, SYSTEMS
from rembug.api.ogc_features.params import FORMATS, LIMIT, LIMIT_MAX

GEO = "application/geo+json"


def document(slugs: list[str]) -> dict[str, Any]:
    """Return the document; each collection has its own paths, as clients of Part 1 expect."""
    paths: dict[str, Any] = {
        "/": _get("The landing page", "landing"),
        "/conformance": _get("Conformance classes", "conformance"),
        "/api": _get("This document", "api"),
        "/collections": _get("All collections", "collections"),
    }
    for slug in slugs:
        base = f"/collections/{slug}"
        paths[base] = _get("One collection", f"describe.{slug}")
        paths[f"{base}/items"] = _get("Features", f"features.{slug}", ITEMS, GEO)
        paths[f"{base}/items/{{featureId}}"] = _get("One feature", f"feature.{slug}", ITEM, GEO)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Rembug: OGC API - Features",
            "version": "1.0.0",
            "description": "Frozen versions of what people saw, CC BY 4.0.",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": f"{settings.PUBLIC_URL}/ogc"}],
        "paths": paths,
        "components": {"parameters": PARAMETERS, "responses": RESPONSES, "schemas": SCHEMAS},
    }


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


ITEMS = ("limit", "bbox", "datetime", "after", "crs", "bbox-crs")
ITEM = ("featureId", "crs")


def _get(
    words: str, name: str, parameters: tuple[str, ...] = (), kind: str = "application/json"
) -> dict[str, Any]:
    schema = {"type": "object"}
    content = {kind: {"schema": schema}, "text/html": {"schema": {"type": "string"}}}
    return {
        "get": {
            "summary": words,
            "operationId": name,
            "parameters": [_ref("parameters", parameter) for parameter in (*parameters, "f")],
            "responses": {
                "200": {"description": words, "content": content},
                "400": _ref("responses", "Refused"),
                "404": _ref("responses", "Missing"),
            },
        }
    }


def _query(name: str, words: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "required": False, "schema": schema} | more


_SYSTEM = {"type": "string", "format": "uri", "enum": list(SYSTEMS), "default": CRS84}
PARAMETERS: dict[str, Any] = {
    "f": _query("f", "Form of the answer.", {"type": "string", "enum": list(FORMATS)}),
    "limit": _query(
        *("limit", "How many features at most; more than the maximum is cut to it."),
        {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT},
    ),
    "bbox": _query(
        *("bbox", "Box: two corners of two or three numbers each."),
        {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
        style="form",
        explode=False,
    ),
    "datetime": _query(
        "datetime", "A moment, or an interval with a slash; `..` is open.", {"type": "string"}
    ),
    "after": _query("after", "Key of the next page.", {"type": "integer", "minimum": 0}),
    "crs": _query("crs", "Reference system of the answer.", _SYSTEM),
    "bbox-crs": _query("bbox-crs", "Reference system of the box.", _SYSTEM),
    "featureId": {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": "Code of a row.",
        "schema": {"type": "string"},
    },
}
_EXCEPTION = {"application/json": {"schema": {"$ref": "#/components/schemas/Exception"}}}
RESPONSES: dict[str, Any] = {
    "Refused": {"description": "A parameter cannot be taken.", "content": _EXCEPTION},
    "Missing": {"description": "There is no such resource.", "content": _EXCEPTION},
}
SCHEMAS: dict[str, Any] = {
    "Exception": {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}, "description": {"type": "string"}},
    }
}
