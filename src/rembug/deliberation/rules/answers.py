"""The course of a demand with one body: delivered, received, met, answered, agreed; and when silence counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

ANSWERS = ("accept", "part", "refuse", "refer")
VERBS = ("received", "met", "answered", "copied", "agreed")
COURSE = ("delivered", "received", "met", "answered", "agreed")
"""`copied` is an answer that the sender typed in from a letter: the body itself does not write here."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Since when a body has been asked, and whether its silence is counted in public."""

    delivered_on: date
    due_on: date
    counts: bool
    answered_on: date | None

    def silent_days(self, today: date) -> int:
        """Return how many days the body has been silent past the date; 0 where silence does not count."""
        if not self.counts:
            return 0
        return max(((self.answered_on or today) - self.due_on).days, 0)

    def is_silent(self, today: date) -> bool:
        """Tell whether the body is silent today, past the date."""
        return self.answered_on is None and self.silent_days(today) > 0


def clock_of(
    delivered_on: date, days: int, *, joined: bool, letter: str, answered_at: datetime | None
) -> Clock:
    """Return the clock: silence counts for bodies that joined or that received a numbered letter."""
    return Clock(
        delivered_on,
        delivered_on + timedelta(days=days),
        joined or bool(letter.strip()),
        answered_at.date() if answered_at else None,
    )
