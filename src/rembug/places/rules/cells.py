"""H3 cells: the one spatial index that every database has. A cell is its usual text, for example `898c10c2a1bffff`."""

from collections.abc import Iterable, Mapping
from typing import Any

import h3

FINE = 9  # edge about 200 m: a group of streets


def cell(lon: float, lat: float, resolution: int = FINE) -> str:
    """Return the cell of a place in degrees (longitude first). Raises ValueError off the Earth."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"no place on Earth: longitude {lon}, latitude {lat}")
    return str(h3.latlng_to_cell(lat, lon, resolution))


def cells(lons: Iterable[float], lats: Iterable[float], resolution: int = FINE) -> list[str]:
    """Return the cells of many places."""
    of = h3.latlng_to_cell
    return [of(lat, lon, resolution) for lon, lat in zip(lons, lats, strict=True)]


def inside(geometry: Mapping[str, Any], resolution: int = FINE) -> frozenset[str]:
    """Return the cells whose centre lies in a GeoJSON polygon or multipolygon (degrees, longitude first)."""
    return frozenset(h3.geo_to_cells(geometry, resolution))


def neighbours(of: str, steps: int = 1) -> list[str]:
    """Return the cell and all within so many steps, sorted (7 for one step, 19 for two)."""
    return sorted(h3.grid_disk(of, steps))


def parent(of: str, resolution: int) -> str:
    """Return the coarser cell that holds this one. H3 children overlap their parent's edge a little."""
    return str(h3.cell_to_parent(of, resolution))


def centre(of: str) -> tuple[float, float]:
    """Return longitude and latitude of the cell's centre in degrees."""
    lat, lon = h3.cell_to_latlng(of)
    return lon, lat


def edge_m(resolution: int) -> float:
    """Return the average edge of a cell in metres."""
    return float(h3.average_hexagon_edge_length(resolution, unit="m"))
