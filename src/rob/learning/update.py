"""Correct the flood by reports, false ones included, and say of each how probably it is true.

The error of the model's signed depth (water level minus ground; negative where dry) is Gaussian before the reports.
Each report multiplies it by a mixture: true (a depth, no water, or at least a depth) or false (anything). Expectation
propagation (Minka 2001, the clutter problem) matches the moments of one report after the other until they agree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rob.learning.covariance import Ground, Places, Prior, lasting, passing, positive
from rob.learning.reports import Kind, Report
from rob.types import Floats, RobError

FALSE_DEPTH = 0.35
"""Density of a false report at any depth from 0 to 2 m, 1/m: seven in ten false reports name a depth."""
FALSE_DRY = 0.3
SOFT = 0.05
"""Standard error of "dry here" and "at least so deep", metres."""
SCALES = (0.5, 0.7, 1.0, 1.4, 2.0)
SWEEPS = 60


@dataclass(frozen=True)
class Offset:
    """What the reports add to the model, and its standard deviation; metres."""

    mean: float
    sigma: float


@dataclass(frozen=True)
class Update:
    """The flood at some places after the reports; arrays of the shape of the places asked for.

    Attributes
    ----------
    mean, sigma
        Signed depth and its standard deviation, metres.
    truth
        Probability that each report is true, one for each report.
    scale
        Factor on the prior's standard deviations that the reports themselves chose.
    lasting, lasting_sigma
        The part of the correction that stays with the place when the sea of that day is gone (terrain, drainage) and
        its standard deviation, metres: to be added to the model's signed depth in the next flood.
    """

    mean: Floats
    sigma: Floats
    truth: Floats
    scale: float
    lasting: Floats
    lasting_sigma: Floats

    def depth(self) -> Floats:
        """Expected depth, metres: E[max(0, signed depth)]."""
        z = self.mean / self.sigma
        return np.asarray(
            self.mean * _phi_below(z) + self.sigma * np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
        )

    def interval(self, share: float = 0.8) -> tuple[Floats, Floats]:
        """Depths between which the truth lies with probability `share`, metres."""
        reach = _quantile(0.5 + 0.5 * share)
        return np.maximum(self.mean - reach * self.sigma, 0.0), np.maximum(
            self.mean + reach * self.sigma, 0.0
        )

    def exceeds(self, depth: float) -> Floats:
        """Probability that the water is deeper than `depth` metres."""
        return _phi_below((self.mean - depth) / self.sigma)


@dataclass(frozen=True)
class Learnt:
    """What the reports of one flood teach, ready to be asked for any place.

    Attributes
    ----------
    said
        Places of the reports.
    prior
        Errors of the model, scaled as the reports chose.
    scale
        That scale.
    truth
        Probability that each report is true.
    ground
        Grid and dykes.
    inner, pull
        Covariance of the levels that the reports stand for, m², and its inverse times their departure from the model.
    """

    said: Places
    prior: Prior
    scale: float
    truth: Floats
    ground: Ground
    inner: Floats
    pull: Floats

    def sea(self, hours: float) -> Offset:
        """How far the sea stood from its forecast at a time (hours of the reports' origin), shared by all places."""
        one = np.zeros(1, np.int32)
        return self._offset(
            passing(self.prior, self.said, Places(one, one, np.array([hours]), one)), self.prior.sea
        )

    def quarter(self, number: int) -> Offset:
        """The lasting offset of a neighbourhood: terrain bias, drainage."""
        same = (np.asarray(self.said.quarter) == number)[:, None]
        return self._offset(self.prior.quarter**2 * same, self.prior.quarter)

    def at(self, asked: Places, asked_depth: Floats) -> Update:
        """The flood at the asked places.

        Parameters
        ----------
        asked
            Cells, times, neighbourhoods.
        asked_depth
            The model's signed depth there, metres.

        Raises
        ------
        RobError
            When lengths differ or a depth is not a number.
        """
        depth = np.asarray(asked_depth, float)
        _check_asked(asked, depth)
        stays = lasting(self.prior, self.said, asked, self.ground)
        whole = passing(self.prior, self.said, asked) + stays
        return Update(
            depth + whole.T @ self.pull,
            np.sqrt(self._left(whole, self.prior.variance)),
            self.truth,
            self.scale,
            stays.T @ self.pull,
            np.sqrt(self._left(stays, self.prior.stays)),
        )

    def _left(self, cross: Floats, variance: float) -> Floats:
        """Variance that the reports leave, m²."""
        solved = np.linalg.solve(self.inner, cross)
        return np.asarray(np.maximum(variance - np.einsum("ij,ij->j", cross, solved), 1e-6))

    def _offset(self, cross: Floats, sigma: float) -> Offset:
        left = self._left(np.asarray(cross, float), sigma**2)
        return Offset(float((cross.T @ self.pull)[0]), math.sqrt(float(left[0])))


def learn(
    reports: Sequence[Report],
    reported: tuple[Floats, Sequence[int]],
    ground: Ground,
    prior: Prior | None = None,
) -> Learnt:
    """Judge the reports and learn from them.

    Parameters
    ----------
    reports
        What people say.
    reported
        The model's signed depth at each report (metres, at its time) and the number of its neighbourhood.
    ground
        Grid and dykes, for distances that do not cross a dyke.
    prior
        Errors of the model; their common scale is chosen by the reports.

    Raises
    ------
    RobError
        When lengths differ or a signed depth is not a number.

    Notes
    -----
    Expectation propagation over a Gaussian error with a mixture for each report (Minka 2001); the error's parts are
    those of `rob.learning.covariance.Prior`.
    """
    prior = prior or Prior()
    expected, quarters = np.asarray(reported[0], float), np.asarray(reported[1], np.int32)
    _check(len(reports), expected, quarters)
    said = Places(
        np.array([r.row for r in reports], np.int32),
        np.array([r.column for r in reports], np.int32),
        np.array([r.hours for r in reports], float),
        quarters,
    )
    if not reports:
        nothing = np.empty(0)
        return Learnt(said, prior, 1.0, nothing, ground, np.empty((0, 0)), nothing)
    # Every part but that of time scales alike: the distances are walked once.
    sea, stays = passing(prior, said, said), lasting(prior, said, said, ground)
    fits = [
        _fit(reports, expected, positive(scale**2 * (sea + stays)), prior.scaled(scale)) for scale in SCALES
    ]
    # The scale itself is log-normal around one: thirty reports must not make the prior vanish.
    best = max(range(len(fits)), key=lambda n: fits[n].evidence - 0.5 * (math.log(SCALES[n]) / 0.5) ** 2)
    fit = fits[best]
    inner = fit.covariance + np.diag(1.0 / fit.precision)
    pull = np.linalg.solve(inner, fit.level - expected)
    return Learnt(said, fit.prior, SCALES[best], fit.truth, ground, inner, np.asarray(pull))


def update(
    reports: Sequence[Report],
    reported: tuple[Floats, Sequence[int]],
    asked: Places,
    asked_depth: Floats,
    ground: Ground,
    prior: Prior | None = None,
) -> Update:
    """`learn` and `Learnt.at` in one call: signed depth at the asked places given the reports, metres.

    Parameters
    ----------
    reports, reported, ground, prior
        As for `learn`.
    asked, asked_depth
        As for `Learnt.at`.

    Raises
    ------
    RobError
        When lengths differ or a signed depth is not a number.
    """
    return learn(reports, reported, ground, prior).at(asked, asked_depth)


def _check(count: int, expected: Floats, quarters: np.ndarray) -> None:
    if len(expected) != count or len(quarters) != count:
        raise RobError(
            "reports",
            "length",
            "reports, depths and neighbourhoods differ in number",
            "Give one of each for each report",
        )
    if not np.isfinite(expected).all():
        raise RobError(
            "reports",
            "signed depth",
            "a report has no model depth",
            "Leave out reports outside the terrain (NaN)",
        )


def _check_asked(asked: Places, depth: Floats) -> None:
    if len(asked.row) != len(depth):
        raise RobError(
            "places", "length", "places and depths differ in number", "Give one depth for each place"
        )
    if not np.isfinite(depth).all():
        raise RobError(
            "places",
            "signed depth",
            "a place has no model depth",
            "Leave out places outside the terrain (NaN)",
        )


def signed_depth(sea_level: Floats | float, z: Floats, onset: Floats) -> Floats:
    """Water level minus ground where the sea reaches, else how far the sea stays below the onset (negative), metres.

    Parameters
    ----------
    sea_level
        Metres above the datum of the terrain; one number or one for each cell.
    z
        Ground, metres.
    onset
        Onset level, metres; where infinite the cell counts as 9 m above its ground.

    Returns
    -------
    ndarray
        Metres, shape of `z`.
    """
    level = np.asarray(sea_level, float)
    never = np.where(np.isfinite(onset), onset, z + 9.0)
    return np.asarray(np.where(level >= onset, level - z, level - never))


@dataclass(frozen=True)
class _Fit:
    """One fit: leave-one-out evidence, precisions and levels of the reports, their truth, and the prior used."""

    evidence: float
    precision: Floats
    level: Floats
    truth: Floats
    covariance: Floats
    prior: Prior


def _fit(reports: Sequence[Report], expected: Floats, k: Floats, prior: Prior) -> _Fit:
    """Expectation propagation with prior covariance `k`."""
    count = len(reports)
    precision, shift = np.full(count, 1e-6), 1e-6 * expected
    truth, evidence = np.full(count, 0.5), np.zeros(count)
    for _ in range(SWEEPS):
        mean, variance = _marginals(k, expected, precision, shift)
        rest = np.maximum(1.0 / variance - precision, 1e-9)
        cavity = (mean / variance - shift) / rest
        before = precision.copy()
        for i, report in enumerate(reports):
            z, truth[i], m, v = _tilt(report, float(cavity[i]), 1.0 / float(rest[i]))
            evidence[i] = math.log(max(z, 1e-300))
            wanted = max(1.0 / v - rest[i], 1e-6)
            target = m / v - cavity[i] * rest[i] if wanted > 1e-6 else wanted * cavity[i]
            precision[i] += 0.5 * (wanted - precision[i])
            shift[i] += 0.5 * (target - shift[i])
        if np.abs(precision - before).max() < 1e-3 * (1.0 + before.max()):
            break
    return _Fit(float(evidence.sum()), precision, shift / precision, truth, k, prior)


def _marginals(k: Floats, expected: Floats, precision: Floats, shift: Floats) -> tuple[Floats, Floats]:
    """Mean and variance at each report."""
    root = np.sqrt(precision)
    inner = np.eye(len(k)) + root[:, None] * k * root[None, :]
    solved = np.linalg.solve(inner, root[:, None] * k)
    cov = k - (k * root[None, :]) @ solved
    return expected + cov @ (shift - precision * expected), np.maximum(np.diag(cov), 1e-9)


def _tilt(report: Report, m: float, v: float) -> tuple[float, float, float, float]:
    """Evidence, probability of truth, and moments of the mixture of a true and a false report over N(m, v)."""
    if report.kind is Kind.DEPTH:
        wide = v + report.sigma**2
        likely = math.exp(-0.5 * (report.depth - m) ** 2 / wide) / math.sqrt(2 * math.pi * wide)
        true_mean = m + v / wide * (report.depth - m)
        true_var, broad = v * report.sigma**2 / wide, FALSE_DEPTH
    else:
        sign, bound = (-1.0, 0.03) if report.kind is Kind.DRY else (1.0, report.depth)
        wide = math.sqrt(v + SOFT**2)
        z = sign * (m - bound) / wide
        likely = max(0.5 * math.erfc(-z / math.sqrt(2)), 1e-12)
        ratio = math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi) / likely
        true_mean = m + sign * v * ratio / wide
        true_var = max(v - v * v * ratio * (z + ratio) / wide**2, 1e-9)
        broad = FALSE_DRY if report.kind is Kind.DRY else FALSE_DEPTH
    whole = report.prior * likely + (1.0 - report.prior) * broad
    truth = report.prior * likely / whole
    mean = truth * true_mean + (1.0 - truth) * m
    second = truth * (true_var + true_mean**2) + (1.0 - truth) * (v + m * m)
    return whole, truth, mean, max(second - mean * mean, 1e-9)


def _phi_below(z: Floats) -> Floats:
    """Standard normal distribution function, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    x = np.abs(np.asarray(z, float)) / math.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    tail = 0.5 * poly * np.exp(-x * x)
    return np.asarray(np.where(np.asarray(z) >= 0, 1.0 - tail, tail))


def _quantile(p: float) -> float:
    """Standard normal quantile for p above one half, by bisection."""
    low, high = 0.0, 9.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if 0.5 * math.erfc(-middle / math.sqrt(2)) < p else (low, middle)
    return 0.5 * (low + high)
