"""The states of a promise, as a table: who may move it, from where, and that each move shows its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("funding", "facility", "works", "rule", "service", "time")
SOURCES = ("apbd", "pokir", "apbn", "csr", "swadaya", "grant", "partner", "none")
STATES = ("promised", "funded", "under_way", "delivered", "broken", "withdrawn")
OPEN = frozenset({"promised", "funded", "under_way"})
OUTCOMES = ("working", "no_effect", "unknown")
EVIDENCE = ("report", "incident", "case", "dataset", "meeting", "call", "proposal", "document")
BROKEN_AFTER = timedelta(days=365)
"""So long after its date an undelivered promise counts as broken, unless its owner says so before."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from which states it leads where, by the owner or by another party, with words or without."""

    since: frozenset[str]
    to: str
    by: str  # owner, other
    words: bool = False


MOVES = {
    "fund": Move(frozenset({"promised"}), "funded", "owner"),
    "start": Move(frozenset({"promised", "funded"}), "under_way", "owner"),
    "deliver": Move(OPEN, "delivered", "owner"),
    "confirm": Move(frozenset({"delivered"}), "delivered", "other"),
    "dispute": Move(frozenset({"delivered"}), "under_way", "other", words=True),
    "break": Move(OPEN, "broken", "owner", words=True),
    "withdraw": Move(OPEN, "withdrawn", "owner", words=True),
}


def is_late(state: str, due_on: date, today: date) -> bool:
    """Tell whether a promise is past its date and not delivered."""
    return state in OPEN and due_on < today


def is_broken(state: str, due_on: date, today: date) -> bool:
    """Tell whether a promise has been late for so long that it counts as broken."""
    return state in OPEN and due_on + BROKEN_AFTER < today


def is_kept(state: str, confirmed: bool) -> bool:
    """Tell whether a promise was kept: delivered, and another party confirmed it."""
    return state == "delivered" and confirmed
