"""What the sea did when somebody saw water, and how well that fits what they say."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rembug.water.rules.outlook import Crest, Onset, Series, probability

AT_PEAK = timedelta(minutes=45)
LOOK = timedelta(hours=1)
ERROR = 0.12  # what people call rob although the sea is low: rain, waves, a leak
WET_MOST, WET_LEAST = 1.2, -0.8  # log-odds: a report of water against the tide is doubted, never refuted
DRY_MOST, DRY_LEAST = 0.6, -0.8


@dataclass(frozen=True, slots=True)
class TideContext:
    """The sea at one moment: centimetres above its mean, the part beyond the tide (None without a gauge), its stage.

    `physics`: log-likelihood ratio of what was said, 0 where the ground is not known well enough to say.
    """

    level_cm: float
    residual_cm: float | None
    stage: str  # rising, falling, high, low
    physics: float = 0.0


def stage_at(series: Series, crests: Sequence[Crest], at: datetime) -> str:
    """Return whether the sea was rising, falling, high or low."""
    if any(abs(crest.at - at) <= AT_PEAK for crest in crests):
        return "high"
    before, now, after = (level_at(series, at + shift) for shift in (-LOOK, timedelta(), LOOK))
    if now <= before and now <= after:
        return "low"
    return "rising" if after > before else "falling"


def level_at(series: Series, at: datetime) -> float:
    """Return the level at a moment on straight lines between the forecast's times; beyond them the end value."""
    place = bisect_right(series.times, at)
    if place == 0:
        return series.level_cm[0]
    if place == len(series.times):
        return series.level_cm[-1]
    a, b = series.times[place - 1], series.times[place]
    share = (at - a) / (b - a)
    return series.level_cm[place - 1] + (series.level_cm[place] - series.level_cm[place - 1]) * share


def physics(*, is_wet: bool, level_cm: float, sigma_cm: float, onset: Onset, is_known: bool) -> float:
    """Return the log-likelihood ratio of a report by tide and ground; neutral where the ground is an illustration.

    P(told wet | sea) = ε + (1 − 2ε) P(level > onset), against one half.
    """
    if not is_known or not math.isfinite(onset.level_cm):
        return 0.0
    wet = ERROR + (1 - 2 * ERROR) * probability(level_cm, sigma_cm, onset)
    odds = math.log(wet / (1 - wet))
    low, high = (WET_LEAST, WET_MOST) if is_wet else (DRY_LEAST, DRY_MOST)
    return round(min(max(odds if is_wet else -odds, low), high), 3)
