"""A tide of the demonstration's own: a few cosines, so that nobody takes it for a forecast."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

LUNAR_DAY = timedelta(hours=24, minutes=50)
PEAK_BEFORE_END = timedelta(minutes=50)  # the week ends while water stands in the streets
POOLING = timedelta(minutes=50)  # water leaves a street later than it came


@dataclass(frozen=True, slots=True)
class Tide:
    """One high water a lunar day, a small second one, growing towards the end of the week."""

    end: datetime

    def level_cm(self, at: datetime) -> float:
        """Return the height of the sea in centimetres above an arbitrary zero; its highest is about 112."""
        since_peak = at - (self.end - PEAK_BEFORE_END)
        angle = 2 * math.pi * (since_peak / LUNAR_DAY)
        growth = 1 + 0.28 * min(0.0, since_peak / timedelta(days=7))
        return 60 + growth * (36 * math.cos(angle) + 16 * math.cos(2 * angle + 0.1))

    def depth_cm(self, at: datetime, ground_cm: float) -> float:
        """Return how deep the water stands on ground of this height; 0 where it is dry."""
        standing = 0.6 * (
            self.level_cm(at - POOLING) - ground_cm
        )  # some of what came an hour ago is still here
        return max(0.0, self.level_cm(at) - ground_cm, standing)
