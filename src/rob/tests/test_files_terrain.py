"""Terrain and report files: what they hold, and every fault with its remedy."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from rob.io.reports import read_reports
from rob.io.terrain import Survey, read_raster, read_terrain, write_raster
from rob.learning.reports import Kind
from rob.types import Grid, RobError

SURVEY = Survey("MSL", "2021-06-01", 0.1)
GRID = Grid(2, 3, 5.0, 100.0, 210.0, "EPSG:32749")
ASC = "ncols 3\nnrows 2\nxllcorner 100\nyllcorner 200\ncellsize 5\nNODATA_value -9999\n1 2 3\n4 -9999 6\n"


def file(folder: Path, text: str, name: str = "ground.asc") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text)
    return path


def test_an_ascii_grid_is_read_with_its_holes(tmp_path: Path) -> None:
    ground = read_terrain(file(tmp_path, ASC), SURVEY)
    assert ground.grid == Grid(2, 3, 5.0, 100.0, 210.0, "")
    assert np.isnan(ground.z[1, 1])
    assert ground.z[0].tolist() == [1.0, 2.0, 3.0]
    assert ground.grid.cell_at(112.0, 203.0) == (1, 2)


def test_a_row_of_two_values_without_a_height_is_no_header(tmp_path: Path) -> None:
    text = ASC.replace("ncols 3", "ncols 2").replace("1 2 3\n4 -9999 6", "nan 2\n4 6")
    _, z = read_raster(file(tmp_path, text))
    assert np.isnan(z[0, 0])
    assert z[1].tolist() == [4.0, 6.0]


def test_a_map_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_raster(tmp_path / "a.asc", GRID, np.array([["x"]]))  # type: ignore[arg-type, unused-ignore]
    assert list(tmp_path.iterdir()) == []


def test_a_geotiff_is_written_and_read_again(tmp_path: Path) -> None:
    pytest.importorskip("rasterio")
    z = np.array([[1.0, 2.0, 3.0], [4.0, np.nan, 6.0]])
    write_raster(tmp_path / "ground.tif", GRID, z)
    grid, again = read_raster(tmp_path / "ground.tif")
    assert grid == GRID
    assert np.array_equal(np.isnan(again), np.isnan(z))
    assert np.nanmax(np.abs(again - z)) < 1e-6


def test_without_rasterio_the_message_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(RobError, match=r"rasterio: the package is not installed.*rembug\[rob-terrain\]"):
        read_raster(file(tmp_path, "x", "ground.tif"))


def test_a_geotiff_in_degrees_or_without_square_cells_is_refused(tmp_path: Path) -> None:
    rasterio = pytest.importorskip("rasterio")
    for crs, height, problem in (
        ("EPSG:4326", 1.0, "is in degrees"),
        ("EPSG:32749", 2.0, "cells are not square"),
    ):
        place = rasterio.Affine(1.0, 0.0, 7.0, 0.0, -height, 9.0)
        with rasterio.open(
            tmp_path / "a.tif", "w", height=2, width=2, count=1, dtype="float32", crs=crs, transform=place
        ) as out:
            out.write(np.zeros((2, 2), "float32"), 1)
        with pytest.raises(RobError, match=problem):
            read_raster(tmp_path / "a.tif")
    with pytest.raises(RobError, match="not readable as GeoTIFF"):
        read_raster(file(tmp_path, "no", "b.tif"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ASC.replace("ncols 3\n", ""), "ncols: the header lacks it"),
        (ASC.replace("cellsize 5", "cellsize five"), "cellsize: 'five' is not a number"),
        (ASC.replace("cellsize 5", "cellsize -5"), "cellsize: -5 cannot be"),
        (ASC.replace("ncols 3", "ncols 2.5"), "ncols: 2.5 cannot be"),
        (ASC.replace("ncols 3", "ncols nan"), "ncols: nan cannot be"),
        (ASC.replace("ncols 3", "ncols 9e15"), "ncols: 9e.15 cannot be"),
        (ASC.replace("xllcorner 100", "xllcorner inf"), "xllcorner: inf cannot be"),
        (ASC.replace("4 -9999 6", "4"), "4 values for 2 × 3 cells"),
        (ASC.replace("4 -9999 6", "4 x 6"), "values: some are not numbers"),
        (ASC.replace("NODATA_value -9999", "NODATA_value -1"), "a height of 9999"),
        (ASC.replace("1 2 3\n4 -9999 6", "-9999 " * 6), "no cell has a height"),
    ],
)
def test_a_faulty_grid_names_file_field_and_remedy(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(RobError, match=problem) as fault:
        read_terrain(file(tmp_path, text), SURVEY)
    assert "ground.asc" in str(fault.value)


@pytest.mark.parametrize(
    ("survey", "problem"),
    [
        (Survey("", "2021-06-01"), "vertical_datum: the terrain has no vertical datum"),
        (Survey("MSL", ""), "survey_date: '' is not a day"),
        (Survey("MSL", "2021-06-01", -1.0), "sigma: -1 m. State the standard error of a height"),
    ],
)
def test_a_terrain_without_datum_or_day_means_nothing(tmp_path: Path, survey: Survey, problem: str) -> None:
    with pytest.raises(RobError, match=problem):
        read_terrain(file(tmp_path, ASC), survey)


def test_a_file_of_another_kind_or_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RobError, match="there is no such file"):
        read_raster(tmp_path / "absent.asc")
    with pytest.raises(RobError, match=r"\.laz is not a raster"):
        read_raster(file(tmp_path, "x", "ground.laz"))


REPORTS = (
    "x,y,time,kind,depth,prior,quarter\n"
    "101,209,2026-06-15 20:00,depth,0.4,0.7,2\n112,203,2026-06-15 21:30,dry,,,\n"
)


def test_reports_are_placed_on_the_grid_and_in_time(tmp_path: Path) -> None:
    told = read_reports(file(tmp_path, REPORTS, "r.csv"), GRID, 7.0)
    assert [(r.row, r.column, r.hours, r.kind) for r in told.reports] == [
        (0, 0, 0.0, Kind.DEPTH),
        (1, 2, 1.5, Kind.DRY),
    ]
    assert told.quarters == (2, 0)
    assert str(told.times[0]) == "2026-06-15T13:00:00"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("101,209", "1,209", "line 2: coordinates:"),
        ("depth,0.4", "deep,0.4", "line 2: report: 'deep' is not .*Use kind depth, dry or above"),
        ("0.4", "9.4", "line 2: depth: 9.4 m"),
        ("0.7", "1.7", "line 2: prior: 1.7 is no probability"),
        ("kind", "what", "kind: the column is missing"),
        ("0.4,0.7,2", "0.4,0.7,two", "line 2: quarter: 'two' is no whole number"),
        ("depth,0.4", "depth,", "line 2: depth: depth says no depth"),
        ("101,209", "nan,209", r"line 2: coordinates: \(nan, 209\) lies outside"),
        (REPORTS.split("\n", 1)[1], "", "file: there is no report in it"),
    ],
)
def test_a_faulty_report_names_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(RobError, match=problem):
        read_reports(file(tmp_path, REPORTS.replace(old, new, 1), "r.csv"), GRID, 7.0)
    with pytest.raises(RobError, match="there is no such file"):
        read_reports(tmp_path / "absent.csv", GRID, 7.0)
