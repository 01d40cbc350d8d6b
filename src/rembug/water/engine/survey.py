"""Reading a surveyed terrain and laying it on the platform's raster of degrees."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rembug.lib.errors import FieldFault, Invalid
from rembug.water.engine.faults import told
from rob.io.terrain import Survey, read_terrain
from rob.types import Grid

Floats = npt.NDArray[np.float64]
A, F, K0 = 6378137.0, 1 / 298.257223563, 0.9996  # WGS 84, scale of UTM
FALSE_EAST, FALSE_NORTH = 500_000.0, 10_000_000.0


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Heights in metres at asked places (NaN beyond the file), and the side of a cell of the file."""

    z: Floats
    cell_m: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What a terrain file does not say: datum, day of the survey, standard error in metres, reference system."""

    datum: str
    surveyed: str
    sigma_m: float
    crs: str = ""


def read_survey(path: Path, facts: Facts, lon: Floats, lat: Floats) -> Surveyed:
    """Return the heights of a GeoTIFF or ESRI ASCII file in UTM at places in degrees.

    Raises `Invalid` with file, field and remedy, also when the file covers none of the places.
    """
    with told():
        terrain = read_terrain(path, Survey(facts.datum, facts.surveyed, facts.sigma_m, facts.crs))
    zone, south = _zone(terrain.grid.crs, path)
    east, north = utm(lon, lat, zone, south=south)
    z = _sample(terrain.grid, np.asarray(terrain.z, float), east, north)
    if not np.isfinite(z).any():
        remedy = "Check the reference system (--crs), or use a terrain of this city"
        raise Invalid(
            f"{path}: coordinates: the terrain covers no part of the city. {remedy}.",
            faults=(FieldFault("coordinates", "outside", remedy),),
        )
    return Surveyed(z, terrain.grid.cell)


def cell_of(path: Path, facts: Facts) -> float:
    """Return the side of a cell of a terrain file, metres. Raises `Invalid` for a file that cannot be used."""
    with told():
        return read_terrain(path, Survey(facts.datum, facts.surveyed, facts.sigma_m, facts.crs)).grid.cell


def _zone(crs: str, path: Path) -> tuple[int, bool]:
    found = re.fullmatch(r"EPSG:32([67])(\d\d)", crs.strip().upper())
    if not found or not 1 <= int(found[2]) <= 60:
        remedy = "State a UTM zone, for Pekalongan --crs EPSG:32749"
        raise Invalid(
            f"{path}: crs: {crs or 'none'} is no UTM zone. {remedy}.",
            faults=(FieldFault("crs", "unknown", remedy),),
        )
    return int(found[2]), found[1] == "7"


def utm(lon: Floats, lat: Floats, zone: int, *, south: bool) -> tuple[Floats, Floats]:
    """Return metres east and north in a UTM zone (Krüger's series to the third order: below a millimetre)."""
    n = F / (2 - F)
    radius = A / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    a = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16, 13 * n**2 / 48 - 3 * n**3 / 5, 61 * n**3 / 240)
    phi, dlon = np.radians(lat), np.radians(lon - (6 * zone - 183))
    e = 2 * math.sqrt(n) / (1 + n)
    t = np.sinh(np.arctanh(np.sin(phi)) - e * np.arctanh(e * np.sin(phi)))
    xi, eta = np.arctan2(t, np.cos(dlon)), np.arctanh(np.sin(dlon) / np.sqrt(1 + t * t))
    east, north = eta.copy(), xi.copy()
    for j, one in enumerate(a, start=1):
        east += one * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
        north += one * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
    return (
        FALSE_EAST + K0 * radius * east,
        (FALSE_NORTH if south else 0.0) + K0 * radius * north,
    )


def _sample(grid: Grid, z: Floats, east: Floats, north: Floats) -> Floats:
    row = np.floor((grid.north - north) / grid.cell).astype(int)
    column = np.floor((east - grid.west) / grid.cell).astype(int)
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    found = np.full(east.shape, np.nan)
    found[inside] = z[row[inside], column[inside]]
    return found
