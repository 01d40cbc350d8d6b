"""A small good GeoReport server in memory, and faults that can be planted in it."""

from __future__ import annotations

import csv
import io
import json
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

from open311_check.checks.extensions import BULK

KEY = "kunci"
CHILD = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
ROOTS = {"discovery": "discovery", "services": "services", "requests": "service_requests"}
CHOICES = [{"key": one, "name": one} for one in ("lutut", "dada")]


class Refused(Exception):
    """An error of the standard."""


class City:
    """What the server knows; `faults` names what is planted."""

    def __init__(self, *faults: str) -> None:
        self.faults, self.url = set(faults), ""
        self.rows: list[dict[str, Any]] = []
        self.keys: dict[str, dict[str, Any]] = {}
        now = datetime.now(UTC).replace(microsecond=0)
        for days in (1, 40, 88, 91):
            self.add(now - timedelta(days=days), {"service_code": "lampu", "lat": "-6.9", "long": "109.7"})
        self.rows[0]["status"] = "closed"
        if "undated" in self.faults:
            self.rows[0]["updated_datetime"] = None

    def add(self, at: datetime, said: dict[str, str]) -> dict[str, Any]:
        row = {
            "service_request_id": f"R{len(self.rows)}",
            "status": "open",
            "status_notes": None,
            "service_name": "Lampu",
            "service_code": said["service_code"],
            "description": said.get("description"),
            "requested_datetime": at.isoformat(),
            "updated_datetime": at.isoformat(),
            "address": "Jalan Merak 1 – Degayu",
            "lat": -6.9,
            "long": 109.7,
        }
        if "naive" in self.faults:
            row["requested_datetime"] = at.replace(tzinfo=None).isoformat()
        if "extra" in self.faults:
            row["colour"] = "red"
        if "email" in self.faults:
            row["email"] = "ani@example.org"
        if "number" in self.faults:
            row["service_request_id"] = len(self.rows)
        if "trim" in self.faults:
            row["description"] = (said.get("description") or "").encode("ascii", "ignore").decode()
        self.rows.append(row)
        return row

    def answer(
        self, method: str, path: str, form: str, asked: dict[str, str], key: str
    ) -> tuple[int, str, Any]:
        """Return status, name of the root, structure."""
        name, _, rest = path.partition("/")
        if method not in {"GET", "POST"}:
            raise Refused(405, "no such method")
        if method == "POST":
            return 201, "service_requests", [self.post(asked, key)]
        if name == "discovery" and "no_discovery" not in self.faults:
            return 200, "discovery", self.discovery(form)
        if name == "services":
            if asked.get("jurisdiction_id") and "jurisdiction" in self.faults:
                return 200, "services", []
            return (
                (200, "service_definition", self.definition(rest))
                if rest
                else (200, "services", self.services())
            )
        if name == "requests":
            found = self.one(rest) if rest else self.found(asked)
            return 200, "service_requests", found[0] if rest and "single" in self.faults else found
        if name == "tokens" and "token" in self.faults:
            return 200, "service_requests", []
        raise Refused(404, f"{path} is not here")

    def discovery(self, form: str) -> Any:
        formats = ["text/xml", "application/json"]
        endpoint: dict[str, Any] = {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": self.url,
            "type": "test",
        }
        body: dict[str, Any] = {"changeset": "2026-01-01T00:00:00Z", "contact": "a", "key_service": "b"}
        if "contact" in self.faults:
            del body["contact"]
        body["endpoints"] = [endpoint | {"changeset": "2026-01-01T00:00:00Z", "formats": formats}]
        return {"discovery": body} if "root_key" in self.faults and form == "json" else body

    def services(self) -> list[dict[str, Any]]:
        kind = "soon" if "type" in self.faults else "realtime"
        plain = {"service_code": "lampu", "service_name": "Lampu", "metadata": False, "type": kind}
        return [plain, {"service_code": "rob", "service_name": "Rob", "metadata": True, "type": "realtime"}]

    def definition(self, code: str) -> dict[str, Any]:
        if code not in {"lampu", "rob"} and "unknown_service" not in self.faults:
            raise Refused(404, "no such service")
        one = {"variable": True, "code": "dalam", "datatype": "singlevaluelist", "required": True, "order": 1}
        many = one | {"code": "dampak", "datatype": "multivaluelist", "required": False, "order": 2}
        if "orders" in self.faults:
            many["order"] = 1
        rows = [one | {"values": CHOICES}, many | {"values": CHOICES}]
        return {"service_code": code, "attributes": rows if code == "rob" else []}

    def one(self, code: str) -> list[dict[str, Any]]:
        rows = [row for row in self.rows if str(row["service_request_id"]) == code]
        if not rows:
            raise Refused(404, "no such request")
        return rows

    def found(self, asked: dict[str, str]) -> list[dict[str, Any]]:
        given = {name: value for name, value in asked.items() if value or "empty" in self.faults}
        if "service_request_id" in given:
            rows = [row for code in given["service_request_id"].split(",") for row in self.one(code)]
            return (
                [row for row in rows if row["status"] in given.get("status", row["status"])]
                if ("filters" in self.faults)
                else rows
            )
        states = set(given.get("status", "open,closed").split(","))
        if not states <= {"open", "closed"} and "status" not in self.faults:
            raise Refused(400, "status is open or closed")
        end = datetime.fromisoformat(given.get("end_date") or "2999-01-01T00:00:00Z")
        start = datetime.fromisoformat(given.get("start_date") or "1999-01-01T00:00:00Z")
        if "start_date" in given and end - start > timedelta(days=90) and "span" not in self.faults:
            raise Refused(400, "at most 90 days")
        if "start_date" not in given and "window" not in self.faults:
            start = datetime.now(UTC) - timedelta(days=90)
        rows = [row for row in self.rows if start <= _at(row) and row["status"] in states]
        return [row for row in rows if _at(row) < end or ("exclusive" not in self.faults and _at(row) == end)]

    def post(self, asked: dict[str, str], repeat: str) -> dict[str, Any]:
        """Take one request, or refuse it."""
        if asked.get("api_key") != KEY and "keys" not in self.faults:
            raise Refused(403, "api_key")
        code = asked.get("service_code", "")
        told = [] if code else ["service_code is missing"]
        told += self.place(asked)
        told += (
            ["description"] if len(asked.get("description", "")) > 4000 and "long" not in self.faults else []
        )
        if code == "rob" and "attributes" not in self.faults:
            told += [] if asked.get("attribute[dalam]") in {"lutut", "dada"} else ["attribute[dalam]"]
            known = asked.get("attribute[dampak][]", "dada") in {"lutut", "dada"}
            told += [] if known else ["attribute[dampak]"]
        if told:
            raise Refused(400, *(told[:1] if "one_error" in self.faults else told))
        if code not in {"lampu", "rob"}:
            raise Refused(400 if "unknown_post" in self.faults else 404, "no such service")
        if not repeat or repeat not in self.keys:
            row = self.add(datetime.now(UTC).replace(microsecond=0), asked)
            self.keys[repeat] = {"service_request_id": row["service_request_id"]}
        token = {"token": "t"} if "both" in self.faults else {}
        return {**self.keys[repeat], **token}

    def place(self, asked: dict[str, str]) -> list[str]:
        if "anywhere" in self.faults or (asked.get("address_string") and "address" not in self.faults):
            return []
        try:
            lat, long = float(asked["lat"]), float(asked["long"])
        except (KeyError, ValueError):
            return ["lat and long"]
        return [] if abs(lat + 6.9) < 1 and abs(long - 109.7) < 1 else ["outside"]


def _at(row: dict[str, Any]) -> datetime:
    at = datetime.fromisoformat(row["requested_datetime"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def xml(name: str, value: Any) -> str:
    """Write a structure as XML."""
    if isinstance(value, list):
        inner = "".join(xml(CHILD.get(name, "item"), one) for one in value)
    elif isinstance(value, dict):
        inner = "".join(xml(key, one) for key, one in value.items())
    else:
        inner = "" if value is None else escape(str(value).lower() if isinstance(value, bool) else str(value))
    return f"<{name}>{inner}</{name}>"


@contextmanager
def serving(*faults: str) -> Iterator[str]:
    """Serve a city on a port of its own; give its endpoint."""
    city = City(*faults)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urllib.parse.urlsplit(self.path)
            path, _, form = address.path.removeprefix("/v2/").rpartition(".")
            said = address.query
            if self.command == "POST":
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = dict(urllib.parse.parse_qsl(said, keep_blank_values=True))
            if form == "csv":
                return self.put(200, "text/csv; charset=utf-8", bulk(city))
            try:
                status, root, body = city.answer(
                    self.command, path, form, asked, self.headers.get("Idempotency-Key", "")
                )
            except Refused as error:
                status, *words = error.args
                root, body = "errors", [{"code": str(status), "description": one} for one in words]
                if "page" in faults:
                    return self.put(200, "text/html", b"<!DOCTYPE html><p>Maaf")
            return self.put(status, *written(city, form, root, body))

        do_POST = do_DELETE = do_GET  # noqa: N815 - names of the standard library

        def put(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        city.url = f"http://127.0.0.1:{server.server_port}/v2"
        yield city.url
        server.shutdown()
        thread.join()


def written(city: City, form: str, root: str, body: Any) -> tuple[str, bytes]:
    """Return content type and bytes."""
    if form == "json":
        return "application/json; charset=utf-8", json.dumps(body).encode()
    kind = "application/xml" if "xml_type" in city.faults else "text/xml; charset=utf-8"
    if "differs" in city.faults and root == "service_requests":
        body = [one | {"status_notes": "other"} for one in body]
    if root == "service_requests" and "xml_down" in city.faults:
        return kind, b"<oops"
    return kind, b'<?xml version="1.0" encoding="utf-8"?>' + xml(root, body).encode()


def bulk(city: City) -> bytes:
    """Return every request as CSV."""
    text = io.StringIO()
    columns = BULK[1:] if "columns" in city.faults else BULK
    lines = csv.DictWriter(text, columns, extrasaction="ignore")
    lines.writeheader()
    lines.writerows(city.rows)
    return text.getvalue().encode()
