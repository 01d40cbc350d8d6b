"""A thing that is lent: who may take which step, from where; how much of it is free on which days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

STATES = ("asked", "offered", "lent", "returned", "declined", "cancelled")
HOLDING = frozenset({"offered", "lent"})
"""States in which a part of the thing is taken."""
LONGEST = timedelta(days=92)
MOST = 1000  # pieces of one thing


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from which states it leads where, by whom (asker, lender, addressed), with words or without."""

    since: frozenset[str]
    to: str
    by: str
    words: bool = False


MOVES = {
    "offer": Move(frozenset({"asked"}), "offered", "offerer"),
    "lend": Move(frozenset({"offered"}), "lent", "lender"),
    "return": Move(frozenset({"lent"}), "returned", "lender"),
    "decline": Move(frozenset({"asked", "offered"}), "declined", "decliner", words=True),
    "cancel": Move(frozenset({"asked", "offered"}), "cancelled", "asker", words=True),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """A part of a thing that is taken: days, both included; `out` while it has been handed over and not come back."""

    first: date
    last: date
    quantity: int
    out: bool = False


def free(stock: int, holds: Iterable[Hold], first: date, last: date, today: date) -> int:
    """Return how many pieces are free on every day of a span; what is out counts as taken today, early or overdue."""
    taken = [
        (min(one.first, today), max(one.last, today), one.quantity)
        if one.out
        else (one.first, one.last, one.quantity)
        for one in holds
    ]
    starts = {first, *(start for start, end, _ in taken if first <= start <= last and end >= first)}
    most = max(sum(count for start, end, count in taken if start <= day <= end) for day in starts)
    return stock - most


def is_overdue(state: str, to_on: date, today: date) -> bool:
    """Tell whether a lent thing should be back."""
    return state == "lent" and to_on < today
