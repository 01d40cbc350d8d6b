"""Places that a call could look at: a raster of the city's ground with its onset levels, as learnt so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext
from numpy.typing import NDArray

from rembug.lib.errors import NotFound
from rembug.places import queries as places
from rembug.water.queries.overlay import ground_of

Floats = NDArray[np.float64]
SPACING_M = 180.0  # between candidates: a street away
MOST = 700
HIGHEST_CM = 250.0  # places that no tide of a century reaches need no eyes
DEGREE_M = 111_195.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places as columns: onset level and its error in cm, metres from the corner, degrees, area codes."""

    onset_cm: Floats
    sd_cm: Floats
    x_m: Floats
    y_m: Floats
    lon: Floats
    lat: Floats
    area: tuple[str, ...]


def candidates(city: str, area_code: str = "") -> Candidates:
    """Return places on land in the city (or in an area) that a tide can reach. Raises `NotFound` without a ground."""
    ground = ground_of(city)
    west, south, east, north = ground.box
    rows, columns = ground.onset_cm.shape
    lat = north - (np.arange(rows) + 0.5) * (north - south) / rows
    lon = west + (np.arange(columns) + 0.5) * (east - west) / columns
    high = max(round(SPACING_M / ((north - south) / rows * DEGREE_M)), 1)
    wide = max(round(SPACING_M / ((east - west) / columns * DEGREE_M * np.cos(np.radians(south)))), 1)
    at = np.ix_(np.arange(high // 2, rows, high), np.arange(wide // 2, columns, wide))
    onset = ground.onset_cm[at]
    some = np.isfinite(onset) & (onset < HIGHEST_CM) & ~ground.sea[at]
    lats, lons = (
        lat[at[0]].repeat(some.shape[1], axis=1)[some],
        lon[at[1]].repeat(some.shape[0], axis=0)[some],
    )
    hits = places.areas_at(city, lons, lats)
    inside = np.array([hit.inside and _within(hit.code, area_code) for hit in hits], dtype=np.bool_)
    if not inside.any():
        raise NotFound(gettext("Di wilayah ini tidak ada tempat yang bisa dicapai rob."))
    keep = np.flatnonzero(inside)
    keep = keep[:: max(len(keep) // MOST + 1, 1)] if len(keep) > MOST else keep
    return Candidates(
        onset_cm=onset[some][keep],
        sd_cm=np.full(len(keep), max(ground.sd_cm, 5.0)),
        x_m=(lons[keep] - west) * DEGREE_M * float(np.cos(np.radians(south))),
        y_m=(lats[keep] - south) * DEGREE_M,
        lon=lons[keep],
        lat=lats[keep],
        area=tuple(hits[place].code for place in keep.tolist()),
    )


def _within(code: str, area: str) -> bool:
    return not area or code == area or code.startswith(f"{area}.")
