"""Did it work? Days before and after, at the same tide, beside neighbours, against made-up starts.

The rule in words, its formulas and how often it errs: docs/algorithms/outcome.md. Plain numbers in, a verdict out: the
same numbers give the same verdict.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

RULE = "1"
STRATA = 4  # bands of high water that are compared with each other
FEWEST_DAYS = 12  # observed days at risk in each window
FEWEST_FLOODED = 3  # before: with less there is nothing to reduce
Z_INTERVAL = 1.6449  # two-sided 90 %
Z_POWER = 0.8416  # 80 %
OVERLAP = 0.6  # of the days after, whose tide was also seen before
RISK_PERCENTILE = 10.0
PLACEBO_CUTS = np.linspace(0.25, 0.75, 11)
FEWEST_PLACEBOS = 5
MOST_RHO = 0.8

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Panel:
    """One group of areas, day by day: the indicator, nan where nobody looked ("sent nothing" is not "dry")."""

    values: Floats

    @property
    def seen(self) -> Flags:
        """On which days somebody looked."""
        return ~np.isnan(self.values)


@dataclass(frozen=True, slots=True)
class Design:
    """What was agreed before: windows as day numbers (start included, end not), target, least coverage.

    `target` is the wanted relative change, negative for less: −0.5 is "half of it".
    """

    base: tuple[int, int]
    after: tuple[int, int]
    target: float
    min_coverage: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say. `state`: working, no_effect, unknown; `reason` says why; numbers in the indicator's unit."""

    state: str
    reason: str
    baseline: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    wanted: float | None = None
    detectable: float | None = None
    days_before: int = 0
    days_after: int = 0
    coverage_before: float = 0.0
    coverage_after: float = 0.0
    placebos: int = 0
    placebos_as_strong: int = 0
    with_control: bool = False
    tide_from_cm: float | None = None

    def stored(self) -> dict[str, Any]:
        """Return the verdict as JSON, rounded to what is shown."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class Effect:
    """A change between two sets of days at the same tide, with its standard error."""

    change: float
    se: float
    baseline: float
    overlap: float


def judge(design: Design, treated: Panel, tide_cm: Floats, controls: tuple[Panel, ...] = ()) -> Verdict:
    """Return the verdict; arrays are day by day, of one length.

    Only days whose high water reached the level at which the place used to flood count: on the others there was
    nothing to prevent.
    """
    days = np.arange(len(tide_cm))
    before, after = _within(days, design.base), _within(days, design.after)
    level = _risk_level(treated, tide_cm, before)
    if level is None:
        return Verdict("unknown", "nothing-to-reduce")
    risky = tide_cm >= level
    before, after = before & risky, after & risky
    known = Verdict(
        "unknown",
        "few-days",
        days_before=int((before & treated.seen).sum()),
        days_after=int((after & treated.seen).sum()),
        coverage_before=_share(before, treated.seen),
        coverage_after=_share(after, treated.seen),
        with_control=bool(controls),
        tide_from_cm=float(level),
    )
    thin = _thin(known, design, before, after, controls)
    if thin:
        return replace(known, reason=thin)
    control = _mean(controls) if controls else None
    found = effect(treated, control, tide_cm, before, after)
    if found is None or found.overlap < OVERLAP:
        return replace(known, reason="tide-differs")
    placebos = _placebos(treated, controls, tide_cm, before, after)
    return _said(known, design, found, placebos)


def effect(
    treated: Panel, control: Panel | None, tide_cm: Floats, before: Flags, after: Flags
) -> Effect | None:
    """Return the change after against before, stratified by tide; minus that of the control where there is one.

    Strata are weighted as Mantel and Haenszel weigh risk differences, w = n₀n₁ / (n₀ + n₁); the variance within windows
    carries one pseudo-observation of the overall variance, so that a run of equal days is not certainty, and is widened
    by (1 + r) / (1 − r) for the memory r of successive days. None where no band of tide was seen on both sides.
    """
    own = _stratified(treated, tide_cm, before, after)
    if own is None or control is None:
        return own
    other = _stratified(control, tide_cm, before, after)
    if other is None:
        return None
    both = float(np.hypot(own.se, other.se))
    return Effect(own.change - other.change, both, own.baseline, min(own.overlap, other.overlap))


def _stratified(panel: Panel, tide_cm: Floats, before: Flags, after: Flags) -> Effect | None:
    seen0, seen1 = before & panel.seen, after & panel.seen
    every = panel.values[seen0 | seen1]
    if len(every) == 0:
        return None
    edges = np.quantile(tide_cm[before | after], np.linspace(0, 1, STRATA + 1)[1:-1])
    band = np.searchsorted(edges, tide_cm, side="right")
    rows = []
    for one in range(STRATA):
        first, second = panel.values[seen0 & (band == one)], panel.values[seen1 & (band == one)]
        if len(first) and len(second):
            rows.append((len(first), len(second), first.mean(), second.mean()))
    if not rows:
        return None
    n0, n1, mean0, mean1 = (np.array(column, float) for column in zip(*rows, strict=True))
    weight = n0 * n1 / (n0 + n1)
    weight /= weight.sum()
    overall = float(every.var())
    variance = [_variance(panel, band, seen, overall) for seen in (seen0, seen1)]
    spread = float((weight**2 * (variance[0] / n0 + variance[1] / n1)).sum())
    rho = _memory(panel, band, seen0, seen1)
    return Effect(
        change=float((weight * (mean1 - mean0)).sum()),
        se=float(np.sqrt(spread * (1 + rho) / (1 - rho))),
        baseline=float((weight * mean0).sum()),
        overlap=float(n1.sum() / seen1.sum()),
    )


def _variance(panel: Panel, band: NDArray[np.int64], seen: Flags, overall: float) -> float:
    """Return the variance within bands of one window, with one pseudo-observation of the overall variance."""
    squares, groups = 0.0, 0
    for one in range(STRATA):
        values = panel.values[seen & (band == one)]
        if len(values):
            squares += float(((values - values.mean()) ** 2).sum())
            groups += 1
    return (squares + overall) / max(int(seen.sum()) - groups + 1, 1)


def _memory(panel: Panel, band: NDArray[np.int64], seen0: Flags, seen1: Flags) -> float:
    """Return how alike successive observed days are beyond their tide: lag-1 correlation of what is left, 0 … 0.8."""
    left = np.full(len(panel.values), np.nan)
    for seen in (seen0, seen1):
        for one in range(STRATA):
            chosen = seen & (band == one)
            if chosen.any():
                left[chosen] = panel.values[chosen] - panel.values[chosen].mean()
    first, second = left[:-1], left[1:]
    both = ~np.isnan(first) & ~np.isnan(second)
    scale = float(np.nanmean(left**2)) if (~np.isnan(left)).any() else 0.0
    if both.sum() < 3 or scale <= 0:
        return 0.0
    return float(np.clip((first[both] * second[both]).mean() / scale, 0.0, MOST_RHO))


def _placebos(
    treated: Panel, controls: tuple[Panel, ...], tide_cm: Floats, before: Flags, after: Flags
) -> list[float]:
    """Return effects where there was none: made-up starts before, and each neighbour as if it were meant."""
    days = np.flatnonzero(before & treated.seen)
    control = _mean(controls) if controls else None
    found = []
    for share in PLACEBO_CUTS:
        cut = days[int(share * (len(days) - 1))]
        numbers = np.arange(len(tide_cm))
        early, late = before & (numbers < cut), before & (numbers >= cut)
        if min((early & treated.seen).sum(), (late & treated.seen).sum()) >= FEWEST_DAYS // 3:
            found.append(effect(treated, control, tide_cm, early, late))
    for place, one in enumerate(controls):
        others = controls[:place] + controls[place + 1 :]
        if others:
            found.append(effect(one, _mean(others), tide_cm, before, after))
    return [one.change for one in found if one is not None]


def _said(known: Verdict, design: Design, found: Effect, placebos: list[float]) -> Verdict:
    wanted = design.target * found.baseline
    low, high = found.change - Z_INTERVAL * found.se, found.change + Z_INTERVAL * found.se
    strong = sum(one <= found.change for one in placebos)
    verdict = replace(
        known,
        baseline=found.baseline,
        change=found.change,
        low=low,
        high=high,
        wanted=wanted,
        detectable=(Z_INTERVAL + Z_POWER) * found.se,
        placebos=len(placebos),
        placebos_as_strong=strong,
    )
    state, reason = _conclude(verdict)
    return replace(verdict, state=state, reason=reason)


def _conclude(found: Verdict) -> tuple[str, str]:
    """Return state and reason once every number stands."""
    assert found.high is not None and found.low is not None  # noqa: PT018 set just before
    assert found.wanted is not None and found.detectable is not None  # noqa: PT018
    if found.high >= 0:
        enough = found.detectable <= -found.wanted
        if not enough and found.low <= found.wanted:
            return "unknown", "power"  # what was promised may be there or not: too few days to tell
        return "no_effect", "worse" if found.low > 0 else "none-seen"
    if found.placebos < FEWEST_PLACEBOS:
        return "unknown", "few-placebos"
    if found.placebos_as_strong:
        return "no_effect", "placebo"
    if found.low > found.wanted:
        return "no_effect", "below-target"
    return "working", "reached"


def _thin(known: Verdict, design: Design, before: Flags, after: Flags, controls: tuple[Panel, ...]) -> str:
    """Return why there is too little to judge by, "" where there is enough."""
    if known.coverage_before < design.min_coverage:
        return "coverage-before"
    if known.coverage_after < design.min_coverage:
        return "coverage-after"
    if min(known.days_before, known.days_after) < FEWEST_DAYS:
        return "few-days"
    if controls:
        seen = _mean(controls).seen
        if min(_share(before, seen), _share(after, seen)) < design.min_coverage:
            return "coverage-control"
    return ""


def _risk_level(treated: Panel, tide_cm: Floats, before: Flags) -> float | None:
    flooded = before & treated.seen & (np.nan_to_num(treated.values) > 0)
    if flooded.sum() < FEWEST_FLOODED:
        return None
    return float(np.percentile(tide_cm[flooded], RISK_PERCENTILE))


def _mean(panels: tuple[Panel, ...]) -> Panel:
    """Return the mean of several panels over those that were seen that day."""
    stacked = np.stack([panel.values for panel in panels])
    counts = (~np.isnan(stacked)).sum(axis=0)
    sums = np.nansum(stacked, axis=0)
    return Panel(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan))


def _within(days: NDArray[np.int64], window: tuple[int, int]) -> Flags:
    return np.asarray((days >= window[0]) & (days < window[1]))


def _share(days: Flags, seen: Flags) -> float:
    total = int(days.sum())
    return round(float((days & seen).sum()) / total, 4) if total else 0.0
