"""Shares of a few answers, and how sure they are.

Wilson's score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953) and Newcombe's hybrid interval of a difference
of two independent shares (Newcombe 1998, Statistics in Medicine 17:873, method 10).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Z90 = 1.6448536269514722  # two-sided 90 %
FEWEST = 5  # answers below which nothing is shown: in a small class a count would name somebody


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 90 % interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson(count: int, of: int, z: float = Z90) -> Share:
    """Return the share of `count` in `of` with Wilson's interval. Raises ValueError unless 0 <= count <= of > 0."""
    if of <= 0 or not 0 <= count <= of:
        msg = f"{count} of {of} is no share"
        raise ValueError(msg)
    share, square = count / of, z * z
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    # Rounding must not push an end past the share itself.
    return Share(share, min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share))


def difference(before: Share, after: Share) -> Share:
    """Return after − before with Newcombe's interval, from −1 to 1."""
    change = after.share - before.share
    low = change - math.hypot(after.share - after.low, before.high - before.share)
    high = change + math.hypot(after.high - after.share, before.share - before.low)
    return Share(change, max(low, -1.0), min(high, 1.0))
