"""How sure a forecast is: what own forecasts have shown, and until then the engine's error and that of borrowing."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

Z80 = 1.2815515655  # 80 % of a normal error lies within this many standard deviations
HELD = 0.8
FEWEST = 24  # scored forecasts at a lead before their error is believed: a whole day
FEWEST_CRESTS = 4  # different high waters: fewer cannot show what holds four of five
APART_S = (
    6 * 3600
)  # errors nearer than this are nearly one: a residual's autocorrelation is 0.2 after six hours
TIDE_SHOWS_H = (
    12.0  # from this lead on, an error holds that of the constants; before, the last level hides it
)
LEAST_M = 0.01
BANDS_H = (0.0, 12.0, 24.0, 48.0, 72.0, 168.0)


@dataclass(frozen=True, slots=True)
class Known:
    """One scored comparison, metres: what was said and what the curve alone said, less what was seen; UTC seconds."""

    at_s: int
    lead_h: float
    error_m: float
    raw_m: float


@dataclass(frozen=True, slots=True)
class CrestError:
    """High waters at leads from `from_h`: how much lower than seen the curve stood, and the standard error, metres."""

    from_h: float
    lift_m: float
    sigma_m: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What own scored forecasts have shown: standard error in metres by lead, and of high waters by band of leads."""

    level: Mapping[float, float] = field(default_factory=dict)
    crest: tuple[CrestError, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"level": sorted(self.level.items()), "crest": [asdict(one) for one in self.crest]}


def learn(levels: Iterable[Known], crests: Iterable[Known]) -> Learnt:
    """Return what scored levels (by lead) and high waters (by band of leads) have shown."""
    by_lead: dict[float, list[Known]] = {}
    for one in levels:
        by_lead.setdefault(one.lead_h, []).append(one)
    level = {lead: held(rows) for lead, rows in sorted(by_lead.items()) if len(rows) >= FEWEST}
    by_band: dict[float, list[Known]] = {}
    for one in crests:
        by_band.setdefault(max(band for band in BANDS_H if band <= one.lead_h), []).append(one)
    found = (_crest(band, rows) for band, rows in sorted(by_band.items()))
    return Learnt(level, tuple(one for one in found if one is not None))


def _crest(band: float, rows: Sequence[Known]) -> CrestError | None:
    """The highest reading around a high water passes the smooth curve: the mean of that is what is added."""
    if _apart(rows) < FEWEST_CRESTS:
        return None
    return CrestError(band, -sum(one.raw_m for one in rows) / len(rows), held(rows))


def held(rows: Sequence[Known]) -> float:
    """Return the standard error whose 80 % range holds four of five of these errors, metres.

    The quantile of split conformal prediction, (n + 1) * 0.8 of n errors in order, where n counts errors six hours
    apart: exact for errors that come in no special order, whatever their distribution (Vovk et al. 2005).
    """
    sizes = sorted(abs(one.error_m) for one in rows)
    share = min(HELD * (1 + 1 / _apart(rows)), 1.0)
    return max(sizes[min(math.ceil(share * len(sizes)), len(sizes)) - 1] / Z80, LEAST_M)


def _apart(rows: Sequence[Known]) -> int:
    return len({one.at_s // APART_S for one in rows})


def widened(
    leads_h: Sequence[float], sigma_m: Sequence[float], borrowed_m: float, learnt: Learnt
) -> list[float]:
    """Return standard errors in metres at each lead.

    Where own forecasts have shown their error, that counts. Beyond the longest lead so far it grows as the square root
    of the lead, once that lead is long enough to show the error of the constants; else the engine's error and that of
    borrowed constants stand.
    """
    known = sorted(learnt.level.items())
    return [_at(known, lead, math.hypot(one, borrowed_m)) for lead, one in zip(leads_h, sigma_m, strict=True)]


def _at(known: Sequence[tuple[float, float]], lead: float, before: float) -> float:
    if not known:
        return before
    if lead <= known[0][0]:
        return known[0][1]
    for (a, low), (b, high) in pairwise(known):
        if lead <= b:
            return low + (high - low) * (lead - a) / (b - a)
    longest, last = known[-1]
    return last * math.sqrt(lead / longest) if longest >= TIDE_SHOWS_H else before


def crest(learnt: Learnt, lead_h: float, level_m: float, sigma_m: float) -> tuple[float, float]:
    """Return a high water's level and standard error in metres, as own high waters of such a lead came out.

    Leads that none has been scored at take the lift of the longest before, and the level's own error if it is wider.
    """
    bands = [one for one in learnt.crest if one.from_h <= lead_h]
    if not bands:
        return level_m, sigma_m
    best = bands[-1]
    reached = max(band for band in BANDS_H if band <= lead_h)
    return level_m + best.lift_m, best.sigma_m if best.from_h == reached else max(best.sigma_m, sigma_m)
