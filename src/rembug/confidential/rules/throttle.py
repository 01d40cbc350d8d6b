"""Counting tries without remembering who tried: in memory, under a key that dies with the process."""

import hashlib
import hmac
import secrets
import threading

MOST_NAMES = 20_000
_KEY = secrets.token_bytes(32)  # never written anywhere: the names below cannot be turned back into addresses


def nameless(address: str) -> str:
    """Return a name for a network prefix (IPv4 /24, IPv6 /48) that means nothing outside this process."""
    parts = address.split(":")[:3] if ":" in address else address.split(".")[:3]
    return hmac.new(_KEY, ".".join(parts).encode(), hashlib.sha256).hexdigest()[:24]


class Throttle:
    """So many tries by each name within a window; the window then begins anew for all."""

    def __init__(self, most: int, window_s: int) -> None:
        self.most, self.window_s = most, window_s
        self._counts: dict[str, int] = {}
        self._window = 0
        self._lock = threading.Lock()

    def held_up(self, name: str, now_s: float) -> bool:
        """Tell whether a name has used up its tries."""
        with self._lock:
            self._turn(now_s)
            return self._counts.get(name, 0) >= self.most

    def count(self, name: str, now_s: float) -> None:
        """Count one try."""
        with self._lock:
            self._turn(now_s)
            if name in self._counts or len(self._counts) < MOST_NAMES:
                self._counts[name] = self._counts.get(name, 0) + 1

    def forget(self) -> None:
        """Forget all counts (tests)."""
        with self._lock:
            self._counts.clear()

    def _turn(self, now_s: float) -> None:
        window = int(now_s // self.window_s)
        if window != self._window:
            self._window = window
            self._counts.clear()
