"""XML and JSON of one structure: JSON drops the root element, a list stays a list, an empty element is null (Spark)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import orjson
from django.http import HttpResponse

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
LISTS = {  # name of a container -> name of its children
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "notes": "note",
    "media": "url",
}


class Refused(Exception):
    """A request that cannot be taken: pairs of code and words, and the HTTP status."""

    def __init__(self, *faults: tuple[str, str], status: int = 400) -> None:
        super().__init__(faults)
        self.faults, self.status = faults, status


def answer(form: str, root: str, body: Any, *, status: int = 200) -> HttpResponse:
    """Return a document in one of the two forms."""
    if form == "json":
        data = orjson.dumps(body)
    else:
        data = b'<?xml version="1.0" encoding="utf-8"?>\n' + _element(root, body).encode()
    reply = HttpResponse(data, status=status, content_type=TYPES[form])
    reply["Access-Control-Allow-Origin"] = "*"
    reply["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reply


def error(form: str, refused: Refused) -> HttpResponse:
    """Return the errors of the standard."""
    body = [{"code": code, "description": words} for code, words in refused.faults]
    return answer(form, "errors", body, status=refused.status)


def moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    """Return a time with the city's offset."""
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def _element(name: str, value: Any) -> str:
    if value is None or value == "":
        return f"<{name}/>"
    if isinstance(value, bool):
        return f"<{name}>{str(value).lower()}</{name}>"
    if isinstance(value, list):
        child = LISTS.get(name, "item")
        return f"<{name}>{''.join(_element(child, one) for one in value)}</{name}>"
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(key, one) for key, one in value.items())}</{name}>"
    return f"<{name}>{escape(_printable(str(value)))}</{name}>"


def _printable(text: str) -> str:
    """Leave out what XML 1.0 does not allow."""
    return "".join(mark for mark in text if mark in "\t\n\r" or mark >= " ")
