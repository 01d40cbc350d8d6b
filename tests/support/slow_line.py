"""A line between a phone and a site that lets small messages through and holds large ones up, as a bad network does."""

import contextlib
import socket
import threading
from collections.abc import Iterator

CHUNK = 4096


class SlowLine:
    """Forwards TCP connections; while `narrow`, one that carried `most` bytes upwards hangs; while `cut`, all break."""

    def __init__(self, target: int, most: int) -> None:
        self.narrow = True
        self.cut = False
        self.held = threading.Event()  # set once something hung
        self._target, self._most = target, most
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Address that the phone uses."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Take no more connections."""
        self._door.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _address = self._door.accept()
                if self.cut:
                    phone.close()
                    continue
                site = socket.create_connection(("127.0.0.1", self._target))
                for source, sink, most in ((phone, site, self._most), (site, phone, 0)):
                    threading.Thread(target=self._carry, args=(source, sink, most), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, most: int) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while (piece := source.recv(CHUNK)) and not self.cut:
                carried += len(piece)
                if most and self.narrow and carried > most:
                    self.held.set()
                    while source.recv(CHUNK):  # swallowed: the site never hears the rest
                        pass
                    break
                sink.sendall(piece)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def slow_line(target: int, most: int) -> Iterator[SlowLine]:
    """Give a line to a site's port."""
    line = SlowLine(target, most)
    try:
        yield line
    finally:
        line.close()
