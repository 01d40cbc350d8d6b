"""Files of gauge levels, their faults, and constants fitted to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rembug.water.engine.faults import told
from rembug.water.engine.tide import moments, station_of
from rob.io.series import Layout, read_series
from rob.tide.fit import Place, fit
from rob.tide.nowcast import learn_climate
from rob.tide.quality import check, clean
from rob.tide.synthesis import tide
from rob.tide.verify import check_time_zone
from rob.types import Series, Station


@dataclass(frozen=True, slots=True)
class Row:
    """One level in metres above the gauge's zero; `fault` where it is not to be used."""

    at: datetime
    level_m: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Levels in order of time and what was found about them, in sentences."""

    rows: tuple[Row, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """Constants fitted to a city's own gauge, as a station is stored, with climate and what was noted."""

    data: dict[str, Any]
    climate: dict[str, list[float]]
    rms_m: float
    notes: tuple[str, ...]


def read_levels(path: Path, layout: Mapping[str, Any], station: Mapping[str, Any]) -> Read:
    """Read a series (CSV, IOC or BMKG JSON, UTide or T_TIDE examples) and judge each value against the tide.

    `layout`: `utc_offset` (hours), `unit`, `time`, `level`. Raises `Invalid` with file, field and remedy.
    """
    with told():
        series, remarks = read_series(path, Layout(**layout))
        predicted = tide(station_of(station), series.times)
        # A borrowed tide may be wrong by decimetres: then spikes show better against the raw neighbours.
        found = check(series, predicted if station["trust"] == "measured" else None)
        good = clean(series, found)
    kind = np.full(len(series.times), "", object)
    for finding in found:
        if finding.kind in {"spike", "stuck"}:
            kind[(series.times >= finding.start) & (series.times <= finding.end)] = finding.kind
    told_of = [f"{one.kind}: {str(one.start)[:16]}Z: {one.detail}" for one in found]
    rows = [
        Row(datetime.fromtimestamp(second, UTC), level, fault if np.isnan(kept) else "")
        for second, level, kept, fault in zip(
            series.times.astype(np.int64).tolist(),
            series.levels.tolist(),
            good.levels,
            kind.tolist(),
            strict=True,
        )
    ]
    return Read(tuple(rows), (*remarks, *told_of))


def fit_own(
    times: Sequence[datetime],
    levels_m: Sequence[float],
    station: Mapping[str, Any],
    source: str,
    licence: str,
) -> Own:
    """Fit constants to the city's own levels; what a short record cannot tell is borrowed from the present station.

    Raises `Invalid` when the record is too short, or when its times look like another time zone's.
    """
    series = Series(moments(times), np.asarray(levels_m, float), "gauge", "levels")
    neighbour = station_of(station)
    with told():
        if station["trust"] == "measured":
            check_time_zone(neighbour, series)
        place = Place(station["name"], station["lat"], station["lon"], source, licence)
        found = fit(series, place, neighbour)
        climate = learn_climate(found.station, series)
    return Own(
        _plain(found.station, station, source, licence, series),
        {"mean_m": list(climate.mean), "sigma_m": list(climate.sigma)},
        found.rms,
        found.notes,
    )


def fit_few(
    times: Sequence[datetime],
    levels_m: Sequence[float],
    names: Sequence[str],
    like: Mapping[str, Any],
    told_as: str,
) -> dict[str, Any]:
    """Fit only these constituents by least squares, as a station: for a made-up sea, which has no others.

    A real gauge is fitted by `fit_own`, which guards against what goes wrong with short records.
    """
    columns = []
    for name in names:
        for phase in (0.0, 90.0):
            unit = {**like, "constituents": {name: (1.0, phase)}, "phase_reference": "UTC"}
            columns.append(tide(station_of(unit), moments(times)))
    design = np.stack([*columns, np.ones(len(times))], axis=1)
    found, *_ = np.linalg.lstsq(design, np.asarray(levels_m, float), rcond=None)
    pairs = found[:-1].reshape(-1, 2)
    return {
        **like,
        "name": told_as,
        "phase_reference": "UTC",
        "source": told_as,
        "licence": "CC0",
        "period": "",
        "trust": "low",
        "msl_m": round(float(found[-1]), 4),
        "borrowed_sigma_m": 0.0,
        "constituents": {
            name: [
                round(float(np.hypot(*pair)), 4),
                round(float(np.degrees(np.arctan2(pair[1], pair[0]))) % 360, 1),
            ]
            for name, pair in zip(names, pairs, strict=True)
        },
    }


def _plain(
    own: Station, before: Mapping[str, Any], source: str, licence: str, series: Series
) -> dict[str, Any]:
    return {
        "code": before["code"],
        "name": str(before["name"]).partition(" (")[0],
        "lon": before["lon"],
        "lat": before["lat"],
        "phase_reference": "UTC",
        "source": source,
        "licence": licence,
        "period": f"{str(series.times[0])[:10]} – {str(series.times[-1])[:10]}",
        "trust": own.trust,
        "msl_m": round(own.mean_level, 4),
        "borrowed_sigma_m": 0.0,
        "constituents": {c.name: [round(c.amplitude, 4), round(c.phase, 1)] for c in own.constituents},
    }
