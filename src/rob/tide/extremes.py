"""High and low waters, tidal datums, monthly and yearly maxima, king tides: all from the curve, none from the moon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rob.tide.synthesis import span, tide
from rob.types import Bools, Floats, RobError, Station, Times, as_times


@dataclass(frozen=True)
class Waters:
    """High and low waters in time order.

    Attributes
    ----------
    times
        ``datetime64[s]``, UTC.
    levels
        Metres, same zero as the curve they were found on.
    high
        True for a high water, False for a low one.
    """

    times: Times
    levels: Floats
    high: Bools

    def highs(self) -> Waters:
        """Only the high waters."""
        return Waters(self.times[self.high], self.levels[self.high], self.high[self.high])

    def lows(self) -> Waters:
        """Only the low waters."""
        return Waters(self.times[~self.high], self.levels[~self.high], self.high[~self.high])


def turning_points(times: Times, levels: Floats) -> Waters:
    """High and low waters of an evenly spaced curve, refined by a parabola through three points.

    Parameters
    ----------
    times
        ``datetime64``, evenly spaced, at most an hour apart.
    levels
        Metres, no missing values.

    Raises
    ------
    RobError
        When there are missing values, fewer than three, or steps of different length.
    """
    times, levels = as_times(times), np.asarray(levels, float)
    steps = np.diff(times)
    if len(levels) < 3 or not np.isfinite(levels).all() or (steps != steps[0]).any():
        raise RobError(
            "curve",
            "times",
            "high and low waters need at least three evenly spaced levels without gaps",
            "Predict the curve with a fixed step, or use the quality control to fill the gaps",
        )
    rise, fall = levels[1:-1] - levels[:-2], levels[1:-1] - levels[2:]
    found = np.flatnonzero(((rise > 0) & (fall >= 0)) | ((rise < 0) & (fall <= 0)))
    a, b = rise[found], fall[found]
    shift = 0.5 * (a - b) / (a + b)
    seconds = shift * float(steps[0].astype(np.int64))
    at = times[found + 1] + np.round(seconds).astype("timedelta64[s]")
    return Waters(at, levels[found + 1] + 0.25 * (a - b) * shift, a > 0)


def waters(
    station: Station, start: str | np.datetime64, end: str | np.datetime64, minutes: int = 10
) -> Waters:
    """High and low waters of the predicted tide between two UTC times; levels above the gauge zero, metres.

    Parameters
    ----------
    station
        Constants.
    start, end
        UTC.
    minutes
        Step of the curve on which they are sought.

    Raises
    ------
    RobError
        When the station has no constants or the span is shorter than three steps.
    """
    times = span(start, end, minutes)
    return turning_points(times, station.mean_level + tide(station, times))


def datums(station: Station, start: str = "2008-01-01", years: int = 19) -> dict[str, float]:
    """Tidal datums of the predicted curve, metres above the gauge zero.

    Parameters
    ----------
    station
        Constants.
    start
        First day (UTC).
    years
        Length; 19 years hold one whole nodal cycle.

    Returns
    -------
    dict
        ``LAT, MLLW, MLW, MSL, MTL, MHW, MHHW, HAT`` and ``GT`` (great diurnal range). Higher high water and lower
        low water are those of each lunar day, here a window of 24 h 50 min (NOAA, *Tidal Datums*, 2000).
    """
    first = np.datetime64(start, "Y")
    times = span(first.astype("datetime64[s]"), (first + years).astype("datetime64[s]"), 20)
    curve = station.mean_level + tide(station, times)
    found = turning_points(times, curve)
    day = ((found.times - times[0]).astype(np.int64) // 89400).astype(np.int64)
    higher = _per_day(day[found.high], found.levels[found.high], np.maximum)
    lower = _per_day(day[~found.high], found.levels[~found.high], np.minimum)
    high, low = float(found.highs().levels.mean()), float(found.lows().levels.mean())
    return {
        "LAT": float(found.levels.min()),
        "MLLW": lower,
        "MLW": low,
        "MSL": station.mean_level,
        "MTL": 0.5 * (high + low),
        "MHW": high,
        "MHHW": higher,
        "HAT": float(found.levels.max()),
        "GT": higher - lower,
    }


def _per_day(day: np.ndarray, levels: Floats, best: np.ufunc) -> float:
    edges = np.flatnonzero(np.diff(day, prepend=day[0] - 1))
    return float(best.reduceat(levels, edges).mean())


def maxima(station: Station, start: str, end: str, period: str = "M", minutes: int = 10) -> Waters:
    """The highest water of each month (``"M"``), year (``"Y"``) or UTC day (``"D"``); levels above the gauge zero.

    Parameters
    ----------
    station
        Constants.
    start, end
        UTC.
    period
        ``"M"``, ``"Y"`` or ``"D"``, of the UTC calendar.
    minutes
        Step of the curve.

    Raises
    ------
    RobError
        As `waters`.
    """
    found = waters(station, start, end, minutes).highs()
    group = found.times.astype(f"datetime64[{period}]").astype(np.int64)
    order = np.lexsort((found.levels, group))
    last = np.flatnonzero(np.diff(group[order], append=group[order][-1] + 1))
    pick = np.sort(order[last])
    return Waters(found.times[pick], found.levels[pick], found.high[pick])


def king_tides(station: Station, start: str, end: str, count: int = 10, days_apart: float = 5.0) -> Waters:
    """The `count` highest waters of a period, highest first, at least `days_apart` from one another.

    Ranked from the synthesised curve: on a coast rich in K1 the greatest tides follow the moon's declination and the
    solstices rather than its phase.

    Parameters
    ----------
    station
        Constants.
    start, end
        UTC.
    count
        How many at most.
    days_apart
        Least distance between two, days.

    Raises
    ------
    RobError
        As `waters`.
    """
    found = waters(station, start, end).highs()
    chosen: list[int] = []
    for index in np.argsort(-found.levels, kind="stable"):
        gaps = (
            np.abs((found.times[chosen] - found.times[index]).astype(np.int64))
            if chosen
            else np.array([1 << 60])
        )
        if gaps.min() >= days_apart * 86400:
            chosen.append(int(index))
        if len(chosen) == count:
            break
    return Waters(found.times[chosen], found.levels[chosen], found.high[chosen])
