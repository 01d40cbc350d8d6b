"""Ground heights on a raster of degrees."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Land:
    """Ground heights on a raster of degrees: metres above mean sea level, NaN where unknown; `sea` where it is sea."""

    west: float
    north: float
    east: float
    south: float
    cell_m: float
    z: Floats
    sea: Bools
    sigma_m: float
    vertical_datum: str
    survey_date: str
    source: str

    def centres(self) -> tuple[Floats, Floats]:
        """Return longitude and latitude of every cell, shape of the raster."""
        rows, columns = self.z.shape
        lon = self.west + (np.arange(columns) + 0.5) * (self.east - self.west) / columns
        lat = self.north - (np.arange(rows) + 0.5) * (self.north - self.south) / rows
        return np.meshgrid(lon, lat)

    def metres(self, points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        """Return points in degrees as metres east and north of the south-west corner of the raster."""
        rows, columns = self.z.shape
        east = columns * self.cell_m / (self.east - self.west)
        north = rows * self.cell_m / (self.north - self.south)
        return tuple(((lon - self.west) * east, (lat - self.south) * north) for lon, lat in points)
