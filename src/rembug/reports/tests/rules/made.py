"""Small made-up tables for the tests of the rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from rembug.reports.rules.observations import Observations, observations

NOON = 1_760_000_000.0
METRE = 1 / 111_195.0  # degrees of latitude, and of longitude at the equator


def town(n: int, seed: int, metres: float = 900.0, hours: float = 12.0) -> Observations:
    """n random reports in a small town: few people, some photos, some decisions, two categories, two
    areas.
    """
    rng = np.random.default_rng(seed)
    end = NOON + rng.integers(0, int(hours * 3600), n)
    return observations(
        key=rng.permutation(n) * 3 + 1,
        category=rng.integers(0, 2, n),
        claim=rng.choice([-1, 1], n, p=[0.25, 0.75]),
        seen_from=end - rng.choice([0, 900, 20_000], n),
        seen_to=end,
        lon=109.67 + rng.uniform(0, metres, n) * METRE,
        lat=-6.88 + rng.uniform(0, metres, n) * METRE,
        accuracy_m=rng.choice([8.0, 30.0, 200.0], n),
        area=rng.integers(0, 2, n),
        source=rng.integers(0, max(n // 2, 1), n),
        community=rng.choice([-1, -1, 5], n),
        photo=rng.choice([0, 1, 3, 9], n),
        text_hash=rng.choice([0, 0, 77], n),
        physics=rng.choice([0.0, 1.5], n),
        source_right=rng.integers(0, 4, n),
        source_wrong=rng.integers(0, 2, n),
        decision=rng.choice([-1, 0, 0, 0, 1], n),
        depth_low_cm=rng.integers(0, 50, n),
        depth_high_cm=rng.integers(50, 90, n),
    )


def street(**columns: Any) -> Observations:
    """Reports of one street at noon; give `east` in metres and `minute`; the rest is neutral unless given."""
    east = np.asarray(columns.pop("east"), dtype=float)
    minute = np.asarray(columns.pop("minute", np.zeros(len(east))), dtype=float)
    lat = columns.pop("lat", np.full(len(east), -6.88))
    scale = np.cos(np.radians(lat))
    basis: dict[str, Any] = {
        "key": np.arange(len(east)) + 1,
        "category": np.zeros(len(east)),
        "source": np.arange(len(east)) + 100,
        "lon": 109.67 + east * METRE / scale,
        "lat": lat,
        "seen_to": NOON + minute * 60,
    }
    return observations(**(basis | columns))
