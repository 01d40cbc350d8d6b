"""How many people live where there was water: a range from cells that were seen, never one number.

What was not seen is not dry. The low end counts only people of cells with confirmed water. The high end adds, for cells
that nobody reported from, the upper end of the share of wet cells among those seen; people report water more than
dryness, so that share is rather too high than too low. A kelurahan that sent nothing counts from none to all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rembug.evidence.rules.indicators import Measured
from rembug.lib.shares import wilson


@dataclass(frozen=True, slots=True)
class Patch:
    """One kelurahan: its people (None: nobody has said), its cells, those that were seen, those with water."""

    people: int | None
    cells: int
    seen: int
    wet: int


def affected(patches: Iterable[Patch], min_coverage: float) -> Measured:
    """Return the range of people; coverage is the share of cells seen, weighted by people.

    Nothing is known where a kelurahan has no population, or where too few cells were seen.
    """
    every = list(patches)
    cells, seen = sum(one.cells for one in every), sum(one.seen for one in every)
    known = [(one.people, one) for one in every if one.people is not None]
    total = sum(people for people, _ in known)
    covered = sum(people * one.seen / one.cells for people, one in known if one.cells)
    coverage = round(covered / total, 4) if total else 0.0
    if len(known) < len(every) or not total or coverage < min_coverage:
        return Measured(None, None, None, coverage, seen, cells)
    low = sum(people * one.wet / one.cells for people, one in known if one.cells)
    high = sum(people * _most(one) for people, one in known)
    # What rounds to more than everybody is everybody.
    return Measured(None, _down(low), float(min(_up(high), total)), coverage, seen, cells)


def _most(one: Patch) -> float:
    if not one.cells:
        return 1.0
    share = wilson(one.wet, one.seen).high if one.seen else 1.0
    return (one.wet + (one.cells - one.seen) * share) / one.cells


def _down(people: float) -> float:
    step = _step(people)
    return float(math.floor(people / step) * step)


def _up(people: float) -> float:
    step = _step(people)
    return float(math.ceil(round(people / step, 9)) * step)


def _step(people: float) -> int:
    """Return what is rounded to: ten, a hundred from a thousand on, a thousand from ten thousand on."""
    return 1000 if people >= 10_000 else 100 if people >= 1000 else 10
