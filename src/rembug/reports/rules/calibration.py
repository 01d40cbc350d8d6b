"""How honest the probabilities are: figures for the public page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .observations import Floats

SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of the reliability table: of `count` reports said to be `said` true, `found` were."""

    low: float
    high: float
    count: int
    said: float
    found: float


def brier(probability: Floats, truth: Floats) -> float:
    """Mean squared distance of probability and truth (0 or 1); 0 is perfect. Empty input gives nan."""
    return float(np.mean((probability - truth) ** 2)) if len(truth) else float("nan")


def brier_skill(probability: Floats, truth: Floats) -> float:
    """1 - Brier / Brier of always saying the share of true reports."""
    if not len(truth):
        return float("nan")
    base = float(np.mean(truth) * (1.0 - np.mean(truth)))
    return 1.0 - brier(probability, truth) / base if base else float("nan")


def log_loss(probability: Floats, truth: Floats) -> float:
    """Mean negative log-likelihood in nats."""
    p = np.clip(probability, SMALLEST, 1 - SMALLEST)
    return float(-np.mean(truth * np.log(p) + (1 - truth) * np.log(1 - p))) if len(truth) else float("nan")


def reliability(probability: Floats, truth: Floats, bins: int = 10) -> list[Bin]:
    """Equal-count bins by rising probability (ties keep their order); at most one bin a report."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return [
        Bin(
            float(probability[part[0]]),
            float(probability[part[-1]]),
            len(part),
            float(np.mean(probability[part])),
            float(np.mean(truth[part])),
        )
        for part in parts
    ]


def expected_calibration_error(probability: Floats, truth: Floats, bins: int = 10) -> float:
    """Mean distance of said and found over equal-count bins, weighted by count (ECE)."""
    rows = reliability(probability, truth, bins)
    total = sum(row.count for row in rows)
    return sum(row.count * abs(row.said - row.found) for row in rows) / total if total else float("nan")
