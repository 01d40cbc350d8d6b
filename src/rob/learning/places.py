"""The onset level of a place, learnt from when people saw it wet and when dry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rob.types import Bools, Floats, RobError

SPAN = 2.0
STEP = 0.005


@dataclass(frozen=True)
class PlaceOnset:
    """Sea level from which a place floods, metres: mean, standard deviation, and the level held with 10 and 90 %."""

    mean: float
    sigma: float
    low: float
    high: float
    observations: int


def learn_onset(
    levels: Floats,
    wet: Bools,
    model_onset: float,
    *,
    model_sigma: float = 0.3,
    level_sigma: float = 0.06,
    error_rate: float = 0.08,
    truth: Floats | None = None,
) -> PlaceOnset:
    """Posterior of the onset level from a wet/dry history.

    Parameters
    ----------
    levels
        Sea level at each observation, metres, shape ``(n,)``.
    wet
        Whether the place was wet.
    model_onset, model_sigma
        Onset of the model and its standard error, metres (infinite: the model thinks it never floods).
    level_sigma
        Standard error of the sea level at the place, metres; the slope of the logistic curve.
    error_rate
        Share of observations that are wrong whatever the level.
    truth
        Probability that each observation is true (`rob.learning.update`); lowers its weight.

    Raises
    ------
    RobError
        When lengths differ or a level is not a number.

    Notes
    -----
    P(wet | η, L) = ε + (1 − 2ε) / (1 + exp(−(η − L) / s)), s = level_sigma √3/π, times a Gaussian of the model, on a
    grid of 5 mm. A logistic regression with a prior: it stands terrain errors of a metre, for it needs no terrain.
    """
    levels, wet = np.asarray(levels, float), np.asarray(wet, bool)
    if len(levels) != len(wet) or not np.isfinite(levels).all():
        raise RobError(
            "history", "levels", "levels and wet/dry differ in number or hold NaN", "Give one level for each"
        )
    if not np.isfinite(model_onset):
        # The model sees no path for the water. People may: start from a broad guess above what was ever dry.
        model_onset, model_sigma = float(levels.max(initial=0.0)) + 0.3, 3.0 * model_sigma
    grid = np.arange(model_onset - SPAN, model_onset + SPAN, STEP)
    slope = level_sigma * np.sqrt(3.0) / np.pi
    rise = 1.0 / (1.0 + np.exp(-np.clip((levels[:, None] - grid[None, :]) / slope, -60, 60)))
    chance = error_rate + (1.0 - 2.0 * error_rate) * rise
    weight = np.ones(len(levels)) if truth is None else np.asarray(truth, float)
    log = (weight[:, None] * np.where(wet[:, None], np.log(chance), np.log1p(-chance))).sum(axis=0)
    log -= 0.5 * ((grid - model_onset) / model_sigma) ** 2
    mass = np.exp(log - log.max())
    mass /= mass.sum()
    mean = float((mass * grid).sum())
    low, high = np.interp([0.1, 0.9], np.cumsum(mass), grid)
    return PlaceOnset(
        mean, float(np.sqrt((mass * (grid - mean) ** 2).sum())), float(low), float(high), len(levels)
    )
