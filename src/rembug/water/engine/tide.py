"""Tide, residual and forecast of a city's sea."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from rembug.water.engine.faults import told
from rob.io.stations import phase_hours
from rob.tide import nowcast, table
from rob.tide.extremes import turning_points
from rob.tide.synthesis import formzahl, tide
from rob.types import Constituent, Series, Station

STEP_S = 1800
SOURCES = {
    "gauge and tide": "gauge+tide",
    "tide and last residual": "tide+last residual",
    "tide and climate": "tide+climatology",
}
# A coast's sea level keeps its departure from the mean for weeks, not days (Dusek 2022 persists the monthly anomaly).
# Tried on Honolulu, April to June 2010, after a fit to January to March: see docs/algorithms/water-forecast.md.
RULE = nowcast.Rule(days=30.0)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gauge:
    """Levels in metres above the gauge's zero at UTC times in order."""

    times: Sequence[datetime]
    levels: Sequence[float]


@dataclass(frozen=True, slots=True)
class Residual:
    """The residual at one moment, as it is kept between forecasts (metres)."""

    at: datetime
    mean: float
    last: float
    hours: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """A forecast in metres above mean sea level, its high waters, and what it rests on."""

    times: tuple[datetime, ...]
    levels: Floats
    sigma: Floats
    crests: tuple[tuple[datetime, float, float], ...]
    source: str
    gauge_at: datetime | None
    state: Residual | None


def station_of(data: Mapping[str, Any]) -> Station:
    """Return the engine's station from what the pack or a fit says."""
    with told():
        hours = phase_hours(data["phase_reference"], data["name"])
        found = []
        for name, (amplitude, phase) in data["constituents"].items():
            own = table.canonical(name)
            if own is not None:
                turn = table.speed(own) * 360.0 * hours / 24.0
                found.append(Constituent(own, amplitude, (phase - turn) % 360.0))
        datums = {"MSL": float(data["msl_m"])}
        return Station(data["name"], data["lat"], data["lon"], tuple(found), datums, trust=data["trust"])


def type_of(data: Mapping[str, Any]) -> tuple[float, str]:
    """Return the Formzahl and the name of the tide type that the constants give."""
    with told():
        ratio, name = formzahl(station_of(data))
        return min(ratio, 999.0), name


def tide_at(data: Mapping[str, Any], times: Sequence[datetime]) -> Floats:
    """Return the tide at moments, metres above mean sea level."""
    with told():
        return np.asarray(tide(station_of(data), moments(times)), float)


def predict(
    data: Mapping[str, Any],
    climate: tuple[Sequence[float], Sequence[float]],
    issued: datetime,
    hours: int,
    gauge: Gauge | None = None,
    last: Residual | None = None,
) -> Predicted:
    """Return the level of the coming hours by the best basis that the inputs allow.

    `climate`: mean and standard deviation of the residual by month, metres. The order of bases is the engine's: fresh
    gauge and tide, tide and the last residual (at most seven days old), tide and climate.
    """
    station = station_of(data)
    first = int(issued.timestamp()) // STEP_S * STEP_S + STEP_S
    times = np.array([first + n * STEP_S for n in range(hours * 3600 // STEP_S)], dtype="datetime64[s]")
    series = None
    if gauge is not None and len(gauge.times):
        series = Series(moments(gauge.times), np.asarray(gauge.levels, float))
    kept = None if last is None else _state(last)
    at = moments([issued])[0]
    with told():
        found = nowcast.forecast(
            station,
            times,
            issued=at,
            gauge=series,
            last=kept,
            climate=nowcast.Climate(tuple(climate[0]), tuple(climate[1])),
            rule=RULE,
        )
        state = nowcast.observe(station, series, at) if series is not None else None
        above = found.levels - station.mean_level
        highs = turning_points(times, above).highs()
    state = state or kept
    used = None if found.basis == "tide and climate" or state is None else _aware(state.at)
    sigma = np.interp(highs.times.astype(float), times.astype(float), found.sigma)
    return Predicted(
        times=tuple(_aware(time) for time in times),
        levels=np.asarray(above, float),
        sigma=np.asarray(found.sigma, float),
        crests=tuple(
            (_aware(t), float(h), float(s)) for t, h, s in zip(highs.times, highs.levels, sigma, strict=True)
        ),
        source=SOURCES[found.basis],
        gauge_at=used,
        state=None if state is None else _kept(state),
    )


def moments(times: Sequence[datetime]) -> Any:
    """Return moments as the engine counts them: seconds, UTC."""
    return np.array([int(time.timestamp()) for time in times], dtype="datetime64[s]")


def _aware(time: Any) -> datetime:
    return datetime.fromtimestamp(int(time.astype("datetime64[s]").astype(np.int64)), UTC)


def _kept(state: nowcast.Residual) -> Residual:
    hours = tuple(None if np.isnan(hour) else round(float(hour), 4) for hour in state.hours)
    return Residual(_aware(state.at), round(state.mean, 4), round(state.last, 4), hours)


def _state(kept: Residual) -> nowcast.Residual:
    hours = tuple(float("nan") if hour is None else hour for hour in kept.hours)
    return nowcast.Residual(moments([kept.at])[0], kept.mean, kept.last, hours)
