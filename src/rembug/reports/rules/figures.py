"""The figures of incidents as plain values, so that what is stored and what was reckoned can be compared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .depth import depth_class_of
from .ladder import Rung
from .observations import Claim, Observations
from .summary import Incidents


class Figures(NamedTuple):
    """One incident. Times are whole epoch seconds; depths whole centimetres."""

    anchor: int
    start: int
    last: int
    ended: int | None
    reports: int
    witnesses: int
    dry: int
    depth_low_cm: int | None
    depth_high_cm: int | None
    depth_class: str
    probability: float
    rung: str


RUNGS = [rung.name.lower() for rung in Rung]


def figures_of(table: Observations, incidents: Incidents, labels: NDArray[np.int64]) -> dict[int, Figures]:
    """Return the figures of the incidents with these labels."""
    at = np.searchsorted(incidents.label, labels)
    dry = dry_near(table, incidents)[at]
    columns = zip(
        labels.tolist(),
        incidents.start[at].tolist(),
        incidents.last_seen[at].tolist(),
        incidents.ended[at].tolist(),
        incidents.reports[at].tolist(),
        incidents.witnesses[at].tolist(),
        dry.tolist(),
        incidents.depth_low_cm[at].tolist(),
        incidents.depth_high_cm[at].tolist(),
        incidents.probability[at].tolist(),
        incidents.rung[at].tolist(),
        strict=True,
    )
    found = {}
    for label, start, last, ended, reports, witnesses, near, low, high, probability, rung in columns:
        high_cm = _whole(high)
        found[label] = Figures(
            label,
            int(start),
            int(last),
            _whole(ended),
            reports,
            witnesses,
            near,
            _whole(low),
            high_cm,
            "" if high_cm is None else depth_class_of(high_cm),
            probability,
            RUNGS[rung],
        )
    return found


def dry_near(table: Observations, incidents: Incidents) -> NDArray[np.int64]:
    """Count, for each incident, the "dry here" reports of its category and area while it lasts; shape (k,)."""
    counts = np.zeros(len(incidents.label), dtype=np.int64)
    dry = table.claim == Claim.ABSENT
    if not dry.any() or not len(counts):
        return counts
    pairs = np.stack(
        [
            np.concatenate([table.category[dry], incidents.category]),
            np.concatenate([table.area[dry], incidents.area]),
        ],
        axis=1,
    )
    _, group = np.unique(pairs, axis=0, return_inverse=True)
    group = group.reshape(-1)
    of_dry, of_incident = group[: int(dry.sum())], group[int(dry.sum()) :]
    seen = table.seen_to[dry]
    order = np.lexsort((seen, of_dry))
    of_dry, seen = of_dry[order], seen[order]
    first = np.searchsorted(of_dry, np.arange(int(group.max()) + 2))
    until = np.where(np.isnan(incidents.ended), np.inf, incidents.ended)
    for one in np.unique(of_dry):
        mine = np.flatnonzero(of_incident == one)
        times = seen[first[one] : first[one + 1]]
        counts[mine] = np.searchsorted(times, until[mine], "right") - np.searchsorted(
            times, incidents.start[mine], "left"
        )
    return counts


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
