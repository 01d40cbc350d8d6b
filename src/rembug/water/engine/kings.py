"""King tides from the curve."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rembug.water.engine.faults import told
from rembug.water.engine.tide import station_of
from rob.tide.extremes import king_tides


def kings(
    data: Mapping[str, Any], start: datetime, end: datetime, count: int
) -> list[tuple[datetime, float]]:
    """Return the highest waters between two instants, highest first: instant and centimetres above mean sea level.

    They lie at least two days apart: neighbouring tides of one spring are one occasion to look.
    """
    with told():
        station = station_of(data)
        found = king_tides(station, _text(start), _text(end), count, 2.0)
    msl = float(data.get("msl_m", 0.0))
    return [
        (datetime.fromtimestamp(int(at), UTC), round((float(level) - msl) * 100, 1))
        for at, level in zip(found.times.astype("datetime64[s]").astype(int), found.levels, strict=True)
    ]


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
