"""Photos of a confidential report stay in memory: a file in /tmp would be a copy that nobody sealed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

MOST_BYTES = 12 * 1024 * 1024  # all together; what the proxy in front lets through as well


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps every file in memory and stops where it would be too much."""

    taken = 0

    def handle_raw_input(self, *args: Any, **more: Any) -> None:
        """Take part whatever the size: what is too large was refused before."""
        super().handle_raw_input(*args, **more)
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Count all files together."""
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            raise RequestDataTooBig("the photos together are too large")
        result: bytes | None = super().receive_data_chunk(raw_data, start)
        return result
