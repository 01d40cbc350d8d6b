"""A request's body is whole or it is nothing: a connection that breaks off must not leave half a photo.

A server hands the bytes on as they come; when the phone goes away in the middle, what came looks like a shorter
body. Half a photo would be stored under the photo's key, and the whole one refused afterwards.
"""

from collections.abc import Iterable
from typing import Any, Protocol

Environ = dict[str, Any]


class Source(Protocol):
    """What a server gives as `wsgi.input`."""

    def read(self, size: int = ...) -> bytes: ...
    def readline(self, size: int = ...) -> bytes: ...


class Application(Protocol):
    """A WSGI application (PEP 3333)."""

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]: ...


class WholeBody:
    """Reads `length` bytes of a source; raises OSError when they end before that."""

    def __init__(self, source: Source, length: int) -> None:
        self._source, self._left = source, length

    def read(self, size: int = -1) -> bytes:
        """Return `size` bytes or all that is left of fewer, by default all; empty at the end."""
        asked = self._left if size < 0 else min(size, self._left)
        parts = []
        while asked:
            parts.append(self._came(self._source.read(asked)))
            asked -= len(parts[-1])
        return b"".join(parts)

    def readline(self, size: int = -1) -> bytes:
        """Return the next line with its end, or what is left of it."""
        asked = self._left if size < 0 else min(size, self._left)
        return self._came(self._source.readline(asked)) if asked else b""

    def _came(self, data: bytes) -> bytes:
        if not data:
            raise OSError(f"the connection ended {self._left} bytes before the end of the body")
        self._left -= len(data)
        return bytes(data)


def only_whole(application: Application) -> Application:
    """Return the application behind a door that lets no shortened body pass."""

    def door(environ: Environ, start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length):
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return door
