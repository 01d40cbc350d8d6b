"""Boundary files that cannot be read say what to do; nothing is imported."""

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command
from pyogrio import raw

from rembug.places import queries
from rembug.places.tests.made import SMALL, load

pytestmark = pytest.mark.django_db
HULU = (
    '{"type":"Polygon","coordinates":[[[119.07,-5],[119.11,-5],[119.11,-4.95],[119.07,-4.95],[119.07,-5]]]}'
)


@pytest.fixture(autouse=True)
def _small_city() -> None:
    load(SMALL)


def bring(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("places", "import", str(path), "--city", "bandarkecil", *options, stdout=out)
    return out.getvalue()


def geojson(folder: Path, properties: str) -> Path:
    path = folder / "batas.geojson"
    feature = f'{{"type":"Feature","properties":{properties},"geometry":{HULU}}}'
    path.write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}')
    return path


def test_columns_are_found_by_their_usual_names_whatever_the_case(tmp_path: Path) -> None:
    out = bring(geojson(tmp_path, '{"KODE": "9971011001", "NAMOBJ": "Hulu"}'))
    assert out.splitlines() == ["1 areas matched, 3 shapes changed", "still approximate: 99.71.01.1002"]
    assert queries.area("bandarkecil", "hulu").source == "batas.geojson"


def test_other_columns_are_named_by_options(tmp_path: Path) -> None:
    path = geojson(tmp_path, '{"a": "99.71.01.1001", "b": "Hulu"}')
    with pytest.raises(CommandError, match="--code-field"):
        bring(path)
    assert "1 areas matched" in bring(path, "--code-field", "a", "--name-field", "b")
    with pytest.raises(CommandError, match="The file has: a, b"):
        bring(path, "--code-field", "c")


def test_rows_left_out_are_listed_with_their_number_and_reason(tmp_path: Path) -> None:
    path = geojson(tmp_path, '{"kode": "99.71.01.1001"}')
    other = f',{{"type":"Feature","properties":{{"kode":"1.2"}},"geometry":{HULU}}}]}}'
    path.write_text(path.read_text().removesuffix("]}") + other)
    assert "row 2: 1.2 : code 1.2 is not an area of this city" in bring(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.geojson", "{", "no valid JSON"),
        ("a.geojson", "[]", "no GeoJSON FeatureCollection"),
        ("a.geojson", '{"features": 7}', "no GeoJSON FeatureCollection"),
        ("a.geojson", '{"features": []}', "no row of the file"),
        (
            "a.geojson",
            '{"features": [{"properties": {"kode": "99.71.01.1001"}, "geometry": {"type": "Fish"}}]}',
            "no polygon",
        ),
        ("a.gpkg", "not a database", "cannot be read"),
        ("a.txt", "hello", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(CommandError, match=says):
        bring(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        bring(tmp_path / "batas.gpkg")


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_file_without_a_coordinate_system_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    wkb = np.array([shapely.to_wkb(shapely.box(0, 0, 1, 1))], dtype=object)
    names = [np.array(["x"], dtype=object)]
    raw.write(path, wkb, names, ["kode"], geometry_type="Polygon", driver="GPKG", crs=None)
    with pytest.raises(CommandError, match="coordinate system"):
        bring(path)
