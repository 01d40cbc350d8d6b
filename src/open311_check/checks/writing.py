"""P: sending requests. Only with --post: every check here may write to the server."""

from __future__ import annotations

import urllib.parse
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from open311_check.ask import Fields, Reply, Server
from open311_check.checks.services import NOWHERE, refusal
from open311_check.verdict import Fault, Skip, check

WORDS = "Percobaan open311-check: abaikan. 試験"
LONGEST = 4_000
STEP_S = 1.0
TAKEN = (200, 201)


def _ready(server: Server) -> None:
    if not server.options.post:
        raise Skip("nothing is written unless --post is given")


def _service(server: Server) -> dict[str, Any]:
    """Return the service that is sent to: the one named, else the first that asks for nothing."""
    rows = server.services()
    named = [row for row in rows if row.get("service_code") == server.options.service]
    plain = [row for row in rows if str(row.get("metadata")).lower() == "false"]
    chosen = named or plain or rows
    if not chosen or (server.options.service and not named):
        raise Skip("no such service is listed: name another with --service-code")
    return chosen[0]


def _attributes(server: Server, row: dict[str, Any]) -> list[dict[str, Any]]:
    if str(row.get("metadata")).lower() != "true":
        return []
    body = server.ok(f"services/{row['service_code']}", server.options.forms[-1])
    return [one for one in body.get("attributes") or [] if str(one.get("variable")).lower() != "false"]


def _filled(one: dict[str, Any]) -> tuple[str, str]:
    """Return a field and a value that an attribute takes."""
    values, kind = one.get("values") or [{"key": "1"}], str(one.get("datatype"))
    own = {
        "number": "1",
        "datetime": datetime.now(UTC).isoformat(timespec="seconds"),
        "string": "1",
        "text": "1",
    }
    suffix = "[]" if kind == "multivaluelist" else ""
    return f"attribute[{one['code']}]{suffix}", own.get(kind, str(values[0].get("key")))


def _place(server: Server) -> tuple[str, str]:
    """Return latitude and longitude: as given, else where a public request lies."""
    if server.options.place:
        return server.options.place
    for row in server.requests():
        if row.get("lat") and row.get("long"):
            return str(row["lat"]), str(row["long"])
    raise Skip("no place inside the city is known: give --place LAT LONG")


def _fields(server: Server, **change: str) -> list[tuple[str, str]]:
    """Return a good request, with some fields changed; an empty one is left out."""
    row = _service(server)
    needed = [_filled(one) for one in _attributes(server, row) if str(one.get("required")).lower() == "true"]
    lat, long = _place(server)
    whole = {
        "api_key": server.options.api_key,
        "service_code": str(row["service_code"]),
        "lat": lat,
        "long": long,
    }
    return [*{**whole, "description": WORDS, **change}.items(), *needed]


def _taken(server: Server, reply: Reply) -> str:
    """Return the number (or token) of a request that was taken. Raises `Fault`."""
    if reply.status not in TAKEN:
        raise Fault(
            reply.asked, f"status {reply.status}: {reply.body[:120]!r}", "take a request that is complete"
        )
    body = reply.read()
    if not isinstance(body, list) or len(body) != 1 or not isinstance(body[0], dict):
        raise Fault(reply.asked, f"{body!r:.80}", "answer service_requests with one request")
    number, token = body[0].get("service_request_id"), body[0].get("token")
    if bool(number) == bool(token):
        raise Fault(
            reply.asked, f"service_request_id {number!r:.30}, token {token!r:.30}", "give exactly one of them"
        )
    server.made.append(str(number or f"token {token}"))
    return str(number or "")


def _send(server: Server, **change: str) -> str:
    form = server.options.forms[-1]
    return _taken(server, server.post(_fields(server, **change), form))


def _shown(server: Server, code: str) -> str | None:
    """Return the words of a new request as soon as they are shown; nothing when that takes too long."""
    form, waited = server.options.forms[-1], 0.0
    while True:
        reply = server.get(f"requests/{code}", form, fresh=True)
        rows = reply.read() if reply.status == 200 else []
        if rows and rows[0].get("description"):
            return str(rows[0]["description"]).replace("\r\n", "\n")
        if waited >= server.options.wait_s:
            return None
        server.sleep(STEP_S)
        waited += STEP_S


@check("P1", "A request is answered with exactly one number or token, and can be read then.", writes=True)
def sent(server: Server) -> Iterator[Fault]:
    _ready(server)
    for form in server.options.forms:
        code = _taken(server, server.post(_fields(server), form))
        if code:
            reply = server.get(f"requests/{code}", form, fresh=True)
            if reply.status != 200:
                yield Fault(reply.asked, f"status {reply.status}", "let the sender read the request at once")


@check("P2", "A place that is none is refused: half, no number, out of range, out of the city.", writes=True)
def places(server: Server) -> Iterator[Fault]:
    _ready(server)
    lat, long = _place(server)
    other = f"{-float(lat):.4f}", f"{float(long) - 180 if float(long) > 0 else float(long) + 180:.4f}"
    wrong = (("", long), (lat, ""), ("x", long), ("91", long), (lat, "181"), ("nan", long), other)
    for place in wrong:
        yield from _refused(server, _fields(server, lat=place[0], long=place[1]), 400)


def _refused(server: Server, fields: Fields, *wanted: int, forms: tuple[str, ...] = ()) -> Iterator[Fault]:
    for form in forms or server.options.forms[-1:]:
        reply = server.post(fields, form)
        if reply.status in TAKEN:
            server.made.append("one that had to be refused")
        yield from refusal(reply, *wanted)


@check("P3", "An address alone is a place; an address_id is taken or clearly refused.", writes=True)
def addresses(server: Server) -> Iterator[Fault]:
    _ready(server)
    form = server.options.forms[-1]
    numbered = server.post(_fields(server, lat="", long="", address_id="1"), form)
    if numbered.status in TAKEN:
        _taken(server, numbered)
    else:
        yield from refusal(numbered, 400)
    known = [str(row["address"]) for row in server.requests() if row.get("address")]
    address = server.options.address or (known[0] if known else "")
    if not address:
        raise Skip("no address is known: give --address")
    reply = server.post(_fields(server, lat="", long="", address_string=address), form)
    if reply.status == 400 and not server.options.address:
        yield from refusal(reply, 400)
        raise Skip(f"the server refused {address!r:.60}: give an address that it knows with --address")
    _taken(server, reply)


@check("P4", "A missing service is 400, an unknown one 404.", writes=True)
def service(server: Server) -> Iterator[Fault]:
    _ready(server)
    forms = server.options.forms
    yield from _refused(server, _fields(server, service_code=""), 400, forms=forms)
    yield from _refused(server, _fields(server, service_code=NOWHERE), 404, forms=forms)


@check("P5", "No key and a wrong key are 403, in the form that was asked for.", writes=True)
def keys(server: Server) -> Iterator[Fault]:
    _ready(server)
    for key in ("", NOWHERE):
        yield from _refused(server, _fields(server, api_key=key), 403, forms=server.options.forms)


@check("P6", "Attributes are checked: required ones, values of lists; several values are taken.", writes=True)
def attributes(server: Server) -> Iterator[Fault]:
    _ready(server)
    tried = False
    for row in server.services():
        for one in _attributes(server, row):
            tried = True
            yield from _attribute(server, row, one)
        if tried:
            return
    raise Skip("no service has attributes")


def _attribute(server: Server, row: dict[str, Any], one: dict[str, Any]) -> Iterator[Fault]:
    name, _ = _filled(one)
    lat, long = _place(server)
    good = [("api_key", server.options.api_key), ("service_code", str(row["service_code"])), ("lat", lat)]
    good += [("long", long), ("description", WORDS)]
    needed = [
        _filled(other) for other in _attributes(server, row) if str(other.get("required")).lower() == "true"
    ]
    rest = [field for field in needed if field[0] != name]
    if str(one.get("required")).lower() == "true":
        yield from _refused(server, [*good, *rest], 400)
    values = [str(value.get("key")) for value in one.get("values") or []]
    if values:
        yield from _refused(server, [*good, *rest, (name, NOWHERE)], 400)
    if one.get("datatype") == "multivaluelist":
        _taken(
            server,
            server.post([*good, *rest, *((name, key) for key in values[:2])], server.options.forms[-1]),
        )


@check("P7", "4,000 characters are taken, 4,001 refused; line breaks stay.", writes=True)
def length(server: Server) -> Iterator[Fault]:
    _ready(server)
    _send(server, description="a" * LONGEST)
    yield from _refused(server, _fields(server, description="a" * (LONGEST + 1)), 400)
    said = "Percobaan open311-check\nbaris dua <b>tebal</b>"
    code = _send(server, description=said)
    shown = _shown(server, code) if code else None
    if shown is None:
        raise Skip(
            "the lengths are right; the words are not shown yet, so line breaks could not be compared (--wait)"
        )
    if "\n" not in shown:
        yield Fault(f"GET {server.base}/requests/{code}", f"{shown!r:.80}", "keep line breaks")


@check("P8", "Plus signs, %20, UTF-8 and emoji survive the way there and back.", writes=True)
def characters(server: Server) -> Iterator[Fault]:
    _ready(server)
    said = "a+b c d é 水 🌊 & = %"
    fields = _fields(server, description="")
    first, _, rest = urllib.parse.quote_plus(said).partition("+")  # one space as a plus, the others as %20
    body = f"description={first}+{rest.replace('+', '%20')}"
    code = _taken(server, server.post(fields, server.options.forms[-1], body=body))
    shown = _shown(server, code) if code else None
    if shown is None:
        raise Skip("it was taken, but its words are not shown yet (--wait)")
    if shown != said:
        yield Fault(f"GET {server.base}/requests/{code}", f"{shown!r:.80}", f"give back {said!r}")


@check("P9", "Two errors in one request are told as two.", writes=True)
def both(server: Server) -> Iterator[Fault]:
    _ready(server)
    form = server.options.forms[-1]
    reply = server.post(_fields(server, service_code="", lat="x"), form)
    told = [*refusal(reply, 400)]
    yield from told
    if not told and len(reply.read()) < 2:
        yield Fault(reply.asked, "one error", "tell every fault at once, each with its own entry")


@check("P10", "The same request with the same Idempotency-Key (an extension) is one request.", writes=True)
def repeated(server: Server) -> Iterator[Fault]:
    _ready(server)
    form, head = server.options.forms[-1], {"Idempotency-Key": f"open311-check-{uuid.uuid4()}"}
    fields = _fields(server)
    first, second = (_taken(server, server.post(fields, form, headers=head)) for _ in range(2))
    if first != second:
        raise Skip("the extension is not offered: the repeat became a second request")
    server.made.pop()
    yield from ()


CHECKS = (sent, places, addresses, service, keys, attributes, length, characters, both, repeated)
