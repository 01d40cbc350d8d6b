"""How much each signal is worth in this city, learnt from persons' decisions; cautious where there are
few.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .assess import signals
from .observations import Floats, Observations, Votes, one_voice, votes
from .parameters import SIGNALS, Parameters

FEWEST = 200  # below this many decisions the given weights stay
# Standard deviation of the learnt factor around the given one; the prior may move freely.
SPREAD = 1.0
STEPS = 30
BINS = 8
# A bin of the map counts as if this many further decisions had confirmed the line.
CAUTION = 60.0
# Persons err too. Without this the map would never promise more than their own reliability.
DECISION_ERROR = 0.03


def learn(
    table: Observations, given: Votes | None = None, parameters: Parameters | None = None
) -> Parameters:
    """Parameters with learnt `weights` and `knots` from the decided rows of the table.

    Give track records without each report's own decision (`Record.without`). Decisions should hold a fair
    sample (see queue.py); pass only those to be exact. Pure; rounded to 3 decimals so that it repeats on any
    machine.
    """
    parameters = replace(parameters or Parameters(), weights={}, knots=())
    decided = table.decision != 0
    if decided.sum() < FEWEST or len(np.unique(table.decision[decided])) < 2:
        return parameters
    # Decisions near by would make the learner trust a neighbourhood more than it may where nobody has
    # decided.
    open_table = replace(table, decision=np.zeros_like(table.decision))
    raw, _ = signals(open_table, one_voice(open_table, given if given is not None else votes()), parameters)
    x, y = raw[decided], (table.decision[decided] > 0).astype(np.float64)
    factor = _fit(x, y)
    weights = {name: round(float(value), 3) for name, value in zip(SIGNALS, factor, strict=True)}
    odds = x @ np.array([weights[name] for name in SIGNALS])
    return replace(parameters, weights=weights, knots=_knots(odds, y))


def _fit(x: Floats, y: Floats) -> Floats:
    """Maximum a posteriori factors: logistic likelihood, normal prior around 1, never negative but for the
    prior.

    Decisions are right with 1 - DECISION_ERROR only; expectation maximisation over which of them are (a few
    wrong labels far from the line would otherwise flatten all factors).
    """
    free = SIGNALS.index("prior")
    precision = np.full(len(SIGNALS), 1.0 / SPREAD**2)
    precision[free] = 0.01
    lowest = np.full(len(SIGNALS), 0.0)
    lowest[free] = -np.inf
    w = np.ones(len(SIGNALS))
    right, wrong = 1.0 - DECISION_ERROR, DECISION_ERROR
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30, 30)))
        truth = p * np.where(y > 0, right, wrong)
        truth /= truth + (1 - p) * np.where(y > 0, wrong, right)
        slope = x.T @ (truth - p) - precision * (w - 1.0)
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(precision)
        w = np.maximum(w + np.linalg.solve(curve, slope), lowest)
    return np.asarray(w)


def _knots(odds: Floats, y: Floats) -> tuple[tuple[float, float], ...]:
    """Monotone piecewise-linear map of log-odds through equal-count bins, drawn towards the identity."""
    parts = [part for part in np.array_split(np.argsort(odds, kind="stable"), BINS) if len(part)]
    centre = np.array([odds[part].mean() for part in parts])
    said = 1.0 / (1.0 + np.exp(-centre))
    count = np.array([len(part) for part in parts], dtype=np.float64)
    found = np.array([y[part].sum() for part in parts])
    level = _rising((found + CAUTION * said) / (count + CAUTION), count)
    level = np.clip((level - DECISION_ERROR) / (1.0 - 2.0 * DECISION_ERROR), 0.005, 0.995)
    rounded = zip(
        np.round(centre, 3).tolist(), np.round(np.log(level / (1 - level)), 3).tolist(), strict=True
    )
    return tuple(sorted(dict(rounded).items()))


def _rising(level: Floats, weight: Floats) -> Floats:
    """Pool adjacent violators: the nearest non-decreasing sequence."""
    pools: list[list[float]] = []
    for value, mass in zip(level.tolist(), weight.tolist(), strict=True):
        pools.append([value, mass, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            mass_both = last[1] + before[1]
            mean = (last[0] * last[1] + before[0] * before[1]) / mass_both
            pools.append([mean, mass_both, last[2] + before[2]])
    return np.repeat([pool[0] for pool in pools], [int(pool[2]) for pool in pools])
