"""Which places to look at while the water is high: those whose wet or dry answer tells most about onset levels.

Onset levels L of places are Gaussian with a covariance that falls with distance. At a sea level η (mean, standard
error) a place answers wet with P = Φ((η − L) / s). Such an answer carries, to first order, the Fisher information of a
probit observation, φ(z)² / (P (1 − P) v) about L, where v is the variance of η − L. Places are taken greedily by how
much each lowers the sum of variances over all places (Krause, Singh and Guestrin 2008, JMLR 9:235, on near-optimal
sensor placement; the sum of variances is A-optimality). What was seen is learnt by moment matching, which is exact for
one probit answer (Minka 2001, assumed-density filtering). See docs/algorithms/placing.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
REACH_M = 250.0  # distance over which onset levels are alike
SHARED = 0.7  # share of the variance that neighbours share; the rest is of the place alone
SURELY_DRY = 0.05


@dataclass(frozen=True, slots=True)
class Field:
    """Onset levels of places as a Gaussian: means in cm, shape `(n,)`, covariance in cm², shape `(n, n)`."""

    mean: Floats
    covariance: Floats

    @property
    def variance(self) -> float:
        """Sum of the variances, cm²."""
        return float(np.trace(self.covariance))


def prior(onset_cm: Floats, sd_cm: Floats, x_m: Floats, y_m: Floats) -> Field:
    """Return the field before anybody looked. Raises ValueError when lengths differ or a number is not finite."""
    columns = (onset_cm, sd_cm, x_m, y_m)
    if len({len(column) for column in columns}) != 1 or not all(
        np.isfinite(column).all() for column in columns
    ):
        raise ValueError("places need as many finite onsets, errors and coordinates")
    away = np.hypot(x_m[:, None] - x_m[None, :], y_m[:, None] - y_m[None, :])
    alike = SHARED * np.exp(-away / REACH_M)
    np.fill_diagonal(alike, 1.0)
    return Field(np.asarray(onset_cm, float), alike * sd_cm[:, None] * sd_cm[None, :])


def wet_chance(field: Field, level_cm: float, level_sd_cm: float) -> Floats:
    """Return the probability that each place is wet at a sea level."""
    spread = np.sqrt(np.diag(field.covariance) + level_sd_cm**2)
    return np.array([_phi((level_cm - mean) / sd) for mean, sd in zip(field.mean, spread, strict=True)])


def choose(
    field: Field, level_cm: float, level_sd_cm: float, count: int, taken: NDArray[Any] | None = None
) -> list[int]:
    """Return up to `count` places, the most telling first; `taken` are places that are looked at already."""
    covariance = field.covariance.copy()
    chosen: list[int] = []
    for place in () if taken is None else taken.tolist():
        covariance = _conditioned(
            covariance, int(place), _noise(field, covariance, level_cm, level_sd_cm)[int(place)]
        )
    free = np.ones(len(field.mean), dtype=np.bool_)
    if taken is not None:
        free[taken] = False
    while len(chosen) < count and free.any():
        noise = _noise(field, covariance, level_cm, level_sd_cm)
        gain = (covariance**2).sum(axis=0) / (np.diag(covariance) + noise)
        best = int(np.argmax(np.where(free, gain, -1.0)))
        if gain[best] <= 1e-9:
            break
        chosen.append(best)
        free[best] = False
        covariance = _conditioned(covariance, best, noise[best])
    return chosen


def control(field: Field, level_cm: float, level_sd_cm: float, chosen: list[int]) -> int | None:
    """Return the place nearest in onset that is surely dry: who reports water there looks at something else."""
    chance = wet_chance(field, level_cm, level_sd_cm)
    dry = [place for place in np.flatnonzero(chance < SURELY_DRY).tolist() if place not in chosen]
    return min(dry, key=lambda place: (field.mean[place], place), default=None)


def observe(field: Field, place: int, level_cm: float, level_sd_cm: float, *, wet: bool) -> Field:
    """Return the field after a place was seen wet or dry at a sea level (its error counts as part of the answer)."""
    column = field.covariance[:, place]
    v = column[place] + level_sd_cm**2
    sign = -1.0 if wet else 1.0  # wet says that the onset lies below the sea
    z = sign * (field.mean[place] - level_cm) / math.sqrt(v)
    ratio = _density(z) / max(_phi(z), 1e-12)
    mean = field.mean + sign * column * ratio / math.sqrt(v)
    covariance = field.covariance - np.outer(column, column) * ratio * (ratio + z) / v
    return Field(mean, covariance)


def _noise(field: Field, covariance: Floats, level_cm: float, level_sd_cm: float) -> Floats:
    """Variance, cm², of the linear observation that tells as much as a wet-or-dry answer at each place."""
    v = np.diag(covariance) + level_sd_cm**2
    z = (level_cm - field.mean) / np.sqrt(v)
    wet = np.clip(np.array([_phi(one) for one in z]), 1e-9, 1 - 1e-9)
    density = np.array([_density(one) for one in z])
    # One answer lowers a variance C by C² · φ²/(P(1−P) v); as a linear observation: C² / (C + noise).
    lowered = np.maximum(density**2 / (wet * (1 - wet) * v), 1e-12)
    return np.asarray(np.maximum(1.0 / lowered - np.diag(covariance), level_sd_cm**2), float)


def _conditioned(covariance: Floats, place: int, noise: float) -> Floats:
    column = covariance[:, place]
    return np.asarray(covariance - np.outer(column, column) / (column[place] + noise), float)


def _phi(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def _density(x: float) -> float:
    return math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
