"""From a stranger's bytes to a `Photo` or a `Refusal`; the decoding happens in another process.

This module and all it imports are free of image decoders, so a request can use it safely.
"""

import atexit
import contextlib
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import rembug
from rembug.lib.images import wire
from rembug.lib.images.answer import photo_from
from rembug.lib.images.outcome import MAX_BYTES, Photo, Reason, Refusal
from rembug.lib.images.sniff import HEAD_BYTES, sniff

PATIENCE_S = 20.0
"""Longer than the darkroom's own limit for a photo: only a lost darkroom makes us wait so long."""
_COMMAND = (sys.executable, "-P", "-m", "rembug.lib.images.child")


def read_limited(stream: IO[bytes]) -> bytes | Refusal:
    """Read a photo from a stream; stop at one byte over the limit however much more would come."""
    pieces = bytearray()
    while piece := stream.read(min(1 << 16, MAX_BYTES + 1 - len(pieces))):
        pieces += piece
        if len(pieces) > MAX_BYTES:
            return Refusal(Reason.TOO_LARGE)
    return bytes(pieces)


def inspect(data: bytes) -> Refusal | None:
    """Refuse at once, without any decoder, what cannot be a photo."""
    if not data:
        return Refusal(Reason.EMPTY)
    if len(data) > MAX_BYTES:
        return Refusal(Reason.TOO_LARGE)
    return None if sniff(data[:HEAD_BYTES]) else Refusal(Reason.WRONG_TYPE)


class Darkroom:
    """One decoding process, started at the first photo and again after its death; one photo at a time.

    Threads may share it (they wait for each other); make more of them for more cores. Use it as a context
    manager, or call `close()`; a darkroom whose owner dies ends by itself.
    """

    def __init__(self, *, command: Sequence[str] = _COMMAND, patience_s: float = PATIENCE_S) -> None:
        self._command = tuple(command)
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._sock: socket.socket | None = None
        self._owner = 0

    def develop(self, data: bytes) -> Photo | Refusal:
        """Return the clean photo or the reason why not; raises for no bytes. Takes 0.2 s, at most seconds."""
        if refusal := inspect(data):
            return refusal
        with self._lock:
            # A darkroom that died while idle is found out by using it, hence the second try.
            exchange = self._exchange(data) or self._exchange(data)
        if exchange is None:
            return Refusal(Reason.UNAVAILABLE, "the darkroom does not answer")
        key, digest = secrets.token_hex(16), hashlib.sha256(data).hexdigest()
        return photo_from(*exchange, key=key, sha256=digest)

    def close(self) -> None:
        """End the process. The next photo starts a new one."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _exchange(self, data: bytes) -> tuple[dict[str, Any], bytes] | None:
        try:
            sock = self._ready()
            wire.send(sock, data)
            return wire.receive_answer(sock)
        except (OSError, wire.WireError):
            self._stop()
            return None

    def _ready(self) -> socket.socket:
        # After a fork of the web server the socket belongs to the parent process; two must not share it.
        if self._sock is not None and self._owner == os.getpid():
            return self._sock
        self._stop()
        ours, theirs = socket.socketpair()
        ours.settimeout(self._patience_s)
        self._sock, self._owner = ours, os.getpid()
        with theirs:
            # An environment of its own: the database's password must not be where a photo is opened.
            self._process = subprocess.Popen(
                self._command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": str(Path(rembug.__file__).parent.parent)},
                cwd="/",
                start_new_session=True,
            )
        return ours

    def _stop(self) -> None:
        process, sock = self._process, self._sock
        self._process = self._sock = None
        if sock is not None:
            sock.close()
        if process is not None and self._owner == os.getpid():
            process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)


_shared = Darkroom()
atexit.register(_shared.close)


def process(data: bytes) -> Photo | Refusal:
    """Develop a photo in the darkroom that this process shares. See `Darkroom.develop`."""
    return _shared.develop(data)
