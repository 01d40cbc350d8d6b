"""Roads under water: how fast one can drive, and when a road is closed."""

from __future__ import annotations

import numpy as np

from rob.types import Bools, Floats

CLOSED_FROM = 0.30
"""Depth at which a road counts as closed for cars, metres (Pregnolato et al. 2017)."""
MOTORCYCLE_FROM = 0.10
"""Depth at which motorcycles stall, metres."""


def safe_speed(depth: Floats) -> Floats:
    """Highest safe speed in km/h: v = 0.0009 d² − 0.5529 d + 86.9448, d in mm, zero where closed (Pregnolato 2017)."""
    d = 1000.0 * np.nan_to_num(np.asarray(depth, float))
    return np.asarray(np.where(d >= 1000.0 * CLOSED_FROM, 0.0, 0.0009 * d * d - 0.5529 * d + 86.9448))


def closed(depths: Floats, limit: float = CLOSED_FROM) -> Bools:
    """Whether a road is closed: ``depths (…, points)`` along it, closed when the deepest reaches `limit` metres."""
    return np.asarray(np.nan_to_num(depths).max(axis=-1) >= limit)
