"""D and G: discovery, and what holds for every answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from open311_check import shapes, spark
from open311_check.ask import Reply, Server
from open311_check.verdict import Fault, Skip, check

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
SUFFIXES = {"text/xml": "xml", "application/xml": "xml", "application/json": "json"}
OPTIONAL = ("service_request_id", "service_code", "start_date", "end_date", "status")


def pages(server: Server) -> list[str]:
    """Return one path of each method that reads; those with a number only where one is known."""
    found = ["services", "requests"]
    found += [f"services/{row['service_code']}" for row in server.services()[:1] if row.get("service_code")]
    rows = server.requests()[:1]
    return found + [f"requests/{row['service_request_id']}" for row in rows if row.get("service_request_id")]


def replies(server: Server) -> Iterator[Reply]:
    """Yield the answers of all reading methods that are there, in each form."""
    for form in server.options.forms:
        for path in ("discovery", *pages(server)):
            reply = server.get(path, form)
            if reply.status == 200:
                yield reply


@check("D1", "Discovery is there, complete, and without a root key in JSON.")
def discovery(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        reply = server.get("discovery", form)
        if reply.status != 200:
            mend = "serve discovery beside the methods, in XML and in JSON"
            yield Fault(reply.asked, f"status {reply.status}", mend)
            continue
        if form == "xml" and (tag := spark.root(reply.body).tag) != "discovery":
            yield Fault(reply.asked, f"the root is <{tag}>", "name the root <discovery>")
        yield from _discovery(reply, reply.read(), form)


def _discovery(reply: Reply, body: Any, form: str) -> Iterator[Fault]:
    if isinstance(body, dict) and set(body) == {"discovery"}:
        yield Fault(reply.asked, "the root key `discovery`", "leave the root out of JSON (Spark convention)")
        return
    told = [*shapes.faults(shapes.DISCOVERY, body, "discovery")]
    endpoints = body.get("endpoints") if isinstance(body, dict) else None
    for number, one in enumerate(endpoints if isinstance(endpoints, list) else []):
        told += shapes.faults(shapes.ENDPOINT, one, f"endpoints[{number}]")
        formats = one.get("formats") if isinstance(one, dict) else None
        if isinstance(formats, list) and not all("/" in str(name) for name in formats):
            told.append(f"endpoints[{number}].formats is {formats!r:.80}, and must list MIME types")
    if endpoints == []:
        told.append("endpoints is empty")
    for words in told:
        yield Fault(reply.asked, words, f"give every field of the standard in {form.upper()}")


@check("D2", "Every announced format works on every reading method.")
def formats(server: Server) -> Iterator[Fault]:
    announced = _announced(server)
    unknown = [name for name in announced if name not in SUFFIXES]
    for name in unknown:
        yield Fault("discovery", f"the format {name!r}", "announce text/xml and application/json")
    for form in dict.fromkeys(SUFFIXES[name] for name in announced if name in SUFFIXES):
        for path in pages(server):
            try:
                server.ok(path, form)
            except Fault as fault:
                yield fault


def _announced(server: Server) -> list[str]:
    for form in server.options.forms:
        reply = server.get("discovery", form)
        if reply.status != 200:
            continue
        body = reply.read()
        rows = body.get("endpoints") if isinstance(body, dict) else None
        found = [str(name) for one in rows or [] for name in one.get("formats") or []]
        if found:
            return [name.split(";")[0].strip() for name in found]
    raise Skip("discovery announces no formats (see D1)")


@check("G1", "Content types and encoding are exact; XML begins with its declaration.")
def types(server: Server) -> Iterator[Fault]:
    for reply in replies(server):
        wanted = TYPES[reply.form]
        if reply.type.lower().replace(" ", "") != wanted.replace(" ", ""):
            yield Fault(reply.asked, f"Content-Type {reply.type!r}", f"answer with {wanted!r}")
        if reply.form == "xml" and not reply.body.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
            yield Fault(reply.asked, "no XML declaration", "begin with <?xml version=… encoding=…?>")
        try:
            reply.body.decode()
        except UnicodeDecodeError as error:
            yield Fault(reply.asked, f"no UTF-8: {error}", "encode everything as UTF-8")


@check("G2", "Every date can be read and carries its zone.")
def dates(server: Server) -> Iterator[Fault]:
    for reply in replies(server):
        for name, text in _dates(reply.read()):
            if shapes.moment(text) is None:
                yield Fault(reply.asked, f"{name} is {text!r:.60}", "write 2026-01-15T05:30:00+07:00 or …Z")
                break


def _dates(body: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(body, list):
        for one in body:
            yield from _dates(one)
    elif isinstance(body, dict):
        for name, value in body.items():
            if value and (name.endswith("_datetime") or name == "changeset"):
                yield name, value
            yield from _dates(value)


@check("G3", "A parameter that is sent empty is one that was not sent.")
def empty(server: Server) -> Iterator[Fault]:
    form = server.options.forms[-1]
    names = OPTIONAL if server.options.jurisdiction else (*OPTIONAL, "jurisdiction_id")
    plain = server.ok("requests", form)
    for name in names:
        reply = server.get("requests", form, {name: ""})
        if reply.status != 200 or [*spark.differences(reply.read(), plain)]:
            yield Fault(reply.asked, "another answer than without it", f"read `{name}=` as absent")


@check("G4", "XML and JSON say the same, by the Spark convention.")
def same(server: Server) -> Iterator[Fault]:
    if set(server.options.forms) != {"xml", "json"}:
        raise Skip("one form only was asked for")
    for path in pages(server):
        xml, json = (server.ok(path, form) for form in ("xml", "json"))
        for words in [*spark.differences(xml, json)][:2]:
            yield Fault(f"GET {server.base}/{path}.xml and .json", words, "give both forms the same content")


@check("G5", "No field outside the standard unless extensions are asked for.")
def fields(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        for path, shape in (("services", shapes.SERVICE), ("requests", shapes.REQUEST)):
            reply = server.get(path, form)
            rows = reply.read() if reply.status == 200 else []
            extra = {name for row in rows if isinstance(row, dict) for name in row} - shape.names
            if extra:
                mend = "keep it for extensions=true"
                yield Fault(reply.asked, f"the field {', '.join(sorted(extra))[:120]}", mend)


CHECKS = (discovery, formats, types, dates, empty, same, fields)
