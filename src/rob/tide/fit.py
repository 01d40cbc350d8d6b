"""Constants from a gauge series, through `utide`, behind guards for what goes wrong when it is called plainly.

The traps, each with its guard, are in ``docs/algorithms/rob-tide.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rob.tide import table
from rob.tide.synthesis import formzahl, tide
from rob.types import Constituent, Floats, RobError, Series, Station, Times

SHORTEST = 14.5
INFER_BELOW = 183.0
ANNUAL_FROM = 330.0
TREND_FROM = 730.0
ANNUAL = ("SA", "SSA")
# Inseparable from their partner within half a year; on short records their ratio is a neighbour's.
INFERRED = (("P1", "K1"), ("S1", "K1"), ("K2", "S2"), ("T2", "S2"))


@dataclass(frozen=True)
class Fit:
    """Constants of a series.

    Attributes
    ----------
    station
        Constants in metres and UTC; ``MSL`` is the mean of the fit above the gauge zero.
    error
        Half width of the 95 % interval of each amplitude, metres.
    rms
        Root mean square of what the tide does not explain, metres.
    trend
        Metres a year; zero on records under two years. Not part of the constants.
    notes
        What was forced, inferred, borrowed or left out, in sentences.
    """

    station: Station
    error: dict[str, float]
    rms: float
    trend: float
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a gauge stands and whose its series is."""

    name: str
    latitude: float
    longitude: float
    source: str = "own gauge"
    licence: str = "not stated"


def fit(series: Series, place: Place, neighbour: Station | None = None, guards: bool = True) -> Fit:
    """Fit the constants of a series.

    Parameters
    ----------
    series
        Levels in metres at UTC times, after quality control.
    place
        Name, position, source and licence for the station.
    neighbour
        Constants of the nearest good station: gives SA and SSA to records under 330 days, and the ratios of P1, S1,
        K2 and T2 to records under 183 days.
    guards
        False fits exactly as ``utide.solve(constit="auto", trend=True)``, for comparison with published results.

    Raises
    ------
    RobError
        When the record is shorter than 14.5 days, mostly missing, or needs a neighbour that is not given.
    """
    known = series.known()
    days = float((known.times[-1] - known.times[0]).astype(np.int64)) / 86400.0 if len(known.times) else 0.0
    _check_length(series, known, days)
    if not guards:
        return _finish(
            _solve(known, known.levels, place.latitude, None, None, True),
            known,
            place,
            (),
            ["fitted without guards"],
        )
    notes: list[str] = []
    levels, borrowed = _without_annual(known, days, neighbour, notes)
    infer = _inference(days, neighbour, notes, series.source)
    names = _names(known, levels, place.latitude, days, infer, notes)
    found = _solve(known, levels, place.latitude, names, infer, days >= TREND_FROM)
    return _finish(found, known, place, borrowed, notes)


def _check_length(series: Series, known: Series, days: float) -> None:
    if days < SHORTEST:
        raise RobError(
            series.source,
            "times",
            f"the record covers {days:.1f} days",
            f"Give at least {SHORTEST} days; a year gives constants that last",
        )
    step = float(np.median(np.diff(known.times).astype(np.int64)))
    share = len(known.times) * step / (days * 86400.0)
    if share < 0.5:
        raise RobError(
            series.source,
            "levels",
            f"only {share:.0%} of the record is there",
            "Fit a part of it with fewer gaps (--from, --to)",
        )


def _without_annual(
    known: Series, days: float, neighbour: Station | None, notes: list[str]
) -> tuple[Floats, tuple[Constituent, ...]]:
    """Levels less the neighbour's SA and SSA when the record is too short for its own."""
    if days >= ANNUAL_FROM:
        return known.levels, ()
    ours = () if neighbour is None else tuple(c for c in neighbour.constituents if c.name in ANNUAL)
    if neighbour is None or not ours:
        notes.append("SA and SSA are missing: the record is under 330 days and no neighbour gives them")
        return known.levels, ()
    notes.append(f"SA and SSA borrowed from {neighbour.name}: the record is under 330 days")
    part = Station(neighbour.name, neighbour.latitude, neighbour.longitude, ours)
    return known.levels - tide(part, known.times), ours


def _inference(
    days: float, neighbour: Station | None, notes: list[str], source: str
) -> dict[str, list[Any]] | None:
    if days >= INFER_BELOW:
        return None
    if neighbour is None:
        raise RobError(
            source,
            "times",
            f"{days:.0f} days cannot separate P1 from K1 nor K2 from S2",
            "Give a neighbour station (--neighbour), or a record of at least 183 days",
        )
    theirs = {c.name: c for c in neighbour.constituents}
    pairs = [(a, b) for a, b in INFERRED if a in theirs and b in theirs and theirs[b].amplitude > 0]
    notes.append(f"{', '.join(a for a, _ in pairs)} inferred with the ratios of {neighbour.name}")
    return {
        "inferred_names": [a for a, _ in pairs],
        "reference_names": [b for _, b in pairs],
        "amp_ratios": [theirs[a].amplitude / theirs[b].amplitude for a, b in pairs],
        "phase_offsets": [theirs[b].phase - theirs[a].phase for a, b in pairs],
    }


def _names(
    known: Series,
    levels: Floats,
    latitude: float,
    days: float,
    infer: dict[str, list[Any]] | None,
    notes: list[str],
) -> list[str]:
    """The constituents that the record can separate, with SA and SSA forced when it is long enough to hold them."""
    found = [str(n) for n in _solve(known, levels, latitude, None, None, False)["name"]]
    # Faster than the sampling can show: `utide` would fit such a constituent to nothing and predict metres of it.
    fastest = 0.45 * 86400.0 / float(np.median(np.diff(known.times).astype(np.int64)))
    unseen = [n for n in found if n in table.known() and table.speed(n) > fastest]
    if unseen:
        notes.append(f"{', '.join(unseen)} left out: too fast for the step of the series")
    found = [n for n in found if n not in unseen]
    names = [
        n
        for n in found
        if n in table.known() and n not in (infer or {"inferred_names": []})["inferred_names"]
    ]
    if days >= ANNUAL_FROM:
        forced = [n for n in ANNUAL if n not in names]
        if forced:
            notes.append(f"{' and '.join(forced)} forced: a year's record leaves them out by a hair")
        return names + forced
    # A record under a year mixes the seasons into anything slower than a fortnight.
    slow = [n for n in names if abs(table.speed(n)) < 1.0 / 20.0 and days < INFER_BELOW]
    return [n for n in names if n not in slow and n not in ANNUAL]


def python_days(times: Times) -> Floats:
    """Proleptic day numbers (1 January of year 1 is day 1), as `utide` counts with ``epoch="python"``."""
    return np.asarray((times - np.datetime64("0001-01-01", "s")).astype(np.int64) / 86400.0 + 1.0, float)


def _solve(
    known: Series,
    levels: Floats,
    latitude: float,
    names: list[str] | None,
    infer: dict[str, list[Any]] | None,
    trend: bool,
) -> Any:
    # Imported here: utide pulls in SciPy and is only needed by who fits, not by who predicts.
    try:
        import utide  # noqa: PLC0415
    except ImportError:
        raise RobError(
            "fit", "utide", "the package is not installed", "Install it: pip install 'rembug[rob-fit]'"
        ) from None
    return utide.solve(
        python_days(known.times),
        levels,
        lat=latitude,
        constit=names or "auto",
        infer=utide.utilities.Bunch(**infer) if infer else None,
        method="ols",
        conf_int="linear",
        trend=trend,
        epoch="python",
        verbose=False,
    )


def _finish(
    found: Any, known: Series, place: Place, borrowed: tuple[Constituent, ...], notes: list[str]
) -> Fit:
    own = tuple(
        Constituent(str(name), float(a), float(g) % 360.0)
        for name, a, g in zip(found["name"], found["A"], found["g"], strict=True)
        if str(name) in table.known() and np.isfinite(a)
    )
    first, last = known.times[0].astype("datetime64[D]"), known.times[-1].astype("datetime64[D]")
    station = Station(
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        constituents=own + borrowed,
        datums={"MSL": float(found["mean"])},
        source=place.source,
        licence=place.licence,
        period=f"{first} to {last}",
        trust="low" if (last - first).astype(int) < INFER_BELOW else "measured",
    )
    ratio, kind = formzahl(station)
    notes.append(f"tide type {kind} (F = {ratio:.2f})")
    slope = float(found["slope"]) * 365.25 if "slope" in found else 0.0
    rest = known.levels - tide(station, known.times)
    rest = (
        rest - np.polyval(np.polyfit(np.arange(len(rest)), rest, 1), np.arange(len(rest))) if slope else rest
    )
    error = {str(n): float(e) for n, e in zip(found["name"], found["A_ci"], strict=True)}
    return Fit(station, error, float(rest.std()), slope, tuple(notes))
