"""One phone over a plain socket, so that sending costs little: what benchmarks and fault tests share."""

from __future__ import annotations

import json
import random
import socket
import uuid

WEST, SOUTH, EAST, NORTH = 109.655, -6.905, 109.715, -6.855
DEPTHS = ("ankle", "ankle", "calf", "calf", "knee", "thigh")


class Connection:
    """One keep-alive HTTP/1.1 connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def request(self, head: bytes, body: bytes = b"") -> tuple[int, bytes, bytes]:
        """Send one request and return (status, head, body); connect again when the server hung up."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._rest = b""
        try:
            self._socket.sendall(head + body)
            return self._answer()
        except (
            OSError,
            ValueError,
        ):  # an answer that cannot be read spoils the connection: the next would be shifted
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _answer(self) -> tuple[int, bytes, bytes]:
        assert self._socket is not None
        data = self._rest
        while b"\r\n\r\n" not in data:
            data += self._read()
        head, _, rest = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        length = -1
        for line in head.split(b"\r\n")[1:]:
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        if length < 0 and status not in {204, 304}:
            raise ValueError("an answer without Content-Length")
        length = max(length, 0)
        while len(rest) < length:
            rest += self._read()
        self._rest = rest[length:]
        return status, head, rest[:length]

    def _read(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionResetError("the server hung up")
        return data


def report_request(
    rng: random.Random, *, key: str | None = None, device: str | None = None
) -> tuple[str, bytes, bytes]:
    """Return (client id, head, body) of one report from one phone somewhere in the city."""
    key = key or str(uuid.UUID(int=rng.getrandbits(128), version=4))
    body = json.dumps(
        {
            "category": "rob",
            "depth_class": rng.choice(DEPTHS),
            "setting": rng.choice(("street", "street", "yard")),
            "since": "now",
            "lon": round(rng.uniform(WEST, EAST), 6),
            "lat": round(rng.uniform(SOUTH, NORTH), 6),
            "accuracy_m": rng.choice((8, 15, 40)),
            "located_by": "gps",
            "text": "Air rob sudah masuk jalan depan musala.",
        }
    ).encode()
    token = device or f"{rng.getrandbits(128):032x}"
    head = (
        f"POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: {key}\r\nX-Device-Token: {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    return key, head, body
