"""L-11: the 27 real kelurahan, their codes and names, and which points lie in them."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from django.core.management import call_command
from pyogrio import raw
from shapely.geometry import shape

from rembug.places import queries
from rembug.places.tests.made import load

pytestmark = pytest.mark.django_db
FILE = "boundaries/pekalongan_kelurahan_33.75.geojson"
AREA_KM2 = 46.17


@pytest.fixture
def official(real_data: Path) -> Path:
    path = real_data / FILE
    if not path.exists():
        pytest.skip(f"{path} is absent")
    load()
    return path


def bring(path: Path) -> str:
    out = StringIO()
    call_command("places", "import", str(path), "--city", "pekalongan", "--source", "Uji", stdout=out)
    return out.getvalue()


def square_km(city: str) -> float:
    """Return the area of all kelurahan on a sphere of radius 6371.0088 km (Lambert's cylindrical projection)."""

    def equal_area(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        lon, lat = np.radians(places).T
        flat: npt.NDArray[np.float64] = 6371.0088 * np.column_stack([lon, np.sin(lat)])
        return flat

    kelurahan = queries.areas(city, level="kelurahan")
    return float(
        sum(shapely.transform(shape(queries.shape(city, a.code)), equal_area).area for a in kelurahan)
    )


def test_l11_all_27_are_matched_none_is_left_out(official: Path) -> None:
    assert bring(official).splitlines() == ["27 areas matched, 32 shapes changed"]
    assert not any(area.approximate for area in queries.areas("pekalongan"))
    assert square_km("pekalongan") == pytest.approx(AREA_KM2, rel=0.01)


def test_l11_the_same_file_again_changes_nothing(official: Path) -> None:
    bring(official)
    assert bring(official).splitlines() == ["27 areas matched, 0 shapes changed"]


def test_l11_points_in_a_polygon_get_its_code(official: Path) -> None:
    bring(official)
    random = np.random.default_rng(11)
    for feature in json.loads(official.read_text())["features"]:
        polygon = shape(feature["geometry"])
        west, south, east, north = polygon.bounds
        lons, lats = random.uniform(west, east, 200), random.uniform(south, north, 200)
        # Published shapes overlap by slivers: a point in two of them may get either code.
        core = polygon.buffer(-0.0002)
        held = shapely.contains_xy(core, lons, lats)
        assert held.any()
        codes = {hit.code for hit in queries.areas_at("pekalongan", lons[held], lats[held])}
        assert codes == {feature["properties"]["kode"]}


def test_l11_names_resolve_to_the_codes_of_the_file(official: Path) -> None:
    for feature in json.loads(official.read_text())["features"]:
        found = queries.find("pekalongan", feature["properties"]["nama"]).sure
        assert found is not None
        assert found.code == feature["properties"]["kode"]


def test_l11_a_place_in_kabupaten_pekalongan_is_accepted_and_labelled(official: Path) -> None:
    bring(official)
    wiradesa, kedungwuni = (109.623, -6.889), (109.648, -6.968)
    for place in (wiradesa, kedungwuni):
        hit = queries.area_at("pekalongan", *place)
        assert (hit.inside, hit.accepted, hit.name, hit.code) == (False, True, "luar kota", "33.75")


def test_l11_no_point_between_kelurahan_is_lost(official: Path) -> None:
    bring(official)
    whole = shape(queries.shape("pekalongan", "33.75"))
    random = np.random.default_rng(12)
    west, south, east, north = whole.bounds
    lons, lats = random.uniform(west, east, 5_000), random.uniform(south, north, 5_000)
    held = shapely.contains_xy(whole, lons, lats)
    hits = queries.areas_at("pekalongan", lons[held], lats[held])
    assert {hit.level for hit in hits} == {"kelurahan"}
    assert all(hit.inside for hit in hits)


@pytest.mark.parametrize(
    ("epsg", "driver", "suffix"),
    [(4326, "GPKG", "gpkg"), (32749, "GPKG", "gpkg"), (32749, "ESRI Shapefile", "shp")],
)
def test_l11_a_geopackage_or_shapefile_even_in_utm_gives_the_same_areas(
    official: Path, tmp_path: Path, epsg: int, driver: str, suffix: str
) -> None:
    """GDAL itself makes the file, so the reader is not judged by its own writing."""
    plain, projected = tmp_path / "plain.gpkg", tmp_path / f"batas.{suffix}"
    meta, _, shapes, columns = raw.read(official, columns=["kode", "nama"])
    kind = {"geometry_type": "MultiPolygon", "promote_to_multi": True}
    raw.write(plain, shapes, columns, meta["fields"], crs="EPSG:4326", driver="GPKG", layer="batas", **kind)
    sql = f"SELECT kode, nama, ST_Transform(geom, {epsg}) AS geom FROM batas"
    _, _, shapes, columns = raw.read(plain, sql=sql, sql_dialect="SQLITE")
    raw.write(projected, shapes, columns, meta["fields"], crs=f"EPSG:{epsg}", driver=driver, **kind)
    assert bring(projected).splitlines() == ["27 areas matched, 32 shapes changed"]
    assert square_km("pekalongan") == pytest.approx(AREA_KM2, rel=0.01)
