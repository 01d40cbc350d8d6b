"""An illustrative plain for a city without a survey: always the same from the same lines, and never measured."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from rembug.lib.pack.water_types import Ground, Point

METRES_PER_DEGREE = 111_320.0
SEA_M = -1.0
EDGE_M = 250.0  # within this distance of its edge a hollow rises to the plain
WAVES = ((0.9, 410.0, 0.3), (2.1, 640.0, 1.7), (0.2, 980.0, 4.1), (1.4, 1500.0, 2.6), (2.7, 260.0, 5.2))
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Raster:
    """A raster of degrees with square cells."""

    west: float
    north: float
    east: float
    south: float
    cell_m: float
    rows: int
    columns: int

    @classmethod
    def over(cls, box: tuple[float, float, float, float], cell_m: float) -> "Raster":
        """Return the raster that covers a box (west, south, east, north)."""
        west, south, east, north = box
        wide = METRES_PER_DEGREE * np.cos(np.radians((south + north) / 2))
        columns = int(np.ceil((east - west) * wide / cell_m))
        rows = int(np.ceil((north - south) * METRES_PER_DEGREE / cell_m))
        return cls(
            west,
            north,
            west + columns * cell_m / wide,
            north - rows * cell_m / METRES_PER_DEGREE,
            cell_m,
            rows,
            columns,
        )

    def centres(self) -> tuple[Floats, Floats]:
        """Return longitude and latitude of every cell."""
        lon = self.west + (np.arange(self.columns) + 0.5) * (self.east - self.west) / self.columns
        lat = self.north - (np.arange(self.rows) + 0.5) * (self.north - self.south) / self.rows
        return np.meshgrid(lon, lat)


def plain(raster: Raster, ground: Ground, shapes: Mapping[str, BaseGeometry]) -> tuple[Floats, Bools]:
    """Return heights in metres above mean sea level, and where the sea is: north of the coast, outside all areas."""
    lon, lat = raster.centres()
    east = (lon - raster.west) * METRES_PER_DEGREE * np.cos(np.radians(raster.south))
    north = (lat - raster.south) * METRES_PER_DEGREE
    shore = _shore(lon, ground.coast)
    inland_km = (shore - lat) * METRES_PER_DEGREE / 1000
    z = ground.north_m + ground.rise_m_per_km * np.maximum(inland_km, 0.0)
    for angle, length, phase in WAVES:
        along = east * np.cos(angle) + north * np.sin(angle)
        z += ground.roughness_m / np.sqrt(len(WAVES)) * np.sin(2 * np.pi * along / length + phase)
    for hollow in ground.hollows:
        if hollow.area in shapes:
            z -= hollow.depth_m * _inside(shapes[hollow.area], lon, lat)
    sea = sea_of(raster, ground.coast, shapes)
    return np.asarray(np.round(np.where(sea, SEA_M, z), 2), float), sea


def sea_of(raster: Raster, coast: tuple[Point, ...], shapes: Mapping[str, BaseGeometry]) -> Bools:
    """Return where the sea is: north of the coast and outside all areas."""
    lon, lat = raster.centres()
    city = shapely.union_all(list(shapes.values())) if shapes else shapely.Point()
    return np.asarray((lat > _shore(lon, coast)) & ~shapely.contains_xy(city, lon, lat), bool)


def _shore(lon: Floats, coast: tuple[Point, ...]) -> Floats:
    line = np.array(sorted(coast))
    return np.asarray(np.interp(lon, line[:, 0], line[:, 1]), float)


def _inside(area: BaseGeometry, lon: Floats, lat: Floats) -> Floats:
    """Return 1 well inside an area, 0 outside, rising from its edge inwards."""
    share = np.zeros(lon.shape)
    within = shapely.contains_xy(area, lon, lat)
    away = shapely.distance(area.boundary, shapely.points(lon[within], lat[within])) * METRES_PER_DEGREE
    share[within] = np.minimum(away / EDGE_M, 1.0)
    return share
