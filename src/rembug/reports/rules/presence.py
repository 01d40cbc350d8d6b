"""Where water stands now, area by area and hour by hour: a small filter over assessed reports.

Each area is wet or dry. Between two hours wet areas dry up, dry ones get wet the faster the more the whole
city and the neighbouring areas report. Each hour's reports then count as evidence, and so does silence:
while the city reports much, an area that says nothing is probably dry; at night nobody writes, and silence
says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .observations import Floats, Ints

LOWEST, HIGHEST = 1e-4, 0.95


@dataclass(frozen=True, slots=True)
class Filter:
    """Rates an hour. Reasons in docs/algorithms/verification.md, "Where water stands"."""

    drying: float = 1 / 8  # a flooded area is dry again after eight hours in the mean
    rising: float = 0.4  # new wet areas a report in the city
    rising_alone: float = 0.0002
    spreading: float = 0.06  # from wholly wet surroundings
    honest: float = 0.85  # share of reports that come from where water is
    silence: float = 0.8  # people who already know of a report do not repeat it
    known_wet: float = 8.0  # wet areas assumed before anything is known
    most: float = 6.0  # log-odds that one hour's reports can add


@dataclass(frozen=True, slots=True)
class Evidence:
    """Reports as evidence: area (row of the neighbour matrix), hour and weight, arrays (m,).

    Weight 1 is a plain report of water that is as likely true as not surely so; the filter multiplies it
    with the log ratio of rates. Negative weights ("dry here", "sudah surut") speak against water.
    """

    area: Ints
    hour: Ints
    weight: Floats


def follow(
    evidence: Evidence, hours: Ints, neighbours: NDArray[np.float64], rates: Filter | None = None
) -> Floats:
    """Probability of water, shape (len(hours), areas). `hours` ascending, one after another.

    Evidence of hour h is used for the state at the end of h. `neighbours` (areas, areas): rows sum to 1 or
    0. Pure.
    """
    rates = rates or Filter()
    areas = len(neighbours)
    belief = np.full(areas, rates.rising_alone)
    talk = 0.0
    result = np.zeros((len(hours), areas))
    for row, hour in enumerate(hours):
        now = evidence.hour == hour
        talk = 0.5 * talk + 0.5 * float(now.sum())
        inflow = rates.rising_alone + rates.rising * talk / areas + rates.spreading * (neighbours @ belief)
        belief = belief * (1 - rates.drying) + (1 - belief) * np.minimum(inflow, 0.5)
        if talk > 0:
            said = np.bincount(evidence.area[now], evidence.weight[now], areas).astype(np.float64)
            belief = _updated(belief, said, talk, rates)
        result[row] = np.round(belief, 6)
    return result


def _updated(belief: Floats, said: Floats, talk: float, rates: Filter) -> Floats:
    """Bayes with Poisson numbers of reports from wet and from dry areas."""
    wet = rates.honest * talk / (belief.sum() + rates.known_wet)
    dry = (1 - rates.honest) * talk / len(belief)
    gain = np.clip(said * np.log(max(wet / dry, 1.01)), -rates.most, rates.most)
    odds = np.log(belief / (1 - belief)) + gain - rates.silence * max(wet - dry, 0.0)
    return np.asarray(np.clip(1 / (1 + np.exp(-odds)), LOWEST, HIGHEST))
