"""How well a station's tide, with and without the residual, meets a gauge series: the figures to publish."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from rob.tide.nowcast import Rule, expected, settle
from rob.tide.synthesis import tide
from rob.types import Floats, RobError, Series, Station

SCAN_HOURS = tuple(float(h) for h in range(-12, 13))


@dataclass(frozen=True)
class Skill:
    """Figures of a verification; metres, hours, counts.

    Attributes
    ----------
    values, hours
        Number of levels and the time they span.
    correlation, rms_m
        Of tide against observed level, both without their mean.
    lead_rms_m
        RMS error of tide + residual forecast by lead in hours.
    daily_days, daily_mae_m, daily_minutes
        Number of whole local days, mean absolute error of the daily maximum, median error of its time.
    best_shift_hours, shift_correlation
        Shift of the predicted times that fits best, and the correlation at each shift tried: a best shift other than
        zero means that phases or series are in the wrong time zone.
    """

    values: int
    hours: float
    correlation: float
    rms_m: float
    lead_rms_m: dict[str, float]
    lead_values: dict[str, int]
    daily_days: int
    daily_mae_m: float
    daily_errors_m: tuple[float, ...]
    daily_minutes: float
    best_shift_hours: float
    shift_correlation: dict[str, float]

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)


def correlation(a: Floats, b: Floats) -> float:
    """Pearson correlation; zero when one of the two does not vary."""
    spread = float(a.std() * b.std())
    return float(((a - a.mean()) * (b - b.mean())).mean() / spread) if spread > 0 else 0.0


def shift_scan(station: Station, series: Series, hours: tuple[float, ...] = SCAN_HOURS) -> dict[float, float]:
    """Correlation of series and tide for each shift of the predicted times, hours.

    Parameters
    ----------
    station
        Constants.
    series
        Levels, metres, UTC.
    hours
        Shifts to try.

    Returns
    -------
    dict
        Shift to correlation.
    """
    known = series.known()
    return {
        h: correlation(known.levels, tide(station, known.times + np.timedelta64(round(h * 3600), "s")))
        for h in hours
    }


def check_time_zone(station: Station, series: Series) -> float:
    """The best shift in hours; an error when it says that station or series is in the wrong time zone.

    Raises
    ------
    RobError
        When a shift of two hours or more fits clearly better than none.
    """
    scan = shift_scan(station, series)
    best = max(scan, key=lambda h: scan[h])
    if abs(best) >= 2.0 and scan[best] > scan[0.0] + 0.05:
        raise RobError(
            station.source or station.name,
            "phase_reference",
            f"the tide fits {series.source} with a shift of {best:+.0f} h (correlation {scan[best]:.2f}) far better "
            f"than with none ({scan[0.0]:.2f})",
            "Check the time zone of the phases (UTC or UTC+7) and that of the series",
        )
    return best


def lead_errors(station: Station, series: Series, lead_hours: float, rule: Rule | None = None) -> Floats:
    """Errors (forecast minus observed, metres) at a fixed lead, each using only what was known at its time of issue.

    The zero of the gauge is taken from the 25-hour mean, so no datum is needed and none can leak from the future.

    Parameters
    ----------
    station
        Constants.
    series
        Levels, metres, UTC.
    lead_hours
        Hours from the issue to the time forecast.
    rule
        How the residual fades.

    Returns
    -------
    ndarray
        Metres, one for each level that could be forecast.
    """
    known, rule, errors = series.known(), rule or Rule(), []
    rest_now = known.levels - tide(station, known.times)
    lead = np.timedelta64(int(lead_hours * 3600), "s")
    for i in range(len(known.times)):
        state = settle(known.times, rest_now, known.times[i] - lead)
        if state is None or known.times[i] - lead - state.at > np.timedelta64(6 * 3600, "s"):
            continue
        ahead = float((known.times[i] - state.at) / np.timedelta64(1, "s")) / 3600.0
        rest = expected(state, rule, np.array([ahead]), state.mean)[0]
        errors.append(rest - rest_now[i])
    return np.array(errors)


def daily_maxima(station: Station, series: Series, utc_offset_hours: float) -> tuple[Floats, Floats]:
    """Errors of the predicted daily maximum (metres) and of its time (minutes), on local days without a long gap.

    A day counts when it has at least 20 values, none farther than 3 hours from the next, edges included. The mean
    difference of the whole series is removed.

    Parameters
    ----------
    station
        Constants.
    series
        Levels, metres, UTC.
    utc_offset_hours
        Of the local day, hours east of UTC.
    """
    known = series.known()
    local = known.times + np.timedelta64(int(utc_offset_hours * 3600), "s")
    zero = float((known.levels - tide(station, known.times)).mean())
    size, late = [], []
    for day in np.unique(local.astype("datetime64[D]")):
        start = day.astype("datetime64[s]")
        here = (local >= start) & (local < start + np.timedelta64(1, "D"))
        edges = np.concatenate(([start], local[here], [start + np.timedelta64(1, "D")]))
        if here.sum() < 20 or np.diff(edges).max() > np.timedelta64(3, "h"):
            continue
        utc = start - np.timedelta64(int(utc_offset_hours * 3600), "s")
        fine = utc + np.arange(0, 86400, 300).astype("timedelta64[s]")
        curve, top = zero + tide(station, fine), int(np.argmax(known.levels[here]))
        size.append(float(curve.max() - known.levels[here][top]))
        late.append(float((fine[int(np.argmax(curve))] - known.times[here][top]).astype(np.int64)) / 60.0)
    return np.array(size), np.array(late)


def verify(
    station: Station, series: Series, utc_offset_hours: float, leads: tuple[float, ...] = (1, 6, 12, 24)
) -> Skill:
    """Every figure of `Skill` for one station and one gauge series.

    Parameters
    ----------
    station
        Constants.
    series
        Levels, metres, UTC; mean and zero do not matter.
    utc_offset_hours
        Of the local day, hours east of UTC.
    leads
        Hours.

    Raises
    ------
    RobError
        When fewer than 48 levels are known, or the time zones do not agree.
    """
    known = series.known()
    if len(known.levels) < 48:
        raise RobError(
            series.source,
            "levels",
            f"only {len(known.levels)} levels",
            "Give at least two days of levels (48 values)",
        )
    scan = shift_scan(station, known)
    check_time_zone(station, known)
    rest = known.levels - tide(station, known.times)
    errors = {h: lead_errors(station, known, h) for h in leads}
    size, late = daily_maxima(station, known, utc_offset_hours)
    return Skill(
        values=len(known.levels),
        hours=float((known.times[-1] - known.times[0]).astype(np.int64)) / 3600.0,
        correlation=scan[0.0],
        rms_m=float(rest.std()),
        lead_rms_m={f"{h:g}": float(np.sqrt((e**2).mean())) for h, e in errors.items() if len(e)},
        lead_values={f"{h:g}": len(e) for h, e in errors.items()},
        daily_days=len(size),
        daily_mae_m=float(np.abs(size).mean()) if len(size) else float("nan"),
        daily_errors_m=tuple(round(float(e), 3) for e in size),
        daily_minutes=float(np.median(np.abs(late))) if len(late) else float("nan"),
        best_shift_hours=max(scan, key=lambda h: scan[h]),
        shift_correlation={f"{h:+g}": round(r, 3) for h, r in scan.items()},
    )
