"""Quality control of a gauge series: gaps, spikes, stuck values, datum jumps and drift. Gauges sink too.

Nothing is repaired silently: `check` lists what it found and `clean` removes exactly what it lists.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rob.types import Bools, Floats, RobError, Series, Times

DAY = 86400.0
MEAN_WINDOW = 25.0 * 3600.0


@dataclass(frozen=True)
class Finding:
    """One fault of a series: its kind, from when to when (UTC), its size (unit in `detail`) and a sentence."""

    kind: str
    start: np.datetime64
    end: np.datetime64
    size: float
    detail: str


def arrange(
    times: Times, levels: Floats, source: str = "series", datum: str = "gauge"
) -> tuple[Series, list[str]]:
    """A series in time order without duplicates, and what was done to get there.

    Duplicate times keep the median of their values. Infinite values become missing.

    Parameters
    ----------
    times
        UTC, in any order, shape ``(n,)``.
    levels
        Metres, same shape.
    source, datum
        File and zero of the levels.

    Raises
    ------
    RobError
        When nothing is left.
    """
    notes = []
    levels = np.where(np.isfinite(levels), levels, np.nan).astype(float)
    missing = int(np.isnan(levels).sum())
    if missing:
        notes.append(f"{missing} values without a number left out")
    times, levels = times[~np.isnan(levels)], levels[~np.isnan(levels)]
    if not len(levels):
        raise RobError(source, "levels", "no level is a number", "Check the column and the decimal sign")
    if (np.diff(times) < np.timedelta64(0, "s")).any():
        notes.append("times were not in order and have been sorted")
    unique, inverse, counts = np.unique(times, return_inverse=True, return_counts=True)
    if len(unique) < len(times):
        notes.append(f"{len(times) - len(unique)} repeated times merged by their median")
        order = np.lexsort((levels, inverse))
        first = np.concatenate(([0], np.cumsum(counts)[:-1]))
        ranked = levels[order]
        levels = 0.5 * (ranked[first + (counts - 1) // 2] + ranked[first + counts // 2])
        times = unique
    else:
        order = np.argsort(times, kind="stable")
        times, levels = times[order], levels[order]
    return Series(times, levels, datum, source), notes


def check(series: Series, tide: Floats | None = None, jump: float = 0.08) -> list[Finding]:
    """Everything suspicious in a series.

    Parameters
    ----------
    series
        In time order, no duplicates (`arrange`).
    tide
        Predicted tide at the same times, metres; with it spikes and jumps are sought in the residual, which is sharper.
    jump
        Smallest step of the daily mean that counts as a jump of the datum, metres.
    """
    seconds = series.times.astype(np.int64).astype(float)
    rest = series.levels - (0.0 if tide is None else tide)
    jumps = _jumps(series, seconds, rest, jump)
    return [
        *_gaps(series, seconds),
        *_spikes(series, rest),
        *_stuck(series, seconds),
        *jumps,
        *_drift(series, seconds, rest, jumps),
    ]


def clean(series: Series, findings: list[Finding]) -> Series:
    """The series with spikes and stuck values missing (NaN); gaps, jumps and drift are left for a person to judge."""
    levels = series.levels.copy()
    for found in findings:
        if found.kind in {"spike", "stuck"}:
            levels[(series.times >= found.start) & (series.times <= found.end)] = np.nan
    return Series(series.times, levels, series.datum, series.source)


def long_gaps(series: Series, hours: float = 24.0) -> list[str]:
    """A sentence for each gap of at least so many hours, with the file, the field and what to do."""
    seconds = series.times.astype(np.int64).astype(float)
    return [
        f"{series.source}: times: no level from {gap.start}Z to {gap.end}Z ({gap.size / 24.0:.1f} days); "
        "it stays a gap, nothing is filled in. Give the missing levels, or use one part with --from and --to."
        for gap in _gaps(series, seconds)
        if gap.size >= hours
    ]


def level(series: Series, findings: list[Finding]) -> tuple[Series, list[str]]:
    """The series with datum jumps and drift taken off, the newest zero kept, and what was done.

    Parameters
    ----------
    series
        As given to `check`.
    findings
        Of `check`; only jumps and drift are used.

    Returns
    -------
    tuple
        The levelled series (metres, above the zero that the gauge has at its end) and a sentence for each step.

    Notes
    -----
    A gauge on sinking ground shows a rising sea. Whether the ground or the sea moved, a benchmark must say; the figures
    of both stand in the sentences.
    """
    levels, notes = series.levels.copy(), []
    for found in findings:
        if found.kind == "jump":
            levels[series.times <= found.start] += found.size
            notes.append(
                f"levels up to {found.start}Z moved by {found.size:+.3f} m to the zero after the jump"
            )
        elif found.kind == "drift":
            years = (series.times - series.times[-1]).astype(np.int64) / (365.25 * DAY)
            levels -= found.size * years
            notes.append(
                f"a drift of {found.size * 1000:+.0f} mm a year taken off, zero as at {series.times[-1]}Z"
            )
    return Series(series.times, levels, series.datum, series.source), notes


def _gaps(series: Series, seconds: Floats) -> list[Finding]:
    step = np.diff(seconds)
    usual = float(np.median(step)) if len(step) else 0.0
    long = np.flatnonzero(step > max(3.0 * usual, 3600.0))
    return [
        Finding(
            "gap",
            series.times[i],
            series.times[i + 1],
            step[i] / 3600.0,
            f"no value for {step[i] / 3600.0:.1f} h",
        )
        for i in long
    ]


def _spikes(series: Series, rest: Floats) -> list[Finding]:
    """A value that leaves its neighbours by more than 6 robust deviations and 15 cm, and comes back at once."""
    if len(rest) < 7:
        return []
    around = np.stack([np.roll(rest, k) for k in (-2, -1, 1, 2)])
    away = rest - np.median(around, axis=0)
    away[:2] = away[-2:] = 0.0
    # A jump of the datum leaves one neighbour only; a spike leaves both, to the same side.
    left, right = rest - np.roll(rest, 1), rest - np.roll(rest, -1)
    away = np.where(left * right > 0, np.sign(away) * np.minimum(np.abs(left), np.abs(right)), 0.0) * (
        away != 0.0
    )
    limit = max(0.15, 6.0 * 1.4826 * float(np.median(np.abs(away))))
    return [
        Finding(
            "spike",
            series.times[i],
            series.times[i],
            float(away[i]),
            f"{away[i]:+.2f} m away from its neighbours",
        )
        for i in np.flatnonzero(np.abs(away) > limit)
    ]


def _runs(same: Bools) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], same.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _stuck(series: Series, seconds: Floats) -> list[Finding]:
    """The same number for three hours or more: no tide stands still so long on this coast."""
    found = []
    for first, last in _runs(np.diff(series.levels) == 0.0):
        hours = (seconds[last] - seconds[first]) / 3600.0
        if hours >= 3.0 and last - first >= 4:
            found.append(
                Finding(
                    "stuck", series.times[first], series.times[last], hours, f"same value for {hours:.1f} h"
                )
            )
    return found


def running_mean(seconds: Floats, values: Floats, window: float = MEAN_WINDOW) -> Floats:
    """Mean of the values in the `window` seconds up to and including each time.

    Parameters
    ----------
    seconds
        In order, shape ``(n,)``.
    values
        Same shape.
    window
        Seconds.

    Returns
    -------
    ndarray
        Shape ``(n,)``.
    """
    first = np.searchsorted(seconds, seconds - window, side="right")
    total = np.concatenate(([0.0], np.cumsum(values)))
    count = np.arange(1, len(values) + 1) - first
    return np.asarray((total[1:] - total[first]) / count, float)


def _jumps(series: Series, seconds: Floats, rest: Floats, jump: float) -> list[Finding]:
    """A step between the mean of the 25 h before and of the 25 h after, larger than `jump` and six times its error."""
    if len(rest) < 20 or seconds[-1] - seconds[0] < 4 * MEAN_WINDOW:
        return []
    before = running_mean(seconds, rest)
    after = -running_mean(-seconds[::-1], -rest[::-1])[::-1]
    step = after[1:] - before[:-1]
    inside = (seconds[:-1] - seconds[0] > MEAN_WINDOW) & (seconds[-1] - seconds[1:] > MEAN_WINDOW)
    usual = 1.4826 * float(np.median(np.abs(step[inside]))) if inside.any() else 0.0
    big = inside & (np.abs(step) > max(jump, 6.0 * usual))
    found = []
    for first, last in _runs(big):
        at = first + int(np.argmax(np.abs(step[first:last])))
        found.append(
            Finding(
                "jump",
                series.times[at],
                series.times[at + 1],
                float(step[at]),
                f"level steps by {step[at]:+.2f} m",
            )
        )
    return found


def _drift(series: Series, seconds: Floats, rest: Floats, jumps: list[Finding]) -> list[Finding]:
    """A trend of the daily means over at least a year: a sinking gauge shows as a rising sea.

    Season and steps of the zero are fitted with it, so that neither is taken for sinking.
    """
    if seconds[-1] - seconds[0] < 365.0 * DAY:
        return []
    day = (seconds // DAY).astype(np.int64)
    days, inverse = np.unique(day, return_inverse=True)
    mean = np.bincount(inverse, rest) / np.bincount(inverse)
    years = (days - days[0]) / 365.25
    angle = 2.0 * np.pi * years
    steps = [days * DAY > float(found.start.astype(np.int64)) for found in jumps]
    design = np.stack([np.ones_like(years), years, np.cos(angle), np.sin(angle), *steps], axis=1).astype(
        float
    )
    fit, *_ = np.linalg.lstsq(design, mean, rcond=None)
    scatter = float(np.std(mean - design @ fit))
    # Daily means of the sea remember about ten days.
    error = scatter * np.sqrt(10.0 * float(np.linalg.pinv(design.T @ design)[1, 1]))
    if abs(fit[1]) < max(0.01, 3.0 * error):
        return []
    detail = f"level drifts by {fit[1] * 1000:+.0f} mm a year; the gauge may sink or its zero may move"
    return [Finding("drift", series.times[0], series.times[-1], float(fit[1]), detail)]
