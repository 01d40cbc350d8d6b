"""A crowd of phones over a few connections: plain sockets, so that the load generator costs little."""

from __future__ import annotations

import json
import random
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.phone import Connection, report_request

__all__ = ["Connection", "Tally", "closed_loop", "cpu_seconds", "report_request", "send"]


@dataclass
class Tally:
    """What one run saw; latencies in milliseconds."""

    latencies_ms: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)  # client id -> code
    bytes_read: int = 0

    def add(self, other: Tally) -> None:
        """Take in another thread's tally."""
        self.latencies_ms += other.latencies_ms
        self.acknowledged.update(other.acknowledged)
        self.bytes_read += other.bytes_read
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count

    def percentile_ms(self, share: float) -> float:
        """Latency that this share of requests stays below."""
        ordered = sorted(self.latencies_ms)
        return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 1) if ordered else 0.0


def closed_loop(
    port: int, clients: int, seconds: float, make: Callable[[random.Random], tuple[str, bytes, bytes]]
) -> Tally:
    """Let `clients` send one request after the other for `seconds`; each in a thread of its own."""
    total, lock = Tally(), threading.Lock()
    end = time.monotonic() + seconds

    def run(number: int) -> None:
        rng, connection, mine = random.Random(f"{port}:{number}:{time.time_ns()}"), Connection(port), Tally()
        while time.monotonic() < end:
            key, head, body = make(rng)
            send(connection, mine, key, head, body)
        connection.close()
        with lock:
            total.add(mine)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total


def send(connection: Connection, tally: Tally, key: str, head: bytes, body: bytes) -> int:
    """Send one report and note how it went."""
    started = time.perf_counter()
    status, _, answer = connection.request(head, body)
    tally.latencies_ms.append((time.perf_counter() - started) * 1000)
    tally.statuses[status] = tally.statuses.get(status, 0) + 1
    tally.bytes_read += len(answer)
    if status in {200, 201}:
        tally.acknowledged[key] = json.loads(answer)["code"]
    return status


def cpu_seconds() -> float:
    """CPU time that this process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
