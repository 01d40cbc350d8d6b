"""R, T, E, L: reading requests, tokens, errors, speed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from open311_check import shapes
from open311_check.ask import Server
from open311_check.checks.services import NOWHERE, refusal
from open311_check.verdict import Fault, Skip, check

WINDOW, MOST = timedelta(days=90), 1_000
PRIVATE = (
    *("email", "phone", "first_name", "last_name", "device_id", "account_id", "api_key"),
    *("requestor_name", "ip", "user_id"),
)
TIMES_ASKED = 20


def _now() -> datetime:
    return datetime.now(UTC)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _asked(server: Server, **query: str) -> tuple[str, Any]:
    """Return what was asked, and the rows."""
    form = server.options.forms[-1]
    reply = server.get("requests", form, query)
    body = server.ok("requests", form, query)
    if not isinstance(body, list):
        raise Fault(
            reply.asked, f"{type(body).__name__}, no list", "answer service_requests / request, a list"
        )
    return reply.asked, body


def _some(server: Server) -> list[dict[str, Any]]:
    rows = server.requests()
    if not rows:
        raise Skip("no request is public yet")
    return rows


def _codes(rows: list[dict[str, Any]]) -> set[str]:
    return {str(row.get("service_request_id")) for row in rows}


@check("R1", "Without a window: the last 90 days, at most 1,000.")
def window(server: Server) -> Iterator[Fault]:
    asked, rows = _asked(server)
    if len(rows) > MOST:
        yield Fault(asked, f"{len(rows)} requests", f"answer at most {MOST}")
    oldest = _now() - WINDOW - timedelta(days=1)
    for row in rows:
        at = shapes.moment(row.get("requested_datetime"))
        if at and at < oldest:
            yield Fault(asked, f"a request of {row['requested_datetime']}", "answer the last 90 days only")
            break
    start, end = _now() - timedelta(days=89), _now() - timedelta(days=1)
    _, old = _asked(server, start_date=_written(start), end_date=_written(end))
    if len(rows) < MOST and len(old) < MOST and (lost := _codes(old) - _codes(rows)):
        yield Fault(asked, f"{min(lost)} of the last 89 days is absent", "answer the whole window")


@check("R2", "A window holds both its ends; one longer than 90 days is refused.")
def span(server: Server) -> Iterator[Fault]:
    form = server.options.forms[-1]
    long = {"start_date": _written(_now() - timedelta(days=100)), "end_date": _written(_now())}
    yield from refusal(server.get("requests", form, long), 400)
    dated = [row for row in server.requests() if shapes.moment(row.get("requested_datetime"))]
    if not dated:
        raise Skip("no request with a date is public yet")
    said = str(dated[0]["requested_datetime"])
    asked, rows = _asked(server, start_date=said, end_date=said)
    if str(dated[0].get("service_request_id")) not in _codes(rows):
        yield Fault(
            asked, "the request of that very moment is absent", "take start_date and end_date inclusively"
        )


@check("R3", "Both states are all requests; one state gives that state; another word is refused.")
def states(server: Server) -> Iterator[Fault]:
    _, whole = _asked(server)
    asked, both = _asked(server, status="open,closed")
    if _codes(whole) != _codes(both) and len(whole) < MOST:
        yield Fault(asked, f"{len(both)} requests instead of {len(whole)}", "read a list of states")
    for state in ("open", "closed"):
        asked, rows = _asked(server, status=state)
        if any(row.get("status") != state for row in rows):
            yield Fault(asked, "requests in another state", "keep to the state that is asked for")
    yield from refusal(server.get("requests", server.options.forms[-1], {"status": "foo"}), 400)


@check("R4", "A list of numbers gives exactly those, whatever else is asked.")
def numbers(server: Server) -> Iterator[Fault]:
    wanted = sorted(_codes(_some(server)))[:2]
    more = {"status": "closed", "start_date": "1999-01-01T00:00:00Z", "end_date": "1999-01-02T00:00:00Z"}
    asked, rows = _asked(server, service_request_id=",".join(wanted), **more)
    if sorted(_codes(rows)) != wanted:
        found = ", ".join(sorted(_codes(rows)))[:80] or "nothing"
        yield Fault(asked, found, "let service_request_id override every other argument")


@check("R5", "One request is a list of one; an unknown one is 404.")
def single(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        yield from refusal(server.get(f"requests/{NOWHERE}", form), 404)
    code = min(_codes(_some(server)))
    for form in server.options.forms:
        reply = server.get(f"requests/{code}", form)
        body = server.ok(f"requests/{code}", form)
        if not isinstance(body, list) or len(body) != 1 or _codes(body) != {code}:
            yield Fault(reply.asked, f"{body!r:.80}", "answer a list with this one request")


@check("R6", "Requests are open or closed, and a closed one says when.")
def closed(server: Server) -> Iterator[Fault]:
    _some(server)
    asked, rows = _asked(server)
    for row in rows:
        if row.get("status") not in {"open", "closed"}:
            yield Fault(asked, f"the state {row.get('status')!r:.40}", "map your states to open and closed")
        elif row["status"] == "closed" and shapes.moment(row.get("updated_datetime")) is None:
            yield Fault(asked, "a closed request without updated_datetime", "give the time of closing")
        elif _backwards(row):
            yield Fault(asked, f"{row['updated_datetime']} before it was made", "give the last change")


def _backwards(row: dict[str, Any]) -> bool:
    made, last = (shapes.moment(row.get(name)) for name in ("requested_datetime", "updated_datetime"))
    return bool(made and last and last < made)


@check(
    "R7", "Nobody's name, address or device is in any answer (what stays hidden cannot be seen from outside)."
)
def private(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        for query in (None, {"extensions": "true"}):
            reply = server.get("requests", form, query)
            rows = reply.read() if reply.status == 200 else []
            found = {name for row in rows if isinstance(row, dict) for name in PRIVATE if row.get(name)}
            if found:
                yield Fault(
                    reply.asked, f"the field {', '.join(sorted(found))}", "keep persons out of answers"
                )


@check("R8", "JSON fits the schemas of the standard.")
def schemas(server: Server) -> Iterator[Fault]:
    if "json" not in server.options.forms:
        raise Skip("JSON was not asked for")
    for path, shape in (("services", shapes.SERVICE), ("requests", shapes.REQUEST)):
        body = server.ok(path, "json")
        asked = f"GET {server.base}/{path}.json"
        for number, row in enumerate(body if isinstance(body, list) else [body]):
            for words in shapes.faults(shape, row, f"{path}[{number}]"):
                yield Fault(asked, words, "keep to the kinds of the schema; numbers of requests are text")
    for row in server.services()[:5]:
        path = f"services/{row.get('service_code')}"
        if str(row.get("metadata")).lower() == "true":
            for words in _definition(server.ok(path, "json")):
                yield Fault(f"GET {server.base}/{path}.json", words, "keep to the kinds of the schema")


def _definition(body: Any) -> Iterator[str]:
    yield from shapes.faults(shapes.DEFINITION, body, "service_definition")
    for number, row in enumerate(body.get("attributes") or [] if isinstance(body, dict) else []):
        yield from shapes.faults(shapes.ATTRIBUTE, row, f"attributes[{number}]")
        for value in row.get("values") or []:
            yield from shapes.faults(shapes.VALUE, value, f"attributes[{number}].values")


@check("T1", "An unknown token is 404.")
def token(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        yield from refusal(server.get(f"tokens/{NOWHERE}", form), 404)


@check("E1", "Errors come in the form that was asked for, never as a page, never with 200.")
def errors(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        yield from refusal(server.get(f"{NOWHERE}/x", form), 404)
        if server.options.post:  # a server may take any method for a wish to write
            yield from refusal(server.other("DELETE", "discovery", form), 404, 405)


@check("L1", "Reading stays within the agreed time, with filters too.")
def speed(server: Server) -> Iterator[Fault]:
    limit = server.options.limit_ms
    if not limit:
        raise Skip("no limit was agreed: give --limit-ms")
    form = server.options.forms[-1]
    for query in (None, {"status": "open"}, {"start_date": _written(_now() - timedelta(days=30))}):
        waits = []
        for _ in range(TIMES_ASKED):
            began = time.perf_counter()
            reply = server.get("requests", form, query, fresh=True)
            waits.append(1000 * (time.perf_counter() - began))
        p95 = statistics.quantiles(waits, n=20)[18]
        if p95 > limit:
            yield Fault(reply.asked, f"p95 {p95:.0f} ms of {TIMES_ASKED}", f"answer within {limit:.0f} ms")


CHECKS = (window, span, states, numbers, single, closed, private, schemas, token, errors, speed)
