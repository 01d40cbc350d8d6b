"""What a forecast says of one place: levels, high waters, depths and how likely, as plain values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rembug.lib.pack.water_types import CALLED_FROM
from rembug.water.rules.spread import Z80

Source = Literal["gauge+tide", "tide+last residual", "tide+climatology"]


@dataclass(frozen=True, slots=True)
class Series:
    """Forecast levels, centimetres above mean sea level, and their standard errors."""

    times: tuple[datetime, ...]
    level_cm: tuple[float, ...]
    sigma_cm: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Crest:
    """A high water of the sea, before it is asked what it does anywhere."""

    at: datetime
    level_cm: float
    sigma_cm: float


@dataclass(frozen=True, slots=True)
class Onset:
    """The sea level from which a place floods, its standard error, and how it is known: `terrain` or `learnt`."""

    level_cm: float
    sd_cm: float
    origin: str = "terrain"
    observations: int = 0


@dataclass(frozen=True, slots=True)
class Curve:
    """Typical depth and wet share of an area by sea level (levels rise evenly)."""

    level_cm: tuple[float, ...]
    depth_cm: tuple[float, ...]
    share: tuple[float, ...]

    def depth_at(self, level_cm: float) -> float:
        """Return the typical depth where the area is wet, at a sea level."""
        return _between(level_cm, self.level_cm, self.depth_cm)

    def share_at(self, level_cm: float) -> float:
        """Return the share of the area's land under water."""
        return _between(level_cm, self.level_cm, self.share)

    def moved(self, by_cm: float) -> "Curve":
        """Return the curve with the whole ground lifted by so much."""
        return Curve(tuple(level + by_cm for level in self.level_cm), self.depth_cm, self.share)


@dataclass(frozen=True, slots=True)
class HighWater:
    """A high water at a place. Levels and depths hold the truth with 80 %; `probability` that the place floods.

    `starts_at`, `ends_at`: when water is expected, where the expected level passes the onset.
    """

    at: datetime
    level_cm: float
    level_low_cm: float
    level_high_cm: float
    depth_low_cm: float
    depth_high_cm: float
    probability: float
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AreaOutlook:
    """The forecast for one area or place."""

    city: str
    area_code: str
    area_name: str
    issued_at: datetime
    inputs_age_s: float | None  # age of the newest level of a gauge; None when none was ever used
    source: Source
    stale: bool
    trust: str
    tide_type: str
    station: str
    illustrative: bool
    onset: Onset
    series: Series
    high_waters: tuple[HighWater, ...]
    curve: Curve
    area_slug: str = ""
    called_from: float = CALLED_FROM

    @property
    def next(self) -> HighWater | None:
        """The next high water at which water is called probable; else the likeliest of all."""
        likely = (water for water in self.high_waters if water.probability >= self.called_from)
        return next(likely, max(self.high_waters, key=lambda water: water.probability, default=None))

    @property
    def highest(self) -> float:
        """The greatest probability among the high waters; 0 without any."""
        return max((water.probability for water in self.high_waters), default=0.0)


@dataclass(frozen=True, slots=True)
class CityOutlook:
    """The forecast for a whole city: the lowest ground speaks for it, `areas` stand by falling probability."""

    city: str
    issued_at: datetime
    inputs_age_s: float | None
    source: Source
    stale: bool
    trust: str
    tide_type: str
    station: str
    illustrative: bool
    series: Series
    high_waters: tuple[HighWater, ...]
    areas: tuple[AreaOutlook, ...]


def probability(level_cm: float, sigma_cm: float, onset: Onset) -> float:
    """Return the probability that a level with its error passes an onset with its own.

    >>> probability(50, 10, Onset(50, 5))
    0.5
    """
    spread = math.hypot(sigma_cm, onset.sd_cm)
    if not math.isfinite(onset.level_cm):
        return 0.0
    if spread <= 0:
        return float(level_cm >= onset.level_cm)
    return round(0.5 * math.erfc((onset.level_cm - level_cm) / (spread * math.sqrt(2))), 4)


def high_water(crest: Crest, onset: Onset, curve: Curve, series: Series) -> HighWater:
    """Return what a high water of the sea does at a place."""
    spread = Z80 * math.hypot(crest.sigma_cm, onset.sd_cm)
    reach = Z80 * crest.sigma_cm
    starts_at, ends_at = wet_from_to(series, crest.at, onset.level_cm)
    return HighWater(
        at=crest.at,
        level_cm=round(crest.level_cm, 1),
        level_low_cm=round(crest.level_cm - reach, 1),
        level_high_cm=round(crest.level_cm + reach, 1),
        depth_low_cm=round(curve.depth_at(crest.level_cm - spread)),
        depth_high_cm=round(curve.depth_at(crest.level_cm + spread)),
        probability=probability(crest.level_cm, crest.sigma_cm, onset),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def wet_from_to(series: Series, at: datetime, onset_cm: float) -> tuple[datetime | None, datetime | None]:
    """Return from when to when the expected level stays above an onset around a moment; nothing where it does not."""
    if len(series.times) < 2:
        return None, None
    step = series.times[1] - series.times[0]
    middle = round((at - series.times[0]) / step)
    near = range(max(middle - 2, 0), min(middle + 3, len(series.times)))
    wet = [n for n in near if series.level_cm[n] >= onset_cm]
    if not wet:
        return None, None
    first = last = wet[0]
    while first > 0 and series.level_cm[first - 1] >= onset_cm:
        first -= 1
    while last + 1 < len(series.times) and series.level_cm[last + 1] >= onset_cm:
        last += 1
    return series.times[first], series.times[last]


def is_stale(issued_at: datetime, now: datetime, stale_after_s: float) -> bool:
    """Tell whether a forecast is older than its city allows without a banner."""
    return (now - issued_at).total_seconds() > stale_after_s


def _between(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return y at x on a line through evenly spaced points; beyond the ends the end values hold (rising on above)."""
    if len(xs) < 2 or x <= xs[0]:
        return ys[0] if ys else 0.0
    place = (x - xs[0]) / (xs[1] - xs[0])
    n = int(place)
    if n >= len(xs) - 1:
        return ys[-1]
    return ys[n] + (ys[n + 1] - ys[n]) * (place - n)
