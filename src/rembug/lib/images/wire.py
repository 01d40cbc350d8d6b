"""The two messages between the web process and the darkroom, over one socket.

Request: 4-byte length, photo. Answer: 4-byte length, JSON header, 4-byte length, JPEGs one after another.
The answering side may have been taken over by a hostile photo: every length is bounded before it is believed.
"""

import json
import socket
import struct
from typing import Any

MAX_HEADER = 16 * 1024
MAX_BODY = 4 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class WireError(Exception):
    """The other side is gone, or says something that it must not say."""


def send(sock: socket.socket, *parts: bytes) -> None:
    """Send each part after its length."""
    for part in parts:
        sock.sendall(_LENGTH.pack(len(part)) + part)


def receive(sock: socket.socket, limit: int) -> bytes:
    """Return the next part; WireError if it is longer than `limit` or the other side closes."""
    (length,) = _LENGTH.unpack(_exactly(sock, _LENGTH.size))
    if length > limit:
        msg = f"a part of {length} bytes, at most {limit} are allowed"
        raise WireError(msg)
    return _exactly(sock, length)


def receive_answer(sock: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Return header and body of an answer."""
    header = receive(sock, MAX_HEADER)
    body = receive(sock, MAX_BODY)
    return parse_header(header), body


def parse_header(raw: bytes) -> dict[str, Any]:
    """Return the JSON object; WireError for anything else."""
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError) as fault:
        raise WireError("the header is not JSON") from fault
    if not isinstance(header, dict):
        raise WireError("the header is not an object")
    return header


def _exactly(sock: socket.socket, length: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        piece = sock.recv(min(length - len(pieces), 1 << 20))
        if not piece:
            raise WireError("the other side closed")
        pieces += piece
    return bytes(pieces)
