"""S-03: GDAL's own client of OGC API - Features, which QGIS uses, reads a running site page by page."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from tests.support.site import Site

pytestmark = pytest.mark.slow


def ask(city: Site, path: str) -> dict[str, Any]:
    """Ask the site for JSON."""
    with urllib.request.urlopen(f"{city.url}/ogc/{path}", timeout=30) as answer:
        return dict(json.load(answer))


@pytest.fixture(scope="module")
def largest(city: Site) -> tuple[str, int]:
    """The collection with the most rows, and how many."""
    names = [one["id"] for one in ask(city, "collections")["collections"]]
    sizes = {name: int(ask(city, f"collections/{name}/items?limit=1")["numberMatched"]) for name in names}
    name = max(sizes, key=lambda one: sizes[one])
    return name, sizes[name]


def read(city: Site, layer: str, **options: Any) -> tuple[Any, Any, Any]:
    """Read a layer through GDAL; return its fields, points and columns."""
    meta, _, geometry, columns = pyogrio.raw.read(f"OAPIF:{city.url}/ogc", layer=layer, **options)
    return meta, shapely.from_wkb(geometry), columns


def test_gdal_lists_every_collection(city: Site) -> None:
    found = {str(name) for name, _ in pyogrio.list_layers(f"OAPIF:{city.url}/ogc")}
    assert found == {one["id"] for one in ask(city, "collections")["collections"]}


def test_gdal_reads_every_row_once_across_pages(city: Site, largest: tuple[str, int]) -> None:
    name, count = largest
    assert count > 100  # more than one page
    meta, points, columns = read(city, name)
    assert len(points) == count
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert len(set(fields["id"])) == count
    assert {"category", "observed_at", "probability"} <= set(fields)
    assert shapely.total_bounds(points) == pytest.approx([109.68, -6.89, 109.68, -6.89], abs=0.1)
    assert "4326" in str(meta["crs"]) or "CRS84" in str(meta["crs"])


def test_gdal_asks_for_a_box_and_gets_what_lies_in_it(city: Site, largest: tuple[str, int]) -> None:
    name, count = largest
    _, points, _ = read(city, name)
    lons = np.sort(shapely.get_x(points))
    west, east = float(lons[0]), float(lons[len(lons) // 2])
    _, inside, _ = read(city, name, bbox=(west, -7.5, east, -6.0))
    assert 0 < len(inside) < count
    assert shapely.get_x(inside).max() <= east + 1e-9
    assert len(inside) == int((shapely.get_x(points) <= east).sum())
