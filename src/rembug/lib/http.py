"""The only way out: HTTPS with a time limit, a size limit and no way into private networks.

A host name is resolved once, every address is checked, and the connection goes to the checked address, so that a name
cannot answer differently a moment later. Redirects are followed a few times and checked like the first address.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from rembug.lib.errors import RembugError

LARGEST = 5_000_000
TIMEOUT_S = 15.0
REDIRECTS = 3
CHUNK = 65_536


class Unreachable(RembugError):
    """The other side cannot be asked, does not answer, or answers with more than is taken."""

    code = "unreachable"
    status = 502


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One question to another server."""

    address: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout_s: float = TIMEOUT_S
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers with small names, body, and the address that answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str


Transport = Callable[[Outgoing, SplitResult, str], Answer]
Resolve = Callable[[str, int], list[str]]


def fetch(
    address: str,
    *,
    largest: int = LARGEST,
    timeout_s: float = TIMEOUT_S,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return what an address gives. Raises `Unreachable` with the reason, also for any status but 200."""
    answer = send(Outgoing(address, headers=headers or {}, timeout_s=timeout_s, largest=largest))
    if answer.status != http.client.OK:
        raise Unreachable(f"{address}: the server answered {answer.status}. Check the address.")
    return answer


def send(question: Outgoing) -> Answer:
    """Return the answer to a question, after at most three redirects (only of GET). Raises `Unreachable`."""
    transport, resolve = _way.get() or (_over_the_net, _addresses)
    address = question.address
    for _ in range(REDIRECTS + 1):
        parts = _checked(address)
        host = _public_address(parts, resolve)
        try:
            answer = transport(question, parts, host)
        except (OSError, http.client.HTTPException, ssl.SSLError) as fault:
            raise Unreachable(f"{address}: no answer ({type(fault).__name__}). Try again later.") from fault
        if not 300 <= answer.status < 400 or question.method != "GET" or "location" not in answer.headers:
            return answer
        address = urljoin(address, answer.headers["location"])
    raise Unreachable(f"{question.address}: more than {REDIRECTS} redirects. Give the last address.")


@contextmanager
def using(transport: Transport, resolve: Resolve | None = None) -> Iterator[None]:
    """Answer questions by a function instead of the network: for tests."""
    token = _way.set((transport, resolve or (lambda _host, _port: ["93.184.216.34"])))
    try:
        yield
    finally:
        _way.reset(token)


_way: ContextVar[tuple[Transport, Resolve] | None] = ContextVar("way", default=None)


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as fault:
        raise Unreachable(f"{address[:80]!r} is no address. Write https://…") from fault
    trusted = (parts.hostname or "") in settings.TRUSTED_OUTSIDE
    if parts.scheme != "https" and not (trusted and parts.scheme == "http"):
        raise Unreachable(
            f"{address[:80]!r} is not https. Use https, or trust the host: REMBUG_TRUSTED_OUTSIDE."
        )
    if not parts.hostname or parts.username or parts.password or port == 0:
        raise Unreachable(f"{address[:80]!r} is no address. Write https://host/path without a password.")
    return parts


def _public_address(parts: SplitResult, resolve: Resolve) -> str:
    host = parts.hostname or ""
    try:
        found = resolve(host, _port(parts))
    except OSError as fault:
        raise Unreachable(f"{host}: the name is not known. Check the address.") from fault
    if not found:
        raise Unreachable(f"{host}: the name has no address. Check the address.")
    if host not in settings.TRUSTED_OUTSIDE:
        for one in found:
            if not ipaddress.ip_address(one.partition("%")[0]).is_global:
                raise Unreachable(
                    f"{host} lies in a private network. Trust it by REMBUG_TRUSTED_OUTSIDE if it is yours."
                )
    return found[0]


def _addresses(host: str, port: int) -> list[str]:
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _over_the_net(question: Outgoing, parts: SplitResult, address: str) -> Answer:
    connection = _connect(parts, address, question.timeout_s)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        own = {
            "Host": parts.netloc,
            "User-Agent": f"Rembug/1 (+{settings.PUBLIC_URL})",
            "Accept-Encoding": "identity",
        }
        headers = {**own, **question.headers}
        connection.request(question.method, path, question.body, headers)
        with connection.getresponse() as reply:
            body = _read(reply, question, parts)
            small = {name.lower(): value for name, value in reply.getheaders()}
            return Answer(reply.status, small, body, parts.geturl())
    finally:
        connection.close()


def _connect(parts: SplitResult, address: str, timeout_s: float) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", _port(parts)
    raw = socket.create_connection((address, port), timeout_s)
    if parts.scheme == "https":
        raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
    connection.sock = raw
    return connection


def _read(reply: http.client.HTTPResponse, question: Outgoing, parts: SplitResult) -> bytes:
    body, end = bytearray(), time.monotonic() + 2 * question.timeout_s
    while chunk := reply.read1(CHUNK):
        body += chunk
        if len(body) > question.largest:
            raise Unreachable(f"{parts.hostname}: the answer is larger than {question.largest} bytes.")
        if time.monotonic() > end:  # a drip of bytes keeps every single read within its time
            raise Unreachable(f"{parts.hostname}: the answer takes too long. Try again later.")
    return bytes(body)
