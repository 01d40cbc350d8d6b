"""``rob tide``: predict, high waters, datums, king tides, forecast, fit."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

import numpy as np

from rob.cli import show
from rob.io.out import STATIONS, check_new
from rob.io.stations import read_station, write_station
from rob.tide import extremes, quality
from rob.tide.fit import Fit, Place, fit
from rob.tide.nowcast import exceedance, forecast
from rob.tide.synthesis import formzahl, predict, span, tide
from rob.tide.verify import check_time_zone
from rob.types import RobError, Series, Station

WHATS = ("predict", "waters", "datums", "months", "years", "kings", "forecast", "fit", "check")


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "tide", help="tide curve, high waters, datums, king tides, forecast, fit of constants"
    )
    parser.add_argument("what", choices=WHATS)
    parser.add_argument("file", help="station file, or the gauge series for fit")
    parser.add_argument(
        "--from",
        dest="start",
        help="first UTC time (1 January of this year); of the series for fit and check",
    )
    parser.add_argument("--to", dest="end", help="last UTC time (a year later)")
    parser.add_argument("--minutes", type=int, default=60, help="step of predict and forecast")
    parser.add_argument("--count", type=int, default=10, help="number of king tides")
    parser.add_argument("--gauge", help="recent levels, for forecast and check")
    parser.add_argument(
        "--threshold", type=float, help="level whose passing probability the forecast adds, metres"
    )
    parser.add_argument("--neighbour", help="station whose ratios and annual tide a short record borrows")
    parser.add_argument("--name", default="own gauge", help="name of the fitted station")
    parser.add_argument("--latitude", type=float, default=None)
    parser.add_argument("--longitude", type=float, default=None)
    parser.add_argument("--source", default="own gauge")
    parser.add_argument("--licence", default="not stated")
    parser.add_argument(
        "--plain", action="store_true", help="fit without guards, to compare with published constants"
    )
    parser.add_argument("--out", help="station file to write (fit)")
    parser.add_argument(
        "--level",
        action="store_true",
        help="fit: take datum jumps and drift off first, keeping the newest zero",
    )
    show.add_series(parser, spans=False)
    show.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run ``rob tide``."""
    if options.what == "fit":
        _fit(options)
        return
    station = read_station(options.file)
    {"predict": _predict, "datums": _datums, "forecast": _forecast, "check": _check}.get(
        options.what, _waters
    )(options, station)


def _span(options: argparse.Namespace) -> tuple[np.datetime64, np.datetime64]:
    year = np.datetime64("now", "Y")
    start = show.moment(options.start or f"{year}-01-01", "--from")
    end = show.moment(options.end, "--to") if options.end else start + np.timedelta64(365, "D")
    if not start < end or options.minutes < 1:
        raise RobError("--from, --to", "time", f"{start} to {end} is no span", "Let --to be after --from")
    return start, end


def _predict(options: argparse.Namespace, station: Station) -> None:
    found = predict(station, span(*_span(options), options.minutes))
    rows = [(f"{t}Z", float(v)) for t, v in zip(found.times, found.levels, strict=True)]
    result = {"station": station.name, "times": found.times, "levels_m": np.round(found.levels, 4)}
    show.tell(options, result, lambda: show.table(("time", "level m"), rows))


def _waters(options: argparse.Namespace, station: Station) -> None:
    start, end = (str(t) for t in _span(options))
    found = {
        "waters": lambda: extremes.waters(station, start, end),
        "months": lambda: extremes.maxima(station, start, end, "M"),
        "years": lambda: extremes.maxima(station, start, end, "Y"),
        "kings": lambda: extremes.king_tides(station, start, end, options.count),
    }[options.what]()
    kinds = ["high" if high else "low" for high in found.high]
    rows = [(f"{t}Z", float(v), k) for t, v, k in zip(found.times, found.levels, kinds, strict=True)]
    result = {
        "station": station.name,
        "times": found.times,
        "levels_m": np.round(found.levels, 4),
        "kinds": kinds,
    }
    show.tell(options, result, lambda: show.table(("time", "level m", "water"), rows))


def _datums(options: argparse.Namespace, station: Station) -> None:
    found = extremes.datums(station)
    ratio, kind = formzahl(station)
    result = {"station": station.name, "datums_m": found, "formzahl": ratio, "type": kind}
    rows = [(name, level) for name, level in sorted(found.items(), key=lambda pair: -pair[1])]
    show.tell(options, result, lambda: show.table(("datum", "m"), rows) + f"\nF = {ratio:.2f}, {kind}")


def _forecast(options: argparse.Namespace, station: Station) -> None:
    start, end = _span(options)
    gauge = show.series(options, options.gauge, cut=False)[0] if options.gauge else None
    if gauge is not None and np.ptp(gauge.known().times) >= np.timedelta64(3, "D"):
        check_time_zone(station, gauge)
    times = span(start, end, options.minutes)[1:]
    found = forecast(station, times, issued=start, gauge=gauge)
    result = dataclasses.asdict(found) | {"station": station.name}
    if options.threshold is not None:
        result["probability"] = exceedance(found.levels, found.sigma, options.threshold)
    rows = [(f"{t}Z", float(v), float(s)) for t, v, s in zip(times, found.levels, found.sigma, strict=True)]
    show.tell(options, result, lambda: f"{found.basis}\n" + show.table(("time", "level m", "± m"), rows))


def _check(options: argparse.Namespace, station: Station) -> None:
    if not options.gauge:
        raise RobError("rob tide check", "--gauge", "no series given", "Add --gauge FILE")
    series, notes = show.series(options, options.gauge)
    found = quality.check(series, tide(station, series.times))
    if np.ptp(series.known().times) >= np.timedelta64(3, "D"):
        check_time_zone(station, series)
    rows = [(f.kind, f"{f.start}Z", f"{f.end}Z", f.detail) for f in found]
    result = {"notes": notes, "findings": [dataclasses.asdict(f) for f in found]}
    text = show.table(("kind", "from", "to", "what"), rows)
    show.tell(options, result, lambda: "\n".join([*notes, text]))


def _constants(
    options: argparse.Namespace, series: Series, place: Place, neighbour: Station | None, notes: list[str]
) -> tuple[Fit, list[str]]:
    """Fit, look for faults again in what the fit leaves, and fit what is clean."""
    guards = not options.plain
    first = fit(quality.clean(series, quality.check(series)), place, neighbour, guards=guards)
    findings = quality.check(series, tide(first.station, series.times))
    clean, told = (
        quality.clean(series, findings),
        [f"{f.kind}: {f.detail}" for f in findings if f.kind != "gap"],
    )
    if options.level:
        clean, levelled = quality.level(clean, findings)
        told += levelled
    return fit(clean, place, neighbour, guards=guards), [*notes, *told]


def _fit(options: argparse.Namespace) -> None:
    out = check_new(options.out, STATIONS)
    if options.latitude is None or options.longitude is None:
        raise RobError(
            "rob tide fit", "--latitude", "the place is missing", "Add --latitude and --longitude (degrees)"
        )
    series, notes = show.series(options, options.file)
    place = Place(options.name, options.latitude, options.longitude, options.source, options.licence)
    neighbour = read_station(options.neighbour) if options.neighbour else None
    found, notes = _constants(options, series, place, neighbour, notes)
    if out is not None:
        write_station(found.station, out)
    rows = [
        (c.name, c.amplitude, c.phase, found.error.get(c.name, float("nan")))
        for c in found.station.constituents
    ]
    result = {
        "notes": [*notes, *found.notes],
        "rms_m": found.rms,
        "trend_m_per_year": found.trend,
    } | dataclasses.asdict(found.station)
    show.tell(
        options,
        result,
        lambda: "\n".join(
            [
                *notes,
                *found.notes,
                show.table(("name", "m", "degrees UTC", "± m"), sorted(rows, key=lambda r: -r[1])),
            ]
        ),
    )
