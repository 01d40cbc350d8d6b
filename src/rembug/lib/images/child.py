"""The darkroom's process: `python -m rembug.lib.images.child`; a socket on stdin brings photos, takes JPEGs.

It decodes no stranger's byte itself. For each photo it forks a copy that first puts walls round itself
(memory, CPU time, no new file or socket, no process, no privileged user) and then opens the photo. What
happens in there ends there.
"""

import contextlib
import gc
import json
import os
import resource
import select
import signal
import socket
import time
from typing import Any, NoReturn

from rembug.lib.images import develop, wire
from rembug.lib.images.outcome import MAX_BYTES, Reason
from rembug.lib.images.sniff import HEAD_BYTES, Kind, sniff

MEMORY_BYTES = 480 * 1024 * 1024
CPU_S = 8
WALL_S = 12.0
_NOBODY = 65534
_MOST_REPLY = wire.MAX_HEADER + wire.MAX_BODY


def serve(sock: socket.socket) -> None:
    """Answer photos one after another until the other side closes."""
    develop.prepare()
    # The copies share these pages; a collection in a copy would write to them all.
    gc.collect()
    gc.freeze()
    with contextlib.suppress(wire.WireError, ConnectionError):
        while True:
            header, body = answer(wire.receive(sock, MAX_BYTES))
            wire.send(sock, json.dumps(header).encode(), body)


def answer(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Develop one photo in a walled copy of this process; return its header and JPEG bytes, or a refusal."""
    inlet, outlet = os.pipe()
    try:
        pid = os.fork()
    except OSError as fault:
        os.close(inlet)
        os.close(outlet)
        return _refused(Reason.UNAVAILABLE, type(fault).__name__), b""
    if pid == 0:
        _copy_main(data, outlet)
    os.close(outlet)
    reply = _read_until(inlet, time.monotonic() + WALL_S)
    os.close(inlet)
    # Not yet waited for, so the number is still its own; one that has ended does not notice.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    header, body = _judged(reply, os.waitstatus_to_exitcode(status))
    # Linux counts ru_maxrss in KiB.
    header |= {"peak_mb": used.ru_maxrss / 1024, "cpu_s": used.ru_utime + used.ru_stime}
    return header, body


def _copy_main(data: bytes, outlet: int) -> NoReturn:
    """In the copy: walls, photo, answer, end. Never returns into the server's loop."""
    code = 1
    try:
        os.setpgid(0, 0)
        _put_up_walls(keep=outlet, threads=sniff(data[:HEAD_BYTES]) is Kind.HEIC)
        try:
            reply = develop.to_bytes(*develop.develop(data))
        except Exception as fault:  # noqa: BLE001  # a decoder may raise anything; the name is enough
            reply = develop.to_bytes(_refused(develop.failure_reason(fault), type(fault).__name__), b"")
        while reply:
            reply = reply[os.write(outlet, reply) :]
        code = 0
    finally:
        os._exit(code)


def _put_up_walls(*, keep: int, threads: bool) -> None:
    """Give up all that turning bytes into bytes does not need; only the HEIC decoder insists on threads."""
    os.closerange(0, keep)
    os.closerange(keep + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        # Zero new descriptors: no file, no socket, and no program could load its libraries.
        (resource.RLIMIT_NOFILE, 0),
        *(() if threads else ((resource.RLIMIT_NPROC, 0),)),
    ):
        resource.setrlimit(limit, (most, most))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


def _read_until(inlet: int, deadline: float) -> bytes | None:
    """Return all that the copy wrote until it closed; None when it is late or says too much."""
    reply = bytearray()
    while (left := deadline - time.monotonic()) > 0 and len(reply) <= _MOST_REPLY:
        if not select.select([inlet], [], [], left)[0]:
            break
        piece = os.read(inlet, 1 << 16)
        if not piece:
            return bytes(reply)
        reply += piece
    return None


def _judged(reply: bytes | None, exit_code: int) -> tuple[dict[str, Any], bytes]:
    """Believe a whole answer of a copy that ended well; everything else is a refusal."""
    if reply is None or exit_code in {-signal.SIGKILL, -signal.SIGXCPU}:
        return _refused(Reason.TOO_HEAVY, f"exit {exit_code}"), b""
    if exit_code != 0 or len(reply) < 4:
        return _refused(Reason.DAMAGED, f"exit {exit_code}"), b""
    end = 4 + int.from_bytes(reply[:4], "big")
    try:
        return wire.parse_header(reply[4:end]), reply[end:]
    except wire.WireError as fault:
        return _refused(Reason.DAMAGED, str(fault)), b""


def _refused(reason: Reason, detail: str) -> dict[str, Any]:
    return {"refused": reason.value, "detail": detail}


if __name__ == "__main__":
    serve(socket.socket(fileno=0))
