"""How sure a forecast is: the engine's error, widened by borrowed constants until own forecasts have been scored."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

FEWEST = 48  # scored forecasts at a lead before their error is believed
LEAST_M = 0.03


def widened(
    leads_h: Sequence[float], sigma_m: Sequence[float], borrowed_m: float, learnt: Mapping[float, float]
) -> list[float]:
    """Return standard errors in metres at each lead.

    `learnt`: root mean square error of own scored forecasts by lead; where it is known (and beyond its last lead by its
    last value, never below the engine's error) it counts, else the engine's error and that of borrowed constants.
    """
    if learnt:
        return [max(_at(learnt, lead), LEAST_M) for lead in leads_h]
    return [math.hypot(one, borrowed_m) for one in sigma_m]


def _at(known: Mapping[float, float], lead: float) -> float:
    rows = sorted(known.items())
    if lead <= rows[0][0]:
        return rows[0][1]
    for (a, low), (b, high) in pairwise(rows):
        if lead <= b:
            return low + (high - low) * (lead - a) / (b - a)
    # Beyond the longest lead scored so far nothing is known: let it grow as the square root of the lead.
    return rows[-1][1] * math.sqrt(lead / rows[-1][0])
