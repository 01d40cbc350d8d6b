"""Group commit: one thread a process writes what waits, then answers each caller.

While one batch is being made durable the next one gathers, so a loaded server pays one commit for many callers and an
idle one pays nothing. Nobody is answered before the commit.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from django.db import close_old_connections

Item = TypeVar("Item")
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


class GroupCommit(Generic[Item, Answer]):
    """Gathers items of many threads and hands them to `write`, at most `limit` at a time.

    `write` runs in one transaction of its own and returns an answer or an exception for each item, in order. When it
    fails as a whole, each item is tried alone, so that one bad item never takes the others with it.
    """

    def __init__(
        self, write: Callable[[Sequence[Item]], Sequence[Answer | Exception]], limit: int = 64
    ) -> None:
        self._write = write
        self._limit = limit
        self._waiting: queue.SimpleQueue[tuple[Item, Future[Answer]]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._owner = 0

    def submit(self, item: Item, timeout_s: float = 30.0) -> Answer:
        """Hand in one item and return its answer after the commit; raise what `write` gave for it."""
        self._ensure_writer()
        future: Future[Answer] = Future()
        self._waiting.put((item, future))
        return future.result(timeout=timeout_s)

    def _ensure_writer(self) -> None:
        if self._owner == os.getpid():
            return
        with self._lock:
            if self._owner != os.getpid():  # a forked process inherits the object, not the thread
                self._waiting = queue.SimpleQueue()
                threading.Thread(target=self._run, name="group-commit", daemon=True).start()
                self._owner = os.getpid()

    def _run(self) -> None:
        while True:
            batch = [self._waiting.get()]
            while len(batch) < self._limit and not self._waiting.empty():
                batch.append(self._waiting.get())
            close_old_connections()
            self._answer(batch)

    def _answer(self, batch: list[tuple[Item, Future[Answer]]]) -> None:
        try:
            answers = self._write([item for item, _ in batch])
        except Exception as fault:  # noqa: BLE001 the thread must live; each caller is told
            logger.warning("a batch of %d failed (%s)", len(batch), type(fault).__name__)
            if len(batch) == 1:
                batch[0][1].set_exception(fault)
            else:
                for single in batch:
                    self._answer([single])
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
