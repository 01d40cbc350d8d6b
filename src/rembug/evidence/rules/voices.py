"""Voices of an incident: who spoke of it beside the first, once there was time to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rembug.evidence.rules.indicators import DAY_S, Measured, share_of

SEVERAL = 2  # independent witnesses


def heard_by_others(
    witnesses: NDArray[np.int64], last_s: NDArray[np.float64], frozen_s: float, min_coverage: float
) -> Measured:
    """Return the share of incidents with two independent witnesses or more.

    Where the last report came less than a day before the freeze, neighbours may still speak: those lower the coverage.
    """
    ripe = last_s <= frozen_s - DAY_S
    several = int((ripe & (witnesses >= SEVERAL)).sum())
    return share_of(several, int(ripe.sum()), int((~ripe).sum()), min_coverage)
