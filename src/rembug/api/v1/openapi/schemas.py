"""What travels: reports, incidents, receipts, problems."""

from typing import Any

from rembug.reports.rules.depth import BY_CODE
from rembug.reports.rules.ladder import Rung

Schema = dict[str, Any]
DEPTH_CODES = list(BY_CODE)
RUNGS = [rung.name.lower() for rung in Rung]


def text(**more: Any) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", **more}


def maybe(kind: str, **more: Any) -> Schema:
    """Return the schema of a value that may be null."""
    return {"type": [kind, "null"], **more}


def thing(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object that has exactly these members."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def ref(name: str) -> Schema:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


DEPTH_CLASS: Schema = {
    "enum": [*DEPTH_CODES, None],
    "description": "Kering … sedada; null where depth means nothing.",
}
CENTIMETRES = maybe("integer", minimum=0, maximum=200)
PLACE: dict[str, Schema] = {
    "lon": {
        "type": "number",
        "minimum": -180,
        "maximum": 180,
        "description": "WGS 84 degrees, as the public may know it",
    },
    "lat": {"type": "number", "minimum": -90, "maximum": 90},
}
AREA: dict[str, Schema] = {
    "area_code": maybe("string", description="Kemendagri code", examples=["33.75.03.1010"]),
    "area_name": maybe("string"),
}
TRUST: dict[str, Schema] = {
    "probability": {"type": "number", "minimum": 0, "maximum": 1, "description": "that it is true"},
    "rung": {"enum": RUNGS},
}
REPORT: dict[str, Schema] = {
    "code": text(examples=["7F3K2QXYZ"]),
    "category": text(examples=["rob"]),
    "claim": {"enum": ["present", "absent"]},
    "depth_class": DEPTH_CLASS,
    "depth_low_cm": CENTIMETRES,
    "depth_high_cm": CENTIMETRES,
    "observed_at": text(format="date-time"),
    "received_at": text(format="date-time"),
    **AREA,
    "place_moved": {
        "type": "boolean",
        "description": "true where a home's point was moved and its times rounded",
    },
    "landmark": maybe("string"),
    "text": maybe("string", description="personal data masked"),
    **TRUST,
    "decided": {"enum": ["true", "false", None], "description": "a person's decision"},
    "incident": maybe("string", description="code of the incident it belongs to"),
}
INCIDENT: dict[str, Schema] = {
    "code": text(),
    "category": text(),
    "category_name": text(),
    **AREA,
    "started_at": text(format="date-time"),
    "last_at": text(format="date-time"),
    "ended_at": maybe("string", format="date-time"),
    "report_count": {"type": "integer", "minimum": 0},
    "witness_count": {"type": "integer", "minimum": 0},
    "dry_count": {"type": "integer", "minimum": 0},
    "depth_class": DEPTH_CLASS,
    "depth_low_cm": CENTIMETRES,
    "depth_high_cm": CENTIMETRES,
    **TRUST,
    "reply_count": {"type": "integer", "minimum": 0},
    "changed_at": text(format="date-time"),
}


def page_of(name: str) -> Schema:
    """Return one page of things; `next_url` leads to the following one."""
    return thing(
        {
            "items": {"type": "array", "items": ref(name)},
            "next": maybe("string", description="key of the next page; null at the end"),
            "next_url": text(format="uri"),
            "licence": text(format="uri"),
        },
        optional=("next_url",),
    )


def collection_of(properties: dict[str, Schema]) -> Schema:
    """Return a GeoJSON FeatureCollection of points (RFC 7946)."""
    point = thing(
        {
            "type": {"const": "Point"},
            "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        }
    )
    feature = thing(
        {"type": {"const": "Feature"}, "id": text(), "geometry": point, "properties": thing(properties)}
    )
    return thing({"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": feature}})


FAULT = thing(
    {"field": text(), "code": text(description="stable"), "message": text(description="what to do")}
)
PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": text(format="uri-reference"),
        "title": text(),
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": text(),
        "code": text(
            description="stable name of the problem", examples=["invalid", "key-reused", "too-many"]
        ),
        "errors": {"type": "array", "items": ref("Fault")},
        "challenge": {
            "type": "object",
            "description": "ALTCHA v2; solve it and send it as X-Proof (base64 JSON)",
        },
        "retry_after_s": {"type": "integer", "minimum": 1},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
MAP_ROW: Schema = {"type": "array", "items": {"type": ["number", "string"]}}
MAP = thing(
    {
        "cells": {
            "type": "array",
            "items": MAP_ROW,
            "description": "lon, lat, count, deepest (index), rung (index)",
        },
        "points": {
            "type": "array",
            "items": MAP_ROW,
            "description": "code, lon, lat, category (index), depth (index), rung (index), percent",
        },
        "categories": {"type": "array", "items": text()},
        "total": {"type": "integer", "minimum": 0, "description": "live reports inside the box"},
    }
)
SCHEMAS: dict[str, Schema] = {
    "Report": thing({**REPORT, **PLACE}),
    "Incident": thing({**INCIDENT, **PLACE}),
    "ReportPage": page_of("Report"),
    "IncidentPage": page_of("Incident"),
    "ReportCollection": collection_of(REPORT),
    "IncidentCollection": collection_of(INCIDENT),
    "Map": MAP,
    "Fault": FAULT,
    "Problem": PROBLEM,
}


def problem(words: str, **headers: Schema) -> Schema:
    """Return the description of an error answer."""
    said: Schema = {
        "description": words,
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }
    if headers:
        said["headers"] = {name.replace("_", "-"): {"schema": schema} for name, schema in headers.items()}
    return said


RESPONSES: dict[str, Schema] = {
    "Malformed": problem("The request cannot be read"),
    "NotAllowed": problem("This caller may not do this"),
    "NotFound": problem("There is no such thing"),
    "MethodNotAllowed": problem("Another method is needed", Allow=text()),
    "TooLarge": problem("The body is too large"),
    "Invalid": problem("The input cannot be taken; `errors` name each field and what to do"),
    "TooMany": problem(
        "More than a fair share; a solved challenge opens the way at once", Retry_After=text()
    ),
    "Unavailable": problem("Perhaps not stored; send the same again", Retry_After=text()),
}


def refusals(**named: str) -> dict[str, Schema]:
    """Return the error answers of an operation: `refusals(_422="Invalid")`; 400, 405 and 503 can always happen."""
    every = {"_400": "Malformed", "_405": "MethodNotAllowed", "_503": "Unavailable", **named}
    return {
        status.lstrip("_"): {"$ref": f"#/components/responses/{name}"}
        for status, name in sorted(every.items())
    }
