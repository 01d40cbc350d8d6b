"""Track records of sources and communities: counts of persons' decisions, always recomputable from the
list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .observations import Floats, Ints
from .witnesses import group_ids


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions of persons on reports, arrays (m,); `decider` and `source` share one identity space."""

    report: Ints
    source: Ints
    community: Ints  # of the source when it reported, -1 none
    found_true: Ints  # +1 true, -1 false
    decided: Floats  # epoch seconds; the last decision on a report counts
    decider: Ints


@dataclass(frozen=True, slots=True)
class Record:
    """Beta counts by identity, sorted by `identity`; shape (k,)."""

    identity: Ints
    right: Floats
    wrong: Floats

    def of(self, identity: Ints) -> tuple[Floats, Floats]:
        """Counts (right, wrong) aligned with `identity`; unknown identities have none."""
        if not len(self.identity):
            return np.zeros(len(identity)), np.zeros(len(identity))
        at = np.minimum(np.searchsorted(self.identity, identity), len(self.identity) - 1)
        known = self.identity[at] == identity
        return np.where(known, self.right[at], 0.0), np.where(known, self.wrong[at], 0.0)

    def without(self, identity: Ints, found_true: Ints) -> tuple[Floats, Floats]:
        """As `of`, minus one decision of sign `found_true` (0: none) each: a report's own decision is no
        evidence.
        """
        right, wrong = self.of(identity)
        return np.maximum(right - (found_true > 0), 0.0), np.maximum(wrong - (found_true < 0), 0.0)


def standing(decisions: Decisions) -> Decisions:
    """Decisions that count: the last on each report, none by the reporter."""
    order = np.lexsort((decisions.decider, decisions.found_true, decisions.decided, decisions.report))
    order = order[decisions.decider[order] != decisions.source[order]]
    report = decisions.report[order]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = report[1:] != report[:-1]
    rows = order[last]
    return Decisions(*(getattr(decisions, name)[rows] for name in decisions.__dataclass_fields__))


def source_record(decisions: Decisions) -> Record:
    """Right and wrong reports of each source."""
    kept = standing(decisions)
    return _count(kept.source, kept.found_true)


def community_record(decisions: Decisions) -> Record:
    """Right and wrong reports of the members of each community."""
    kept = standing(decisions)
    member = kept.community >= 0
    return _count(kept.community[member], kept.found_true[member])


def _count(identity: Ints, found_true: Ints) -> Record:
    if not len(identity):
        return Record(identity, np.zeros(0), np.zeros(0))
    group = group_ids([identity])
    return Record(
        np.unique(identity),
        np.bincount(group, found_true > 0).astype(np.float64),
        np.bincount(group, found_true < 0).astype(np.float64),
    )
