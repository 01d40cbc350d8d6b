"""The one place that asks what time it is, so that tests and the demonstration can lead it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_led: ContextVar[datetime | None] = ContextVar("led", default=None)


class Hand:
    """Moves the clock of whoever leads it; time never runs back."""

    def __init__(self, at: datetime) -> None:
        self.to(at)

    def to(self, at: datetime) -> None:
        """Make it this instant (aware). Raises `ValueError` for an instant before the one shown, or a naive one."""
        if at.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        shown = _led.get()
        if shown is not None and at < shown:
            raise ValueError(f"time does not run back from {shown} to {at}")
        _led.set(at.astimezone(UTC))


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _led.get() or datetime.now(UTC)


@contextmanager
def led(start: datetime) -> Iterator[Hand]:
    """Lead the clock of this thread (or task) from `start`; other threads keep the true time.

    Only for a demonstration: what is written meanwhile carries the led time, in the public log too.
    """
    token = _led.set(None)
    try:
        yield Hand(start)
    finally:
        _led.reset(token)
