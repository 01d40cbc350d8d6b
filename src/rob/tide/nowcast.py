"""What the sea does beyond the tide: the residual now, its decay, and how sure a forecast of it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rob.tide.quality import MEAN_WINDOW
from rob.tide.synthesis import tide
from rob.types import Floats, RobError, Series, Station, Times, as_times

HOUR = 3600.0


@dataclass(frozen=True)
class Climate:
    """Residuals to expect when nothing newer is known: mean and standard deviation of each calendar month, metres.

    The defaults are for a coast without a gauge: no mean, and the 0.10 m spread of daily sea level that a monsoon
    coast of the Java Sea shows around its tide.
    """

    mean: tuple[float, ...] = (0.0,) * 12
    sigma: tuple[float, ...] = (0.10,) * 12


@dataclass(frozen=True)
class Residual:
    """The state of the residual at one moment.

    Attributes
    ----------
    at
        Time of the last value used, UTC.
    mean
        Mean of the hourly residuals of the 25 hours before, metres. It also absorbs an unknown zero of the gauge.
    last
        Mean residual of the last hour, metres.
    hours
        Hourly mean residuals by age, 25 values, the newest first, metres; NaN where the gauge was silent.
    """

    at: np.datetime64
    mean: float
    last: float
    hours: tuple[float, ...] = (float("nan"),) * 25


@dataclass(frozen=True)
class Rule:
    """How a residual fades.

    Attributes
    ----------
    hours
        e-folding time of the departure of the last value from the 25-hour mean.
    days
        e-folding time of the mean towards the climate.
    repeat
        Share of yesterday's departure at the same hour that returns (constants of another decade leave a part of
        the diurnal tide in the residual); it falls by the same share each further day.
    sigma
        Standard error of the forecast level at the leads of `lead_hours`, metres.
    """

    hours: float = 4.0
    days: float = 5.0
    repeat: float = 0.5
    lead_hours: tuple[float, ...] = (1.0, 6.0, 12.0, 24.0, 48.0, 168.0)
    sigma: tuple[float, ...] = (0.055, 0.062, 0.062, 0.065, 0.075, 0.10)


@dataclass(frozen=True)
class Forecast:
    """A forecast level and its standard error, metres above the zero of the gauge, at UTC times."""

    times: Times
    levels: Floats
    sigma: Floats
    tide: Floats
    basis: str
    issued: np.datetime64
    input_age_hours: float
    notes: tuple[str, ...] = field(default=())


def observe(station: Station, series: Series, at: np.datetime64, hours_needed: int = 16) -> Residual | None:
    """The residual state from the 25 hours up to `at`.

    Each hour counts once, however many values it holds: after a gap the mean would else lean to the part of the day
    that was measured. None when fewer than `hours_needed` of the 25 hours hold a value.

    Parameters
    ----------
    station
        Constants.
    series
        Levels above the gauge zero, metres, UTC.
    at
        UTC; nothing later is used.
    hours_needed
        Hours of the 25 that must hold a value.
    """
    first, last = np.searchsorted(
        series.times, [at - np.timedelta64(int(MEAN_WINDOW), "s"), at], side="right"
    )
    window = Series(series.times[first:last], series.levels[first:last]).known()
    return settle(window.times, window.levels - tide(station, window.times), at, hours_needed)


def settle(times: Times, rest: Floats, at: np.datetime64, hours_needed: int = 16) -> Residual | None:
    """The residual state at `at` from residuals (metres) at UTC times in order; see `observe`.

    Parameters
    ----------
    times
        UTC, in order, shape ``(n,)``.
    rest
        Residuals, metres, same shape.
    at
        UTC; nothing later is used.
    hours_needed
        Hours of the 25 that must hold a value.
    """
    first, last = np.searchsorted(times, [at - np.timedelta64(int(MEAN_WINDOW), "s"), at], side="right")
    times, rest = times[first:last], rest[first:last]
    if len(times) == 0:
        return None
    age = ((times[-1] - times).astype(np.int64) // int(HOUR)).clip(0, 24)
    count = np.bincount(age, minlength=25)
    if int((count > 0).sum()) < hours_needed:
        return None
    hourly = np.bincount(age, rest, minlength=25) / np.where(count > 0, count, np.nan)
    return Residual(times[-1], float(np.nanmean(hourly)), float(hourly[0]), tuple(hourly.tolist()))


def expected(state: Residual, rule: Rule, lead_hours: Floats, climate_mean: Floats | float) -> Floats:
    """Expected residual `lead_hours` after `state.at`, metres.

    The last departure fades within hours, the mean towards `climate_mean` within days, and a part of the departure
    that the same hour showed yesterday returns.

    Parameters
    ----------
    state
        The residual now.
    rule
        How it fades.
    lead_hours
        Hours after `state.at`, shape ``(n,)``.
    climate_mean
        What the mean fades to, metres, one number or shape ``(n,)``.

    Returns
    -------
    ndarray
        Metres, shape ``(n,)``.
    """
    slow = climate_mean + (state.mean - climate_mean) * np.exp(-lead_hours / (24.0 * rule.days))
    fresh = np.exp(-lead_hours / rule.hours)
    same_hour = np.round((-lead_hours) % 24.0).astype(np.int64)
    again = np.nan_to_num(np.array(state.hours) - state.mean)[same_hour]
    share = rule.repeat ** np.maximum(np.ceil(lead_hours / 24.0 - 1e-9), 1.0)
    return np.asarray(slow + (state.last - state.mean) * fresh + share * again * (1.0 - fresh), float)


def forecast(
    station: Station,
    times: Times,
    *,
    issued: np.datetime64,
    gauge: Series | None = None,
    last: Residual | None = None,
    climate: Climate | None = None,
    rule: Rule | None = None,
) -> Forecast:
    """Level at future times, by the best of three bases that the inputs allow.

    Parameters
    ----------
    station
        Constants.
    times
        UTC, all after `issued`.
    issued
        When the forecast is made (UTC); nothing later than this is used.
    gauge
        Recent levels above the gauge zero. Fresh when 16 of its last 25 hours hold a value and the newest is at most
        six hours old.
    last
        A residual kept from earlier, used when the gauge is silent.
    climate, rule
        Climatological residual and fading rule.

    Returns
    -------
    Forecast
        `basis` is ``gauge and tide``, ``tide and last residual`` or ``tide and climate``.

    Raises
    ------
    RobError
        When a time is not after `issued`.
    """
    times, climate, rule = as_times(times), climate or Climate(), rule or Rule()
    if len(times) == 0 or (times <= issued).any():
        raise RobError(
            "forecast", "times", "every time must be after the time of issue", "Ask for future times"
        )
    state, basis = _basis(station, gauge, last, issued)
    curve = tide(station, times)
    month = times.astype("datetime64[M]").astype(np.int64) % 12
    normal, spread = np.array(climate.mean)[month], np.array(climate.sigma)[month]
    if state is None:
        zero = station.mean_level
        return Forecast(times, zero + curve + normal, spread, curve, basis, issued, float("inf"))
    age = float((issued - state.at) / np.timedelta64(1, "s")) / HOUR
    lead = (times - state.at).astype(np.int64) / HOUR
    # A gauge without a datum fixes its own zero: its mean residual holds zero and season, and must not fade.
    target = normal + station.mean_level if "MSL" in station.datums else state.mean
    rest = expected(state, rule, lead, target)
    sigma = np.minimum(np.interp(lead, rule.lead_hours, rule.sigma), np.maximum(spread, max(rule.sigma)))
    return Forecast(times, curve + rest, sigma, curve, basis, issued, age)


def _basis(
    station: Station, gauge: Series | None, last: Residual | None, issued: np.datetime64
) -> tuple[Residual | None, str]:
    state = observe(station, gauge, issued) if gauge is not None else None
    if state is not None and issued - state.at <= np.timedelta64(6 * 3600, "s"):
        return state, "gauge and tide"
    kept = state or last
    if kept is not None and issued - kept.at <= np.timedelta64(7 * 86400, "s"):
        return kept, "tide and last residual"
    return None, "tide and climate"


def learn_climate(station: Station, series: Series) -> Climate:
    """Monthly mean and spread of the residual of a long series; months with under 10 days keep the default.

    The mean of the whole series is removed first, so that a gauge's zero is not taken for a season.
    """
    known = series.known()
    rest = known.levels - tide(station, known.times)
    rest = rest - rest.mean()
    month = known.times.astype("datetime64[M]").astype(np.int64) % 12
    day = known.times.astype("datetime64[D]").astype(np.int64)
    mean, sigma = list(Climate().mean), list(Climate().sigma)
    for m in range(12):
        here = month == m
        if len(np.unique(day[here])) >= 10:
            mean[m], sigma[m] = float(rest[here].mean()), float(max(rest[here].std(), 0.02))
    return Climate(tuple(mean), tuple(sigma))


def exceedance(levels: Floats, sigma: Floats, threshold: float) -> Floats:
    """Probability that the level passes `threshold` at each time: 1 − Φ((threshold − level) / σ) (Dusek 2022).

    Parameters
    ----------
    levels, sigma
        Forecast and its standard error, metres, shape ``(n,)``.
    threshold
        Metres, same zero as the levels.

    Returns
    -------
    ndarray
        0 to 1, shape ``(n,)``.
    """
    # Φ by the complementary error function of Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
    x = (threshold - levels) / (np.maximum(sigma, 1e-9) * np.sqrt(2.0))
    t = 1.0 / (1.0 + 0.3275911 * np.abs(x))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    tail = poly * np.exp(-x * x)
    return np.asarray(np.where(x >= 0, 0.5 * tail, 1.0 - 0.5 * tail), float)
