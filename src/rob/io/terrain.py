"""Terrain files: ESRI ASCII without any dependency, GeoTIFF and COG through rasterio."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from rob.types import Floats, Grid, RobError, Terrain

RASTERS = (".asc", ".tif", ".tiff")
HEADER = (
    "ncols", "nrows", "cellsize", "xllcorner", "yllcorner", "xllcenter", "yllcenter", "nodata_value", "dx", "dy",
)  # fmt: skip
LARGEST = 400_000_000
"""Cells of the largest grid that is read."""


@dataclass(frozen=True)
class Survey:
    """What a terrain file does not say: zero of the heights, ISO day of the survey, standard error (m), CRS."""

    vertical_datum: str
    survey_date: str
    sigma: float = 0.0
    crs: str = ""


def read_terrain(path: Path | str, survey: Survey) -> Terrain:
    """Ground heights from ``.asc``, ``.tif`` or ``.tiff``.

    Raises
    ------
    RobError
        When the datum or the day of the survey is missing (without them a height means nothing: datums differ by
        metres and the ground sinks by decimetres), or the file cannot be read.
    """
    path = Path(path)
    _check(survey, str(path))
    grid, z = read_raster(path, survey.crs)
    if not np.isfinite(z).any():
        raise RobError(str(path), "heights", "no cell has a height", "Check the nodata value")
    highest = float(np.nanmax(np.abs(z)))
    if highest > 1000.0:
        raise RobError(
            str(path),
            "heights",
            f"a height of {highest:g}",
            "Set the nodata value in the file; give heights in metres",
        )
    return Terrain(grid, z, survey.vertical_datum, survey.survey_date, survey.sigma, str(path))


def _check(survey: Survey, source: str) -> None:
    if not survey.vertical_datum.strip():
        raise RobError(
            source,
            "vertical_datum",
            "the terrain has no vertical datum",
            'State it, for instance "MSL", "EGM2008", "INAGEOID2020"',
        )
    try:
        day = date.fromisoformat(survey.survey_date)
    except ValueError:
        raise RobError(
            source,
            "survey_date",
            f"{survey.survey_date!r} is not a day",
            'State when it was surveyed, as "2021-06-01"',
        ) from None
    if day.year < 1950:
        raise RobError(source, "survey_date", f"{day} is too long ago", "Check the year")
    if not 0.0 <= survey.sigma <= 20.0:
        raise RobError(
            source, "sigma", f"{survey.sigma:g} m", "State the standard error of a height in metres"
        )


def read_raster(path: Path, crs: str = "") -> tuple[Grid, Floats]:
    """Grid and values of a raster file; nodata becomes NaN.

    Parameters
    ----------
    path
        ``.asc``, ``.tif`` or ``.tiff``; square cells, north up, in metres.
    crs
        Reference system of an ``.asc``, which names none.

    Raises
    ------
    RobError
        When the file is absent, of another kind, damaged, in degrees, or not square.
    """
    if not path.is_file():
        raise RobError(str(path), "file", "there is no such file", "Check the path")
    if path.suffix.lower() in {".tif", ".tiff"}:
        return _geotiff(path)
    if path.suffix.lower() == ".asc":
        return _ascii(path, crs)
    raise RobError(
        str(path), "file", f"{path.suffix or 'no ending'} is not a raster", "Use .asc, .tif or .tiff"
    )


def _ascii(path: Path, crs: str) -> tuple[Grid, Floats]:
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    head = _header(lines, path)
    rows, columns, cell = int(head["nrows"]), int(head["ncols"]), head["cellsize"]
    try:
        values = np.array(" ".join(lines[len(head) :]).split(), float)
    except ValueError:
        raise RobError(str(path), "values", "some are not numbers", "Export the grid again") from None
    if len(values) != rows * columns:
        raise RobError(
            str(path),
            "values",
            f"{len(values)} values for {rows} × {columns} cells",
            "Export the grid again, whole",
        )
    z = values.reshape(rows, columns)
    z[z == head.get("nodata_value", -9999.0)] = np.nan
    west = head.get("xllcorner", head.get("xllcenter", 0.0) - (cell / 2 if "xllcenter" in head else 0.0))
    south = head.get("yllcorner", head.get("yllcenter", 0.0) - (cell / 2 if "yllcenter" in head else 0.0))
    return Grid(rows, columns, cell, west, south + rows * cell, crs), z


def _header(lines: list[str], path: Path) -> dict[str, float]:
    """The header of an ESRI ASCII grid, every number of it possible."""
    head: dict[str, float] = {}
    while len(head) < len(lines) and (found := re.fullmatch(r"\s*([A-Za-z_]+)\s+(\S+)\s*", lines[len(head)])):
        if found[1].lower() not in HEADER:
            break
        try:
            head[found[1].lower()] = float(found[2])
        except ValueError:
            raise RobError(
                str(path), found[1], f"{found[2]!r} is not a number", "Correct the header"
            ) from None
    need = [key for key in ("ncols", "nrows", "cellsize") if key not in head]
    if need:
        raise RobError(str(path), need[0], "the header lacks it", "Export the grid again as ESRI ASCII")
    bad = [key for key, value in head.items() if not np.isfinite(value) and key != "nodata_value"]
    bad += [key for key in ("ncols", "nrows", "cellsize") if key not in bad and not head[key] > 0.0]
    bad += [key for key in ("ncols", "nrows") if key not in bad and head[key] % 1.0]
    if bad or head["ncols"] * head["nrows"] > LARGEST:
        name = bad[0] if bad else "ncols"
        raise RobError(
            str(path), name, f"{head[name]:g} cannot be", "Correct the header, or export the grid again"
        )
    return head


def _rasterio(path: Path) -> Any:
    # Imported here: GDAL is only needed by who reads or writes GeoTIFF.
    try:
        import rasterio  # noqa: PLC0415
    except ImportError:
        raise RobError(
            str(path),
            "rasterio",
            "the package is not installed",
            "Install it: pip install 'rembug[rob-terrain]', or use .asc",
        ) from None
    return rasterio


def _geotiff(path: Path) -> tuple[Grid, Floats]:
    rasterio = _rasterio(path)
    try:
        with rasterio.open(path) as file:
            z = file.read(1, masked=True).astype(float).filled(np.nan)
            place, crs = file.transform, file.crs
    except rasterio.errors.RasterioIOError as fault:
        raise RobError(str(path), "file", f"not readable as GeoTIFF ({fault})", "Export it again") from None
    if place.b or place.d or abs(place.a + place.e) > 1e-9 * abs(place.a):
        raise RobError(
            str(path), "transform", "cells are not square and north-up", "Warp it to square cells in UTM"
        )
    if crs is not None and crs.is_geographic:
        raise RobError(
            str(path),
            "crs",
            f"{crs.to_string()} is in degrees",
            "Warp it to metres, for Pekalongan EPSG:32749 (UTM 49S)",
        )
    return Grid(z.shape[0], z.shape[1], place.a, place.c, place.f, crs.to_string() if crs else ""), z


def write_raster(path: Path, grid: Grid, values: Floats) -> None:
    """Write a map, whole or not at all.

    Parameters
    ----------
    path
        ``.asc`` (three decimals) or ``.tif`` (a cloud-optimised GeoTIFF, float32).
    grid
        Where the cells lie.
    values
        Shape of the grid; what is not finite is written as no data.

    Raises
    ------
    RobError
        When rasterio is needed and not installed.
    """
    handle, name = tempfile.mkstemp(prefix=".rob-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        (_write_ascii if path.suffix.lower() == ".asc" else _write_geotiff)(Path(name), grid, values)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_ascii(path: Path, grid: Grid, values: Floats) -> None:
    south = grid.north - grid.rows * grid.cell
    head = (
        f"ncols {grid.columns}\nnrows {grid.rows}\nxllcorner {grid.west!r}\nyllcorner {south!r}\n"
        f"cellsize {grid.cell!r}\nNODATA_value -9999\n"
    )
    body = np.where(np.isfinite(values), values, -9999.0)
    path.write_text(
        head + "\n".join(" ".join(f"{v:.3f}" for v in row) for row in body) + "\n", encoding="ascii"
    )


def _write_geotiff(path: Path, grid: Grid, values: Floats) -> None:
    rasterio = _rasterio(path)
    with rasterio.open(
        path,
        "w",
        driver="COG",
        height=grid.rows,
        width=grid.columns,
        count=1,
        dtype="float32",
        crs=grid.crs or None,
        transform=rasterio.Affine(grid.cell, 0.0, grid.west, 0.0, -grid.cell, grid.north),
        nodata=float("nan"),
        compress="deflate",
    ) as file:
        file.write(np.where(np.isfinite(values), values, np.nan).astype(np.float32), 1)
