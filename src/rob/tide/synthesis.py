"""The predicted tide at given times."""

from __future__ import annotations

import numpy as np

from rob.kernels import tide as kernel
from rob.tide import table
from rob.types import Floats, RobError, Series, Station, Times, as_times

EPOCH = np.datetime64("1899-12-31T12:00:00", "s")


def days_of(times: Times) -> Floats:
    """Days since 1899-12-31 12:00 UTC, the epoch of the astronomical polynomials."""
    return np.ascontiguousarray((as_times(times) - EPOCH).astype(np.float64) / 86400.0)


def tide(station: Station, times: Times) -> Floats:
    """Tide above mean sea level at each time, with the nodal factors of that time.

    Parameters
    ----------
    station
        Constants, phases in UTC.
    times
        ``datetime64``, UTC, shape ``(n,)``.

    Returns
    -------
    ndarray
        Metres above mean sea level, shape ``(n,)``.

    Raises
    ------
    RobError
        When the station has no constants.

    Notes
    -----
    η(t) = Σ f_j(t) A_j cos(V_j(t) + u_j(t) − g_j), V from the mean longitudes at t (Explanatory Supplement 1961),
    f and u from the satellites of Foreman (1977).
    """
    if not station.constituents:
        raise RobError(
            station.name, "constituents", "the station has no constants", "Add at least M2, S2, K1 and O1"
        )
    out = np.empty(len(times))
    kernel.synthesise(table.build(station.constituents, station.latitude), days_of(times), out)
    return out


def span(start: str | np.datetime64, end: str | np.datetime64, minutes: int) -> Times:
    """Times from `start` to `end`, both included, every so many minutes.

    Parameters
    ----------
    start, end
        UTC.
    minutes
        Step.
    """
    first, last = as_times([start])[0], as_times([end])[0]
    return as_times(np.arange(first, last + np.timedelta64(1, "s"), np.timedelta64(minutes * 60, "s")))


def predict(station: Station, times: Times) -> Series:
    """The tide as levels above the station's gauge zero (its ``MSL`` datum added)."""
    return Series(as_times(times), station.mean_level + tide(station, times), "gauge", station.name)


def formzahl(station: Station) -> tuple[float, str]:
    """The tide type: F = (K1 + O1) / (M2 + S2) and its name (Courtier 1938).

    Returns
    -------
    tuple
        F (infinite without M2 and S2) and one of ``semidiurnal``, ``mixed, mainly semidiurnal``,
        ``mixed, mainly diurnal``, ``diurnal``.
    """
    size = {c.name: c.amplitude for c in station.constituents}
    twice = size.get("M2", 0.0) + size.get("S2", 0.0)
    once = size.get("K1", 0.0) + size.get("O1", 0.0)
    ratio = once / twice if twice > 0 else float("inf")
    names = ("semidiurnal", "mixed, mainly semidiurnal", "mixed, mainly diurnal", "diurnal")
    return ratio, names[int(np.searchsorted([0.25, 1.5, 3.0], ratio, side="right"))]
