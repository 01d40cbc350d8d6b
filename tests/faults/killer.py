"""Kills processes of a site at random moments and starts them again."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

Act = Callable[[], None]


class Killer:
    """Lets each victim live for a random time, kills it and starts it again, until the crowd is done and
    each victim has died at least `least` times.

    A victim is (kill and start again, shortest life, longest life) in seconds.
    """

    def __init__(self, seed: int, victims: dict[str, tuple[Act, float, float]], least: int = 2) -> None:
        self.kills: Counter[str] = Counter()
        self.faults: list[BaseException] = []
        self._least = least
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._hunt, args=(name, random.Random(f"{seed}:{name}"), *victim))
            for name, victim in victims.items()
        ]

    def __enter__(self) -> Killer:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        if self.faults:
            raise self.faults[0]

    def _hunt(self, name: str, rng: random.Random, act: Act, shortest: float, longest: float) -> None:
        try:
            while not self._over.wait(rng.uniform(shortest, longest)) or self.kills[name] < self._least:
                if self._over.is_set():
                    time.sleep(rng.uniform(shortest, longest))
                act()
                self.kills[name] += 1
        except BaseException as fault:  # noqa: BLE001 - told by the test, not lost in a thread
            self.faults.append(fault)


def wait_for(ready: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something holds; fail with what was waited for."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.25)
