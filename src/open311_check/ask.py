"""Asking a server over HTTP, and what this run knows of it."""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from open311_check import spark
from open311_check.verdict import Fault, Skip, Unreachable

LARGEST = 20_000_000
FORM_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
SPECIFICATION = "GeoReport_v2"
Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Options:
    """How to ask. Nothing is written unless `post`; `wait_s`: how long a new request may take to show its words."""

    base: str
    forms: tuple[str, ...] = ("xml", "json")
    jurisdiction: str = ""
    api_key: str = ""
    service: str = ""
    post: bool = False
    place: tuple[str, str] | None = None
    address: str = ""
    timeout_s: float = 20.0
    wait_s: float = 10.0
    limit_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    asked: str
    form: str
    status: int
    type: str
    body: bytes

    def read(self) -> Any:
        """Return the structure. Raises `Fault` when it cannot be read."""
        try:
            return spark.parse(self.form, self.body)
        except spark.Unreadable as error:
            raise Fault(self.asked, str(error), f"answer well-formed {self.form.upper()} in UTF-8") from error


@dataclass(slots=True)
class Server:
    """The server under test. Answers to reading are kept, so that no check asks twice what another has asked."""

    options: Options
    sleep: Callable[[float], None] = time.sleep
    kept: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)  # numbers of the requests that this run wrote
    base: str = ""

    def __post_init__(self) -> None:
        self.base = self.base or self.options.base

    def get(
        self, path: str, form: str, query: Mapping[str, str] | None = None, *, fresh: bool = False
    ) -> Reply:
        """Read one address of the standard in one form."""
        jurisdiction = {"jurisdiction_id": self.options.jurisdiction} if self.options.jurisdiction else {}
        said = urllib.parse.urlencode({**jurisdiction, **(query or {})})
        address = f"{self.base}/{path}.{form}" + (f"?{said}" if said else "")
        return self.read(address, form, fresh=fresh)

    def read(self, address: str, form: str, *, fresh: bool = False) -> Reply:
        """Read any address."""
        self._note(f"GET {address}")
        if fresh or address not in self.kept:
            self.kept[address] = self._send(f"GET {address}", form, urllib.request.Request(address))  # noqa: S310 - the scheme was checked
        return self.kept[address]

    def ok(self, path: str, form: str, query: Mapping[str, str] | None = None, *, fresh: bool = False) -> Any:
        """Read what must be there; return its structure. Raises `Fault` for any status but 200."""
        reply = self.get(path, form, query, fresh=fresh)
        if reply.status != 200:
            raise Fault(reply.asked, f"status {reply.status}", "answer 200 with the document of the standard")
        return reply.read()

    def post(
        self, fields: Fields, form: str, *, headers: Mapping[str, str] | None = None, body: str = ""
    ) -> Reply:
        """Send a request; `body` may be one that was encoded already."""
        if not self.options.post:
            raise Skip("nothing is written unless --post is given")
        said = [(name, value) for name, value in fields if value]
        if self.options.jurisdiction:
            said.append(("jurisdiction_id", self.options.jurisdiction))
        text = "&".join(filter(None, [urllib.parse.urlencode(said), body]))
        address = f"{self.base}/requests.{form}"
        names = ", ".join(name for name, _ in said)
        what = f"POST {address} ({names})"[:300]
        head = {"Content-Type": FORM_TYPE, **(headers or {})}
        self._note(what)
        self.kept.clear()  # what was read before may be different now
        return self._send(what, form, urllib.request.Request(address, text.encode(), head, method="POST"))  # noqa: S310

    def other(self, method: str, path: str, form: str) -> Reply:
        """Use a method that the standard does not have there."""
        address = f"{self.base}/{path}.{form}"
        self._note(f"{method} {address}")
        return self._send(f"{method} {address}", form, urllib.request.Request(address, method=method))  # noqa: S310

    def services(self) -> list[dict[str, Any]]:
        """Return the list of services. Raises `Skip` where it cannot be read: S1 says what is wrong with it."""
        return _rows(self._list("services"))

    def requests(self) -> list[dict[str, Any]]:
        """Return public requests. Raises `Skip` where they cannot be read."""
        return _rows(self._list("requests"))

    def _list(self, path: str) -> Any:
        try:
            return self.ok(path, self.options.forms[-1])
        except Fault as error:
            raise Skip(f"{path} cannot be read: {error.found}") from error

    def _note(self, what: str) -> None:
        if what not in self.asked:
            self.asked.append(what)

    def _send(self, what: str, form: str, request: urllib.request.Request) -> Reply:
        request.add_header("User-Agent", "open311-check/1")
        try:
            with urllib.request.urlopen(request, timeout=self.options.timeout_s) as answer:  # noqa: S310
                return _reply(what, form, answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return _reply(what, form, answer)
        except (OSError, ValueError) as error:
            raise Unreachable(str(error)) from error


def _reply(what: str, form: str, answer: Any) -> Reply:
    body = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Unreachable(f"{what}: more than {LARGEST} bytes")
    return Reply(what, form, answer.status, answer.headers.get("Content-Type", ""), body)


def _rows(found: Any) -> list[dict[str, Any]]:
    if not isinstance(found, list):
        raise Skip("the answer is no list")
    return [row for row in found if isinstance(row, dict)]
