"""What outside readers make of our files: frictionless, GDAL, Arrow (S-04, S-05)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from django.test import Client
from frictionless import Package, system

from rembug.evidence.tests import work
from rembug.people.models import Body

pytestmark = pytest.mark.slow


@pytest.fixture
def package(client: Client, body: Body, tmp_path: Path) -> Path:
    """The unpacked package of a small version."""
    for number in range(4):
        work.report(number, text='Air "masuk", =1+1\nlewat pintu', setting=("street", "house")[number % 2])
    work.judge()
    slug = work.question(body, "Rob di kota")
    work.frozen_version(body, slug)
    data = work.download(client, f"/data/kumpulan/{slug}/1/package/")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extractall(tmp_path / "package")
    return tmp_path / "package"


@pytest.mark.filterwarnings("default")  # of frictionless' own
def test_frictionless_finds_nothing_wrong_and_every_hash_matches(package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_text())
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for one in described["resources"]:
        data = (package / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["bytes"] == len(data)
    with system.use_context(trusted=True):
        whole = Package(str(package / "datapackage.json"))
        report = whole.get_table_resource("rob-di-kota-csv").validate()
    assert report.valid, report.flatten(["message"])
    assert report.stats["errors"] == 0
    assert len(whole.resources) == 4


def test_geoparquet_says_what_it_holds(package: Path) -> None:
    table = pq.read_table(package / "rob-di-kota-v1.parquet")
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    points = shapely.from_wkb(table.column("geometry").to_pylist())
    assert [point.x for point in points] == pytest.approx(table.column("lon").to_pylist())
    assert geo["columns"]["geometry"]["bbox"] == pytest.approx(shapely.total_bounds(points).tolist())


def test_gdal_reads_the_same_rows_from_every_file(package: Path) -> None:
    sizes = set()
    for ending in ("gpkg", "geojson"):
        info = pyogrio.read_info(package / f"rob-di-kota-v1.{ending}", force_feature_count=True)
        sizes.add(info["features"])
        assert info["geometry_type"] == "Point"
    assert sizes == {4}


def test_geojson_keeps_to_the_standard(package: Path) -> None:
    body = json.loads((package / "rob-di-kota-v1.geojson").read_text())
    assert set(body) == {"type", "features"}
    for feature in body["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert 109 < lon < 110
        assert -7 < lat < -6
