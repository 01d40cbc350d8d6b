"""Where water stands now, area by area and hour by hour: a small filter over assessed reports.

Each area is wet or dry. Between two hours wet areas dry up, dry ones get wet the faster the more the whole
city and the neighbouring areas report. Each hour's reports then count as evidence, and so does silence:
while the city reports much, an area that says nothing is probably dry; at night nobody writes, and silence
says nothing. An office's word on an area sets its belief, which from then on fades as slowly as that office
takes its words back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from .observations import Floats, Ints

LOWEST, HIGHEST = 1e-4, 0.95
# Weight of a report as evidence: this, and more the likelier it is true. "Dry here" speaks with the same, negative.
BASE_WEIGHT, MORE_IF_LIKELY = 0.6, 0.6


@dataclass(frozen=True, slots=True)
class Filter:
    """Rates an hour. Reasons in docs/algorithms/verification.md, "Where water stands"."""

    drying: float = 1 / 8  # a flooded area is dry again after eight hours in the mean
    rising: float = 0.4  # new wet areas a report in the city
    rising_alone: float = 0.0002
    spreading: float = 0.06  # from wholly wet surroundings
    honest: float = 0.85  # share of reports that come from where water is
    silence: float = 0.8  # people who already know of a report do not repeat it
    known_wet: float = 8.0  # wet areas assumed before anything is known, but at most a quarter of all
    most: float = 6.0  # log-odds that one hour's reports can add
    trusted: float = 0.9  # what an office says of an area, at the hour it says so
    lifting: float = 1 / 12  # an office takes its word back after half a day in the mean; see `lifting_rate`
    found: float = 0.5  # share of the wet areas that an office's round finds


@dataclass(frozen=True, slots=True)
class Evidence:
    """Reports as evidence: area (row of the neighbour matrix), hour and weight, arrays (m,).

    A row may stand for several reports: `reports` says for how many, their weights are summed. Without it, one.

    Weight 1 is a plain report of water that is as likely true as not surely so; the filter multiplies it
    with the log ratio of rates. Negative weights ("dry here", "sudah surut") speak against water.
    """

    area: Ints
    hour: Ints
    weight: Floats
    reports: Ints | None = None


def weight_of(number: int, likely: float) -> float:
    """Weight of `number` reports whose probabilities sum to `likely`, as `Evidence` takes it."""
    return BASE_WEIGHT * number + MORE_IF_LIKELY * likely


class Word(IntEnum):
    """What an office said of an area."""

    DRY = -1
    PASSED_OVER = 0  # its round did not name the area: less likely wet, not dry
    WET = 1


@dataclass(frozen=True, slots=True)
class Statements:
    """Offices' words: area (row of the neighbour matrix), hour and `Word`, arrays (s,).

    The later of two words on an area and hour counts.
    """

    area: Ints
    hour: Ints
    word: Ints


def nothing_said() -> Statements:
    """Return no statement at all."""
    none = np.zeros(0, dtype=np.int64)
    return Statements(none, none, none)


def follow(
    evidence: Evidence,
    hours: Ints,
    neighbours: NDArray[np.float64],
    rates: Filter | None = None,
    statements: Statements | None = None,
) -> Floats:
    """Probability of water, shape (len(hours), areas). `hours` ascending, one after another.

    Evidence and statements of hour h are used for the state at the end of h. `neighbours` (areas, areas): rows
    sum to 1 or 0. Pure.
    """
    rates, statements = rates or Filter(), statements or nothing_said()
    areas = len(neighbours)
    belief = np.full(areas, rates.rising_alone)
    drying = np.full(areas, rates.drying)
    number = np.ones(len(evidence.hour)) if evidence.reports is None else evidence.reports
    talk = 0.0
    result = np.zeros((len(hours), areas))
    for row, hour in enumerate(hours):
        now = evidence.hour == hour
        talk = 0.5 * talk + 0.5 * float(number[now].sum())
        inflow = rates.rising_alone + rates.rising * talk / areas + rates.spreading * (neighbours @ belief)
        belief = belief * (1 - drying) + (1 - belief) * np.minimum(inflow, 0.5)
        if talk > 0:
            said = np.bincount(evidence.area[now], evidence.weight[now], areas).astype(np.float64)
            belief = _updated(belief, said, talk, rates)
        belief, drying = _told(belief, drying, _words_of(statements, hour, areas), rates)
        result[row] = np.round(belief, 6)
    return result


def lifting_rate(area_hours: float, lifted: float) -> float:
    """Rate an hour at which an office takes its words back, from its own past.

    `area_hours`: how long its words stood, summed over areas; `lifted`: how many it took back. Mean of the
    Gamma posterior whose prior has seen one word lifted after twelve hours. Raises ValueError if negative.
    """
    if area_hours < 0 or lifted < 0:
        raise ValueError("hours and numbers are not negative")
    return min((lifted + 1) / (area_hours + 12), 1.0)


UNSAID = -2


def _words_of(statements: Statements, hour: int, areas: int) -> Ints:
    word = np.full(areas, UNSAID)
    now = statements.hour == hour
    word[statements.area[now]] = statements.word[now]
    return word


def _told(belief: Floats, drying: Floats, word: Ints, rates: Filter) -> tuple[Floats, Floats]:
    """An office's word replaces what was believed; an area that a round passed over loses half of its odds."""
    odds = belief / (1 - belief) * (1 - rates.found)
    belief = np.where(word == Word.PASSED_OVER, np.maximum(odds / (1 + odds), LOWEST), belief)
    belief = np.where(word == Word.WET, rates.trusted, np.where(word == Word.DRY, LOWEST, belief))
    fading = np.where(word == Word.WET, rates.lifting, np.where(word == UNSAID, drying, rates.drying))
    return belief, fading


def _updated(belief: Floats, said: Floats, talk: float, rates: Filter) -> Floats:
    """Bayes with Poisson numbers of reports from wet and from dry areas."""
    wet = rates.honest * talk / (belief.sum() + min(rates.known_wet, len(belief) / 4))
    dry = (1 - rates.honest) * talk / len(belief)
    gain = np.clip(said * np.log(max(wet / dry, 1.01)), -rates.most, rates.most)
    odds = np.log(belief / (1 - belief)) + gain - rates.silence * max(wet - dry, 0.0)
    return np.asarray(np.clip(1 / (1 + np.exp(-odds)), LOWEST, HIGHEST))
