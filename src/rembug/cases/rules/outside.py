"""What is said to another Open311 system, and what its answers mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

NUMBER_MAX = 80
WORDS_MAX = 900
Outcome = Literal["taken", "later", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One case in the words of the standard. `words` are masked already, the place is the public one."""

    service: str
    words: str
    page: str  # public address of the case: how it is found again there
    lon: float | None
    lat: float | None
    address: str
    api_key: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of sending. `unknown`: it may have been stored, or not."""

    outcome: Outcome
    number: str = ""
    token: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the other system says of one request."""

    number: str
    is_closed: bool
    notes: str
    fingerprint: str


def form(told: Telling) -> bytes:
    """Return the body of a POST."""
    fields = {
        "api_key": told.api_key,
        "jurisdiction_id": told.jurisdiction,
        "service_code": told.service,
        "description": f"{told.words}\n\n{told.page}".strip(),
    }
    if told.lon is None or told.lat is None:
        fields["address_string"] = told.address
    else:
        fields |= {"lat": f"{told.lat:.6f}", "long": f"{told.lon:.6f}"}
    return urlencode({name: value for name, value in fields.items() if value}).encode()


def answered(status: int, body: bytes) -> Answered:
    """Read the answer to a POST."""
    if status in {200, 201, 202}:
        rows = rows_of(body)
        number, token = (
            (_text(rows[0].get(name)) for name in ("service_request_id", "token")) if rows else ("", "")
        )
        return (
            Answered("taken", number, token)
            if number or token
            else Answered("unknown", fault="an answer without number")
        )
    if status == 429 or status == 503:
        return Answered("later", fault=f"status {status}")
    if 400 <= status < 500:
        said = "; ".join(filter(None, (_text(row.get("description"), 200) for row in rows_of(body))))
        return Answered("refused", fault=f"status {status}: {said}"[:300])
    return Answered("unknown", fault=f"status {status}")


def rows_of(body: bytes) -> list[dict[str, Any]]:
    """Return the rows of a JSON answer; nothing where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def found_again(body: bytes, page: str) -> str:
    """Return the number of the request whose words hold the page's address: it was stored after all."""
    for row in rows_of(body):
        if page in str(row.get("description")):
            return _text(row.get("service_request_id"))
    return ""


def heard(body: bytes) -> list[Heard]:
    """Read the state of requests."""
    found = []
    for row in rows_of(body):
        number, status = _text(row.get("service_request_id")), _text(row.get("status"), 20).lower()
        if not number or status not in {"open", "closed"}:
            continue
        notes = _text(row.get("status_notes"), WORDS_MAX)
        digest = hashlib.sha256(f"{status}\x1f{notes}".encode()).hexdigest()
        found.append(Heard(number, status == "closed", notes, digest))
    return found


def asking(asked: Mapping[str, str], jurisdiction: str) -> str:
    """Return a question as part of an address."""
    return urlencode({**asked, **({"jurisdiction_id": jurisdiction} if jurisdiction else {})})


def _text(value: Any, longest: int = NUMBER_MAX) -> str:
    """Return a value of the other system as text that can be stored: no control characters, not endless."""
    if value is None or isinstance(value, dict | list | bool):
        return ""
    text = "".join(max(mark, " ") for mark in str(value))
    return " ".join(text.split())[:longest]
