"""Phones that send until they are answered, whatever happens to the servers meanwhile."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.support.phone import Connection, report_request

PATIENCE_S = 300.0  # of one phone for one report


@dataclass
class Crowd:
    """What the phones know: each report's key, and every acknowledgement they got for it."""

    ports: Sequence[int]
    seed: int
    pause_s: float = 0.0  # longest pause of a phone line between two reports
    acknowledged: dict[str, dict[str, str]] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, reports: int, threads: int = 8) -> None:
        """Send so many reports over some threads and return when each is acknowledged."""
        shares = [reports // threads + (n < reports % threads) for n in range(threads)]
        running = [threading.Thread(target=self._phone, args=(n, share)) for n, share in enumerate(shares)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()

    def _phone(self, number: int, reports: int) -> None:
        rng = random.Random(f"{self.seed}:{number}")
        lines = [Connection(port) for port in self.ports]
        for _ in range(reports):
            time.sleep(rng.uniform(0, self.pause_s))
            key, head, body = report_request(rng)
            self._deliver(lines, rng, key, head + body)
            if rng.random() < 0.05:  # a phone that was not sure: the same once more
                self._deliver(lines, rng, key, head + body)
        for line in lines:
            line.close()

    def _deliver(self, lines: list[Connection], rng: random.Random, key: str, request: bytes) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                status, _, answer = rng.choice(lines).request(request)
            except (OSError, ValueError) as fault:
                self._note(type(fault).__name__)
                time.sleep(rng.uniform(0.05, 0.2))
                continue
            if status in {200, 201}:
                self._keep(key, json.loads(answer))
                return
            self._note(str(status))
            time.sleep(rng.uniform(0.05, 0.2))

    def _keep(self, key: str, receipt: dict[str, str]) -> None:
        said = {name: receipt[name] for name in ("code", "receipt_token", "log_entry")}
        with self._lock:
            if self.acknowledged.setdefault(key, said) != said:
                self.contradictions.append(key)

    def _note(self, failure: str) -> None:
        with self._lock:
            self.failures[failure] = self.failures.get(failure, 0) + 1
