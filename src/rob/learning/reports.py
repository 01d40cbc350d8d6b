"""A report of water, and the probability that it is true before the water itself is asked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from rob.types import RobError


class Kind(Enum):
    """What a report says: a depth, no water, or at least a depth ("above the knee")."""

    DEPTH = "depth"
    DRY = "dry"
    ABOVE = "above"


@dataclass(frozen=True)
class Reporter:
    """A reporter's record: reports later confirmed and denied."""

    confirmed: int = 0
    denied: int = 0


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes
    ----------
    row, column
        Cell of the place.
    hours
        Time, hours from any common origin.
    kind
        What it says.
    depth
        Depth, metres; unused for `Kind.DRY`.
    prior
        Probability that it is true before the model is asked (`prior_truth`).
    """

    row: int
    column: int
    hours: float
    kind: Kind
    depth: float = 0.0
    prior: float = 0.8

    def __post_init__(self) -> None:
        if not (math.isfinite(self.depth) and 0.0 <= self.depth <= 5.0):
            raise RobError("report", "depth", f"{self.depth!r} m", "Give a depth between 0 and 5 metres")
        if not 0.0 < self.prior < 1.0:
            raise RobError(
                "report", "prior", f"{self.prior!r} is no probability", "Give a number between 0 and 1"
            )

    @property
    def sigma(self) -> float:
        """Standard error of a depth told in body parts, metres: √(0.05² + (0.2 d)²)."""
        return math.hypot(0.05, 0.2 * self.depth)


def prior_truth(
    reporter: Reporter,
    photo: bool = False,
    accuracy_m: float = 20.0,
    others_near: int = 0,
    denials_near: int = 0,
) -> float:
    """Probability that a report is true, from who sent it and what came with it.

    Parameters
    ----------
    reporter
        Record; the prior of a newcomer is Beta(4, 1), four true for one false.
    photo
        Whether a photo came with it.
    accuracy_m
        Accuracy of the position, metres.
    others_near, denials_near
        Reports within 50 m and 30 minutes that agree or deny, from other people.

    Returns
    -------
    float
        Between 0.02 and 0.98.
    """
    share = (4.0 + reporter.confirmed) / (5.0 + reporter.confirmed + reporter.denied)
    odds = share / (1.0 - share)
    odds *= 2.0 if photo else 1.0
    odds *= 0.5 if accuracy_m > 200.0 else 1.0
    odds *= 1.8 ** min(others_near, 4) * 0.45 ** min(denials_near, 4)
    return min(max(odds / (1.0 + odds), 0.02), 0.98)
