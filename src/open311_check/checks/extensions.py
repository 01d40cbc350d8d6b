"""X: extensions in wide use. What is not offered is skipped; what is offered must do what it says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from open311_check.ask import Server
from open311_check.verdict import Fault, Skip, check

BULK = (
    *("service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description"),
    *("status_notes", "source", "service_name", "service_subtype", "description", "agency_responsible"),
    *("address", "lat", "long"),
)


@check("X1", "The clients `georeport` and `open311` read and send without changes.")
def clients(_server: Server) -> Iterator[Fault]:
    raise Skip("a matter of those programs: point them at this server yourself")
    yield  # a generator like the others


@check("X2", "Pages, changes, boxes, circles and extensions=true do what they say.")
def wild(server: Server) -> Iterator[Fault]:
    rows = server.requests()
    if len(rows) < 2:
        raise Skip("fewer than two requests are public")
    absent = []
    for name, query, fits in _probes(rows):
        reply = server.get("requests", server.options.forms[-1], query)
        if reply.status >= 500:
            yield Fault(reply.asked, f"status {reply.status}", "refuse with 400 what you do not offer")
            continue
        found = reply.read() if reply.status == 200 else None
        if not isinstance(found, list) or not fits(found):
            absent.append(name)
    extended = server.get("requests", server.options.forms[-1], {"extensions": "true"}).read()
    if not any("extended_attributes" in row or "notes" in row for row in extended if isinstance(row, dict)):
        absent.append("extensions=true")
    if absent:
        raise Skip(f"not offered, or not as in wide use: {', '.join(absent)}")


def _probes(rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, str], Any]]:
    codes = [str(row.get("service_request_id")) for row in rows]

    def none(found: list[Any]) -> bool:
        return not found

    def one(found: list[Any]) -> bool:
        return len(found) == 1

    yield "page_size", {"page_size": "1"}, one
    yield "page", {"page_size": "1", "page": "2"}, lambda found: one(found) and found[0] != rows[0] and codes
    yield "updated_after", {"updated_after": "2999-01-01T00:00:00Z"}, none
    yield "updated_before", {"updated_before": "1999-01-01T00:00:00Z"}, none
    yield "bbox", {"bbox": "-30,-60,-29,-59"}, none
    yield "lat, long, radius", {"lat": "-60", "long": "-30", "radius": "10"}, none


@check("X3", "The bulk file has the columns of the standard, as RFC 4180 in UTF-8.")
def bulk(server: Server) -> Iterator[Fault]:
    reply = server.get("requests", "csv")
    if reply.status != 200:
        raise Skip(f"no bulk file at requests.csv (status {reply.status})")
    if not reply.type.startswith("text/csv"):
        yield Fault(reply.asked, f"Content-Type {reply.type!r}", "answer with text/csv; charset=utf-8")
    try:
        lines = csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline=""), strict=True)
        rows = [*lines]
    except (UnicodeDecodeError, csv.Error) as error:
        yield Fault(reply.asked, str(error), "write RFC 4180 in UTF-8")
        return
    head = tuple(rows[0]) if rows else ()
    if missing := [name for name in BULK if name not in head]:
        yield Fault(reply.asked, f"without {', '.join(missing)}", "give all columns of the bulk format")
    if any(len(row) != len(head) for row in rows[1:]):
        yield Fault(reply.asked, "lines of different lengths", "give each line every column")


CHECKS = (clients, wild, bulk)
