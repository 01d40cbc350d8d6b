"""The highest tide of each day, reckoned from the constants in force: what a before and after is compared at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from rembug.lib.actor import Actor
from rembug.lib.errors import NotFound
from rembug.places import queries as places
from rembug.water import engine
from rembug.water.queries.setup import station_of

STEP = timedelta(minutes=30)  # a crest lies within 15 minutes of a step: less than 1 cm off at this coast


@dataclass(frozen=True, slots=True)
class Peaks:
    """Highest level a local day, cm above mean sea level, and the digest of the constants ("": none, all nought)."""

    levels_cm: NDArray[np.float64]
    digest: str


def daily_peaks(*, actor: Actor, city: str, first: date, days: int) -> Peaks:
    """Return the day's highest tide for each local day from `first` on. Without constants every day is alike."""
    try:
        station = station_of(city)
    except NotFound:
        return Peaks(np.zeros(days), "")
    start = datetime.combine(first, time(0), ZoneInfo(places.city(city).timezone))
    steps = int(timedelta(days=1) / STEP)
    levels = engine.tide_at(station.data, [start + n * STEP for n in range(days * steps)])
    return Peaks(np.round(levels.reshape(days, steps).max(axis=1) * 100, 1), station.digest)
