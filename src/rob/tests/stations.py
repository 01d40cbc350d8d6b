"""Stations and series that several tests share."""

from __future__ import annotations

import numpy as np

from rob.tide.synthesis import span, tide
from rob.types import Constituent, Series, Station

# Rounded constants of Jakarta (TICON-4, CC BY 4.0), enough for a diurnal tide with its seasons.
JAKARTA = Station(
    "Jakarta",
    -6.117,
    106.85,
    tuple(
        Constituent(name, amplitude, phase)
        for name, amplitude, phase in (
            ("K1", 0.2569, 34.5), ("O1", 0.1352, 22.6), ("P1", 0.0760, 32.5), ("SA", 0.0559, 114.0),
            ("M2", 0.0548, 141.3), ("S2", 0.0497, 75.7), ("SSA", 0.0453, 135.4), ("Q1", 0.0349, 12.8),
            ("N2", 0.0201, 110.4), ("K2", 0.0189, 53.3), ("S1", 0.0207, 257.6), ("M4", 0.0058, 109.8),
        )
    ),
    {"MSL": 2.049},
    source="TICON-4",
    licence="CC BY 4.0",
)  # fmt: skip


def gauge(
    start: str, days: float, *, minutes: int = 60, noise: float = 0.0, seed: int = 1, memory: float = 0.9
) -> Series:
    """A series at Jakarta: tide above the gauge zero plus noise that remembers (AR(1) by step)."""
    times = span(start, np.datetime64(start, "s") + np.timedelta64(int(days * 86400), "s"), minutes)
    rng = np.random.default_rng(seed)
    rest = np.zeros(len(times))
    for i, kick in enumerate(rng.normal(0.0, noise * np.sqrt(1 - memory**2), len(times)) if noise else rest):
        rest[i] = memory * rest[i - 1] + kick
    return Series(times, JAKARTA.mean_level + tide(JAKARTA, times) + rest, "gauge", "gauge.csv")
