"""Incidents as they are stored, beside what a run reckoned; and which stored one a set of reports keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from rembug.reports.models import Incident
from rembug.reports.queries.stored import NONE, Epoch
from rembug.reports.rules.figures import Figures

PART = 5_000


def known_incidents(city: str, anchors: list[int], ids: list[int]) -> dict[int, Figures]:
    """Return id -> figures of the city's incidents with these anchors or ids."""
    rows = Incident.objects.filter(city=city)
    if len(anchors) + len(ids) > 50_000:
        return dict(_figures(rows))
    found: dict[int, Figures] = {}
    for start in range(0, len(anchors), PART):
        found.update(_figures(rows.filter(anchor_id__in=anchors[start : start + PART])))
    for start in range(0, len(ids), PART):
        found.update(_figures(rows.filter(id__in=ids[start : start + PART])))
    return found


def _figures(rows: QuerySet[Incident]) -> Iterable[tuple[int, Figures]]:
    read = rows.annotate(t0=Epoch("started_at"), t1=Epoch("last_at"), t2=Epoch("ended_at")).values_list(
        "id",
        "anchor_id",
        "t0",
        "t1",
        "t2",
        "report_count",
        "witness_count",
        "dry_count",
        "depth_low_cm",
        "depth_high_cm",
        "depth_class",
        "probability",
        "rung",
        "merged_into_id",
    )
    for key, anchor, start, last, ended, *rest in read.iterator(chunk_size=20_000):
        figures: list[Any] = list(rest[:-1])
        if rest[-1] is not None:
            # One that was merged away differs from whatever is reckoned for it: it must be written to live again.
            figures[-1] = ""
        yield key, Figures(anchor, int(start), int(last), None if ended is None else int(ended), *figures)


@dataclass(frozen=True, slots=True)
class Names:
    """Which stored incident each label is."""

    ids: dict[int, int]  # label -> incident id; a label without one is a new incident

    @classmethod
    def give(cls, known: dict[int, Figures], labels: NDArray[np.int64], old: NDArray[np.int64]) -> Names:
        """Give each label the incident it had; else the oldest that its members leave and nobody else keeps.

        `labels` and `old` (-1: none) are those of the members, in the same order.
        """
        by_anchor = {figures.anchor: key for key, figures in known.items()}
        wanted = np.unique(labels).tolist()
        ids = {label: by_anchor[label] for label in wanted if label in by_anchor}
        missing = [label for label in wanted if label not in ids]
        if not missing:
            return cls(ids)
        taken = set(ids.values())
        leaves: dict[int, set[int]] = {label: set() for label in missing}
        chosen = np.isin(labels, np.array(missing, dtype=np.int64)) & (old != NONE)
        for label, was in zip(labels[chosen].tolist(), old[chosen].tolist(), strict=True):
            leaves[label].add(was)
        for label in missing:
            free = sorted((known[was].anchor, was) for was in leaves[label] - taken if was in known)
            if free:
                ids[label] = free[0][1]
                taken.add(free[0][1])
        return cls(ids)
