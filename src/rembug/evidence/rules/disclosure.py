"""Small cells of tables that a reader could subtract out: what is joined so that no count names anybody.

A table counts people by area and answer; several tables count the same people. What is published is a partition:
areas of their own and the rest (the same for all tables), answers of their own and the joined ones. Every cell of it
(an atom) is nought or at least k people, so every total minus its parts is too. A later version of the same tables
joins at least what the earlier one joined, and every atom has grown by nought or at least k people, so whatever is
subtracted from it is a sum of whole atoms again. See docs/algorithms/masking.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SMALLEST_K = 5
Cells = Mapping[tuple[str, str], int]
"""(area, answer) -> people; each person stands in one cell; area "" is an unknown one and never stands alone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be published: areas and answers that stand alone; all others are joined."""

    areas: frozenset[str]
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Before:
    """What the version before published: partition and atoms of each table, and areas of which nobody had answered."""

    shown: Mapping[str, Shown] = field(default_factory=dict)
    atoms: Mapping[str, Cells] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()


def protect(
    tables: Mapping[str, Cells], k: int = SMALLEST_K, before: Before | None = None
) -> dict[str, Shown] | None:
    """Return a safe partition of each table, found by joining the smallest.

    None where fewer than k people are in a table, or came to it since the version before: then nothing may be
    published. Raises ValueError for k below 5.
    """
    if k < SMALLEST_K:
        msg = f"k must be at least {SMALLEST_K}, got {k}"
        raise ValueError(msg)
    each = {key: _table(key, cells, k, before) for key, cells in tables.items()}
    if not all(table.may_be_told() for table in each.values()):
        return None
    for table in each.values():
        table.join_answers()
    areas = _alone_areas(each, before)
    return {
        key: Shown(areas & frozenset(table.areas), frozenset(table.answers) - table.joined)
        for key, table in each.items()
    }


def atoms(cells: Cells, shown: Shown) -> dict[tuple[str, str], int]:
    """Return the published cells; "" stands for the joined areas, and for the joined answers."""
    found: dict[tuple[str, str], int] = {}
    for (area, answer), count in cells.items():
        key = (area if area in shown.areas else "", answer if answer in shown.answers else "")
        found[key] = found.get(key, 0) + count
    return found


class _Table:
    """One question's cells, those of the version before, and which answers are joined."""

    def __init__(self, cells: Cells, k: int, old: Cells, joined: set[str]) -> None:
        self.cells, self.k, self.old, self.joined = cells, k, old, joined
        self.areas = sorted({area for area, _ in (*cells, *old)})
        self.answers = sorted({answer for _, answer in (*cells, *old)} - {""})

    def may_be_told(self) -> bool:
        """Tell whether at least k people are in it, and nobody or at least k came since the version before."""
        every = (*self.answers, "")
        return self._sum(self.areas, every) >= self.k and not self._small(self.areas, every)

    def join_answers(self) -> None:
        """Join the answers whose sum over all areas may not be told, and the smallest others until theirs may be."""
        self.joined |= {one for one in self.answers if self._small(self.areas, (one,))}
        while self._small(self.areas, self.joined):
            left = (one for one in self.answers if one not in self.joined)
            self.joined.add(min(left, key=lambda one: (self._sum(self.areas, (one,)), one)))

    def may_tell(self, areas: Iterable[str]) -> bool:
        """Tell whether each answer of some areas together may be told."""
        there = tuple(areas)
        groups: list[Iterable[str]] = [(one,) for one in self.answers if one not in self.joined]
        return not any(self._small(there, group) for group in (*groups, self.joined))

    def of_area(self, area: str) -> int:
        """Count the people of an area."""
        return self._sum((area,), self.answers)

    def _sum(self, areas: Iterable[str], answers: Iterable[str]) -> int:
        return _sum(self.cells, areas, answers)

    def _small(self, areas: Iterable[str], answers: Iterable[str]) -> bool:
        """Tell whether a group counts too few, or has changed by too few since the version before."""
        now = self._sum(areas, answers)
        if 0 < now < self.k:
            return True
        return bool(self.old) and 0 < abs(now - _sum(self.old, areas, answers)) < self.k


def _sum(cells: Cells, areas: Iterable[str], answers: Iterable[str]) -> int:
    chosen = tuple(answers)
    return sum(cells.get((area, answer), 0) for area in areas for answer in chosen)


def _table(key: str, cells: Cells, k: int, before: Before | None) -> _Table:
    """Return a table that joins what the version before joined; "" stands for its joined answers."""
    if before is None or key not in before.shown:
        return _Table(cells, k, {}, set())
    alone = before.shown[key].answers
    return _Table(cells, k, before.atoms[key], {answer for _, answer in cells if answer not in alone} | {""})


def _alone_areas(each: Mapping[str, _Table], before: Before | None) -> frozenset[str]:
    """Return the areas of which every table may tell every cell, and whose rest may be told too."""
    tables = list(each.values())
    known = sorted({area for table in tables for area in table.areas})
    size = {area: max(table.of_area(area) for table in tables) for area in known}
    joined = {area for area in known if not area or not all(table.may_tell((area,)) for table in tables)}
    if before is not None:
        alone = {area for one in before.shown.values() for area in one.areas} | before.silent
        joined |= set(known) - alone
    while joined and not all(table.may_tell(joined) for table in tables):
        joined.add(min((area for area in known if area not in joined), key=lambda area: (size[area], area)))
    return frozenset(known) - joined
