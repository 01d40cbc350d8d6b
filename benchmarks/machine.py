"""How fast this machine is today, printed beside each figure: two days' figures compare only by it."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
from typing import Any

ROUNDS = 2_000_000
SYNCS = 100


def tell(figures: dict[str, Any]) -> None:
    """Print the figures, and the machine that they are of, as the one JSON object of the last line."""
    print(json.dumps(figures | {"machine": yardstick()}))


def yardstick() -> dict[str, Any]:
    """Return the cores, the load others put on them, and what a plain loop and a durable 4 KB write cost here.

    Keys: `cores`; `load_1min` (jobs waiting or running, a minute's mean); `loop_ms` (two million additions in one
    thread, best of three, by the clock); `fsync_ms` (one write of 4,096 bytes and its `fsync`, mean of 100).
    """
    return {
        "cores": multiprocessing.cpu_count(),
        "load_1min": round(os.getloadavg()[0], 2),
        "loop_ms": round(min(_loop() for _ in range(3)) * 1000, 1),
        "fsync_ms": round(_sync() * 1000, 3),
    }


def _loop() -> float:
    began, total = time.perf_counter(), 0
    for n in range(ROUNDS):
        total += n
    return time.perf_counter() - began


def _sync() -> float:
    with tempfile.TemporaryFile(dir=os.environ.get("TMPDIR")) as file:
        began = time.perf_counter()
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        return (time.perf_counter() - began) / SYNCS
