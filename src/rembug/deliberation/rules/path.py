"""The planning path of a city: which stage is when, which comes next, when a stage has been missed.

The stages and dates are data of the city's pack (`planning.toml`); here is only how they follow each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rembug.lib.pack import PlanningFacts, StageRow

OUTCOMES = ("accepted", "part", "referred", "refused")
ONWARD = frozenset({"accepted", "part"})
SIDE = "pokir"
MAIN = "musrenbang"
PATHS = (MAIN, SIDE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A stage of one cycle: when it is open, both days included, and how sure that is."""

    cycle: int
    stage: str
    opens: date
    closes: date
    basis: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a proposal enters, and whether it came too late for an earlier cycle."""

    slot: Slot
    missed: Slot | None


class Path:
    """The path of a city, with its calendar."""

    def __init__(self, facts: PlanningFacts) -> None:
        self.facts = facts
        self.stages: Mapping[str, StageRow] = {row.code: row for row in facts.stages}
        self._main = [row.code for row in facts.stages if not row.side]
        self._slots = {
            (row.year, day.stage): Slot(
                row.year, day.stage, date.fromisoformat(day.opens), date.fromisoformat(day.closes), day.basis
            )
            for row in facts.cycles
            for day in row.dates
        }

    @property
    def cycles(self) -> list[int]:
        """The years that are known, in order."""
        return sorted({cycle for cycle, _ in self._slots})

    def slot(self, cycle: int, stage: str) -> Slot | None:
        """Return when a stage takes place in a cycle, where that is known."""
        return self._slots.get((cycle, stage))

    def slots(self, cycle: int) -> list[Slot]:
        """Return the calendar of a cycle, by date."""
        found = [slot for (year, _), slot in self._slots.items() if year == cycle]
        return sorted(found, key=lambda slot: (slot.opens, slot.closes))

    def order(self, stage: str) -> int:
        """Return the place of a stage on the main path; a side stage stands beside its end."""
        return self._main.index(stage) if stage in self._main else len(self._main)

    def next_stage(self, stage: str) -> str:
        """Return the stage after this one, "" at the end. The side door leads into the work plan."""
        if stage not in self._main:
            return "rkpd" if "rkpd" in self._main else ""
        place = self._main.index(stage) + 1
        return self._main[place] if place < len(self._main) else ""

    def entry(self, stage: str, today: date) -> Entry | None:
        """Return the first cycle in which a stage has not closed, and the cycle that was just missed.

        Missed is the newest earlier one whose budget is not yet decided: there a proposal would still have mattered.
        """
        coming = sorted(
            (slot for (_, code), slot in self._slots.items() if code == stage and slot.closes >= today),
            key=lambda slot: slot.closes,
        )
        if not coming:
            return None
        before = self.slot(coming[0].cycle - 1, stage)
        decides = self.slot(coming[0].cycle - 1, self._main[-2] if len(self._main) > 1 else self._main[-1])
        is_open = before is not None and decides is not None and today <= decides.closes
        return Entry(coming[0], before if is_open else None)

    def missed(self, cycle: int, stage: str, today: date) -> bool:
        """Tell whether a stage closed before today."""
        slot = self.slot(cycle, stage)
        return slot is not None and slot.closes < today

    def coming(self, today: date, limit: int = 12) -> list[Slot]:
        """Return the stages that are open or will be, soonest first."""
        found = [slot for slot in self._slots.values() if slot.closes >= today]
        return sorted(found, key=lambda slot: (slot.closes, slot.opens))[:limit]
