"""A request for a grant by its lawful route: who may take which step, from where, with what in hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

STATES = ("asked", "checked", "planned", "granted", "refused", "withdrawn")
OPEN = frozenset({"asked", "checked", "planned"})
DEAREST = 10**12  # rupiah


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from which states it leads where, by whom (asker, decider); what it must name."""

    since: frozenset[str]
    to: str
    by: str
    words: bool = False
    reference: bool = False


MOVES = {
    "check": Move(frozenset({"asked", "checked"}), "checked", "decider"),
    "plan": Move(frozenset({"checked"}), "planned", "decider", reference=True),
    "grant": Move(frozenset({"planned"}), "granted", "decider", words=True, reference=True),
    "refuse": Move(OPEN, "refused", "decider", words=True, reference=True),
    "withdraw": Move(OPEN, "withdrawn", "asker", words=True),
}


def missing(wanted: Collection[str], met: Collection[str]) -> list[str]:
    """Return the requirements that are not met, in their order."""
    return [code for code in wanted if code not in met]
