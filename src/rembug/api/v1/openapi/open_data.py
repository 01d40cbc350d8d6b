"""Reading: pages, GeoJSON, CSV, Atom, the map, and this document."""

from typing import Any

from rembug.api.v1.openapi.schemas import RUNGS, Schema, ref, refusals, text, thing

ETAG: Schema = {"ETag": {"schema": text()}}
KNOWN: Schema = {"description": "Nothing has changed since the reader's copy"}


def query(name: str, schema: Schema, description: str = "") -> Schema:
    """Return one parameter of an address."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


CITY = query("city", text(), "slug; without it the city of this address")
CATEGORY = query("category", text(), "code of a category of the city")
BBOX = query("bbox", text(examples=["109.65,-6.91,109.72,-6.85"]), "west,south,east,north in degrees")
FILTERS = [
    CITY,
    BBOX,
    CATEGORY,
    query("datetime", text(), "an instant, a day, or start/end with .. for an open end (OGC)"),
    query("status", {"enum": ["live", "ended", "all"], "default": "all"}),
    query("rung", text(examples=["corroborated,verified"]), f"comma-separated: {', '.join(RUNGS)}"),
    query("min_probability", {"type": "number", "minimum": 0, "maximum": 1}),
    query("area", text(), "Kemendagri code; a prefix covers what lies inside"),
]
PAGING = [
    query("limit", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    query("after", text(), "`next` of the page before"),
    query("sort", {"enum": ["received", "changed"], "default": "received"}, "changed: follow what is new"),
]


def read(name: str, summary: str, parameters: list[Schema], media: str, schema: Schema) -> dict[str, Any]:
    """Return an address that is read, with its error answers."""
    return {
        "get": {
            "operationId": name,
            "tags": ["open data"],
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "headers": ETAG, "content": {media: {"schema": schema}}},
                "304": KNOWN,
                **refusals(_404="NotFound", _422="Invalid"),
            },
        }
    }


JSON, GEOJSON, CSV = "application/json", "application/geo+json", "text/csv"
REPORTS = read("readReports", "Public reports, page by page", [*FILTERS, *PAGING], JSON, ref("ReportPage"))
DOCUMENT = thing({"openapi": {"const": "3.1.0"}, "info": {"type": "object"}, "paths": {"type": "object"}})
DOCUMENT["additionalProperties"] = True
ZOOM = query("zoom", {"type": "integer", "minimum": 0, "maximum": 24, "default": 12})
PATHS: dict[str, Any] = {
    "/api/v1/reports.geojson": read(
        "readReportsGeojson", "All public reports that fit", FILTERS, GEOJSON, ref("ReportCollection")
    ),
    "/api/v1/reports.csv": read("readReportsCsv", "All public reports that fit", FILTERS, CSV, text()),
    "/api/v1/incidents": read(
        "readIncidents", "Public incidents, page by page", [*FILTERS, *PAGING[:2]], JSON, ref("IncidentPage")
    ),
    "/api/v1/incidents.geojson": read(
        "readIncidentsGeojson", "All public incidents that fit", FILTERS, GEOJSON, ref("IncidentCollection")
    ),
    "/api/v1/incidents.csv": read("readIncidentsCsv", "All public incidents that fit", FILTERS, CSV, text()),
    "/api/v1/feed.atom": read(
        "readFeed", "The incidents that changed last (Atom)", FILTERS, "application/atom+xml", text()
    ),
    "/api/v1/map": read(
        "readMap",
        "What a screen can show of the live reports",
        [CITY, BBOX, ZOOM, CATEGORY],
        JSON,
        ref("Map"),
    ),
    "/api/v1/openapi.json": read("readDescription", "This document", [], JSON, DOCUMENT),
}
