"""S: what can be reported, its attributes, the jurisdiction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from open311_check import shapes, spark
from open311_check.ask import Reply, Server
from open311_check.verdict import Fault, Skip, check

NOWHERE = "open311-check-no-such-thing"
ASKED_MOST = 12  # definitions that are read


def refusal(reply: Reply, *wanted: int) -> Iterator[Fault]:
    """Yield what is wrong with an error: its status, its form, its words."""
    if reply.status not in wanted:
        told = " or ".join(map(str, wanted))
        yield Fault(reply.asked, f"status {reply.status}", f"answer {told} with the errors of the standard")
        return
    try:
        body = reply.read()
        tag = spark.root(reply.body).tag if reply.form == "xml" else "errors"
    except (Fault, spark.Unreadable) as error:
        mend = f"answer errors as {reply.form.upper()} too, never as a page"
        yield Fault(reply.asked, f"status {reply.status}, but {error}", mend)
        return
    if tag != "errors" or not isinstance(body, list) or not body:
        yield Fault(reply.asked, f"<{tag}>, {type(body).__name__}", "answer a list: errors / error")
        return
    for words in (text for row in body for text in shapes.faults(shapes.ERROR, row, "error")):
        yield Fault(reply.asked, words, "give each error a code and a description, as text")


def _definitions(server: Server) -> Iterator[tuple[dict[str, Any], Reply]]:
    form = server.options.forms[-1]
    for row in server.services()[:ASKED_MOST]:
        yield row, server.get(f"services/{row.get('service_code')}", form)


@check("S1", "The list of services has the required fields; one service is a list too.")
def listed(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        reply = server.get("services", form)
        if reply.status != 200:
            yield Fault(reply.asked, f"status {reply.status}", "answer 200 with the list of services")
            continue
        body = reply.read()
        if not isinstance(body, list):
            yield Fault(
                reply.asked, f"{type(body).__name__}, no list", "answer services / service, a list in JSON"
            )
            continue
        if form == "xml":
            body = [_typed(row) for row in body]
        for number, row in enumerate(body):
            for words in shapes.faults(shapes.SERVICE, row, f"services[{number}]"):
                yield Fault(reply.asked, words, "give every service the fields of the standard")


def _typed(row: Any) -> Any:
    """Read true and false of XML."""
    marks = {"true": True, "false": False}
    return (
        {**row, "metadata": marks.get(str(row.get("metadata")), row.get("metadata"))}
        if isinstance(row, dict)
        else row
    )


@check("S2", "A definition echoes its code; orders are unique and positive; lists have values, others none.")
def defined(server: Server) -> Iterator[Fault]:
    for row, reply in _definitions(server):
        if reply.status != 200:
            if str(row.get("metadata")).lower() == "true":
                yield Fault(
                    reply.asked, f"status {reply.status}", "serve the definition, or say metadata=false"
                )
            continue
        body = reply.read()
        told = [*_definition(body, row)] if isinstance(body, dict) else ["no object"]
        for words in told:
            yield Fault(reply.asked, words, "see `service_definition` of the standard")


def _definition(body: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    if body.get("service_code") != row.get("service_code"):
        yield f"service_code is {body.get('service_code')!r:.40}, not {row.get('service_code')!r:.40}"
    rows = [one for one in body.get("attributes") or [] if isinstance(one, dict)]
    orders = [str(one.get("order")) for one in rows]
    if len(set(orders)) != len(orders) or not all(order.isdigit() and int(order) > 0 for order in orders):
        yield f"the orders are {', '.join(orders)[:60]}"
    for one in rows:
        is_list = str(one.get("datatype", "")).endswith("valuelist")
        if is_list != bool(one.get("values")):
            yield f"{one.get('code')!r:.40} is {one.get('datatype')!r:.40} with values {one.get('values')!r:.40}"


@check("S3", "An unknown service is 404; one without attributes has none or is 404.")
def unknown(server: Server) -> Iterator[Fault]:
    for form in server.options.forms:
        yield from refusal(server.get(f"services/{NOWHERE}", form), 404)
    for row, reply in _definitions(server):
        if str(row.get("metadata")).lower() == "false" and reply.status == 200:
            body = reply.read()
            if isinstance(body, dict) and body.get("attributes"):
                yield Fault(reply.asked, "attributes, but metadata=false", "say metadata=true in the list")


@check(
    "S4", "An unknown jurisdiction is 404, a missing one 400 where there are several; one alone ignores it."
)
def jurisdiction(server: Server) -> Iterator[Fault]:
    form = server.options.forms[-1]
    address = f"{server.base}/services.{form}"
    missing, wrong = server.read(address, form), server.read(f"{address}?jurisdiction_id={NOWHERE}", form)
    if missing.status == 200:
        if wrong.status == 200 and not [*spark.differences(wrong.read(), missing.read())]:
            return
        yield from refusal(wrong, 404)
        return
    yield from refusal(missing, 400)
    yield from refusal(wrong, 404)
    if not server.options.jurisdiction:
        raise Skip("the server has several jurisdictions: name one with --jurisdiction")


CHECKS = (listed, defined, unknown, jurisdiction)
