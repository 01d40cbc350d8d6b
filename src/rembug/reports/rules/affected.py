"""Which stored reports a change can reach, so that only these are judged again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .neighbours import Points, ground_m, near_pairs
from .observations import Bools, Observations
from .parameters import Parameters


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds of a query: degrees and epoch seconds of `seen_to`."""

    west: float
    south: float
    east: float
    north: float
    since: float
    until: float


def context_boxes(changed: Observations, parameters: Parameters | None = None) -> list[Box]:
    """One box a changed report: load every report inside any of them (twice the reach), and their votes."""
    parameters = parameters or Parameters()
    metres, seconds = 2 * parameters.affected_m, 2 * parameters.affected_s
    lat = metres / 111_000.0
    lon = lat / np.maximum(np.cos(np.radians(changed.lat)), 0.05)
    return [
        Box(*map(float, edge))
        for edge in zip(
            changed.lon - lon,
            changed.lat - lat,
            changed.lon + lon,
            changed.lat + lat,
            changed.seen_to - seconds,
            changed.seen_to + seconds,
            strict=True,
        )
    ]


def affected(loaded: Observations, changed: Observations, parameters: Parameters | None = None) -> Bools:
    """Mask (n,) over `loaded` (the reports in `context_boxes`, changed ones included): whose assessment may
    differ.

    `assess(loaded)` gives these rows the same bits as a batch run over everything; write back only these. A
    changed or withdrawn report passes its old and its new state in `changed`; a new vote or decision passes
    its report, a changed track record all undecided reports of that source.
    """
    parameters = parameters or Parameters()
    x, y, scale = loaded.mercator
    points = Points(x, y, scale, loaded.seen_to)
    u, v, s = changed.mercator
    centres = Points(u, v, s, changed.seen_to)
    mask = np.zeros(len(loaded), dtype=bool)
    for category in np.unique(changed.category).tolist():  # none speaks of another's happening
        metres, seconds = parameters.carries(category)
        one, other = np.flatnonzero(loaded.category == category), np.flatnonzero(changed.category == category)
        for i, j in near_pairs(points.take(one), centres.take(other), metres, seconds):
            a, b = one[i], other[j]
            mask[a[ground_m(points, a, centres, b) <= metres]] = True
    return mask
