"""The command line."""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Sequence

from open311_check import report
from open311_check.ask import SPECIFICATION, Options, Server
from open311_check.checks import ALL
from open311_check.verdict import Check, Fault, Unreachable, run

ABOUT = (
    "Check an Open311 GeoReport v2 server. Exit code 0: no check failed. 1: at least one failed."
    " 2: the server could not be asked, or the options are wrong."
)
END = re.compile(r"/discovery\.(xml|json)$")
KEY = "OPEN311_API_KEY"


def main(argv: Sequence[str] | None = None, sleep: Callable[[float], None] = time.sleep) -> int:
    """Check one server; print what was found; return the exit code."""
    parser = _parser()
    given = parser.parse_args(argv)
    wanted = _wanted(parser, given.only)
    server = Server(_options(parser, given), sleep)
    try:
        server.base = _endpoint(server, given.url)
        server.get("services", server.options.forms[-1])
    except Unreachable as error:
        print(f"the server could not be asked: {given.url}: {error}")
        return 2
    findings = [run(one, server) for one in wanted]
    print(
        json.dumps(report.as_json(server, findings), indent=1)
        if given.json
        else report.as_text(server, findings)
    )
    return int(any(one.verdict == "fail" for one in findings))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("rembug-open311-check", description=ABOUT)
    parser.add_argument("url", help="the endpoint (…/open311/v2) or its discovery document")
    parser.add_argument(
        "--jurisdiction", default="", metavar="ID", help="jurisdiction_id that goes with every request"
    )
    parser.add_argument("--api-key", default="", help=f"key for --post; better in the environment: {KEY}")
    parser.add_argument("--service-code", default="", metavar="CODE", help="service that test requests go to")
    parser.add_argument(
        "--post", action="store_true", help="also WRITE test requests; without it nothing is written"
    )
    parser.add_argument(
        "--place", nargs=2, type=float, metavar=("LAT", "LONG"), help="a place inside the city"
    )
    parser.add_argument("--address", default="", help="an address that the server knows, for --post")
    parser.add_argument("--format", choices=("both", "xml", "json"), default="both")
    parser.add_argument("--only", default="", metavar="IDS", help="checks to make, e.g. D1,G4")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="S", help="seconds for one answer")
    parser.add_argument("--wait", type=float, default=10.0, metavar="S", help="seconds for new words to show")
    parser.add_argument("--limit-ms", type=float, default=0.0, help="agreed p95 of reading, for L1")
    parser.add_argument("--json", action="store_true", help="report for machines")
    return parser


def _wanted(parser: argparse.ArgumentParser, only: str) -> list[Check]:
    names = {part.strip().upper() for part in only.split(",") if part.strip()}
    if unknown := names - {one.id for one in ALL}:
        parser.error(f"--only: no such check: {', '.join(sorted(unknown))}")
    return [one for one in ALL if not names or one.id in names]


def _options(parser: argparse.ArgumentParser, given: argparse.Namespace) -> Options:
    if not re.match(r"https?://[^/\s]+", given.url):
        parser.error("the address begins with http:// or https://")
    key = given.api_key or os.environ.get(KEY, "")
    if given.post and not key:
        parser.error(f"--post needs --api-key or {KEY}")
    return Options(
        base=END.sub("", given.url).rstrip("/"),
        forms=("xml", "json") if given.format == "both" else (given.format,),
        jurisdiction=given.jurisdiction,
        api_key=key,
        service=given.service_code,
        post=given.post,
        place=(str(given.place[0]), str(given.place[1])) if given.place else None,
        address=given.address,
        timeout_s=given.timeout,
        wait_s=given.wait,
        limit_ms=given.limit_ms,
    )


def _endpoint(server: Server, url: str) -> str:
    """Return where the methods are: as announced where a discovery document was named."""
    form = END.search(url)
    if form is None:
        return server.base
    try:
        body = server.ok("discovery", form[1])
    except Fault:
        return server.base
    rows = body.get("endpoints") if isinstance(body, dict) else None
    for one in rows or []:
        if SPECIFICATION.lower() in str(one.get("specification")).lower() and one.get("url"):
            return str(one["url"]).rstrip("/")
    return server.base
