"""Which area a place lies in."""

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from rembug.places import queries
from rembug.places.actions import import_boundaries
from rembug.places.rules import AreaIndex, Shape
from rembug.places.tests.made import ACTOR, SMALL, halves, load


@pytest.mark.django_db
def test_every_label_point_lies_in_its_own_kelurahan() -> None:
    load()
    for area in queries.areas("pekalongan", level="kelurahan"):
        hit = queries.area_at("pekalongan", area.lon, area.lat)
        assert (hit.code, hit.inside, hit.distance_m) == (area.code, True, 0.0)


@pytest.mark.django_db
def test_a_place_in_the_kabupaten_is_accepted_and_labelled_not_dropped() -> None:
    load()
    hit = queries.area_at("pekalongan", 109.60, -6.90)
    assert (hit.code, hit.name, hit.level) == ("33.75", "luar kota", "city")
    assert not hit.inside
    assert hit.accepted
    assert hit.nearest.startswith("33.75.01.")
    assert 3_000 < hit.distance_m < 5_500


@pytest.mark.django_db
def test_a_place_in_another_part_of_the_country_is_not_accepted() -> None:
    load()
    hit = queries.area_at("pekalongan", 106.8, -6.2)
    assert not hit.accepted
    assert hit.distance_m > 300_000


@pytest.mark.django_db
def test_many_places_are_answered_as_one_by_one() -> None:
    load()
    random = np.random.default_rng(33)
    lons, lats = random.uniform(109.60, 109.75, 3_000), random.uniform(-6.97, -6.82, 3_000)
    together = queries.areas_at("pekalongan", lons, lats)
    one_by_one = [queries.area_at("pekalongan", *place) for place in zip(lons[:300], lats[:300], strict=True)]
    assert together[:300] == one_by_one
    assert len({hit.code for hit in together}) == 28


@pytest.mark.django_db
def test_a_new_shape_is_seen_at_once_in_this_process() -> None:
    load(SMALL)
    assert queries.area_at("bandarkecil", 119.105, -4.97).name == "Hilir"
    import_boundaries(actor=ACTOR, city="bandarkecil", rows=halves(), source="BIG")
    assert queries.area_at("bandarkecil", 119.105, -4.97).name == "Hulu"


@pytest.mark.django_db
def test_a_new_shape_is_seen_when_another_process_imported_it(monkeypatch: pytest.MonkeyPatch) -> None:
    load(SMALL)
    queries.area_at("bandarkecil", 119.105, -4.97)
    with monkeypatch.context() as other_process:
        other_process.setattr(queries, "forget", lambda: None)
        import_boundaries(actor=ACTOR, city="bandarkecil", rows=halves(), source="BIG")
    monkeypatch.setattr("rembug.places.queries.facts.LOOK_AGAIN_S", 0.0)
    assert queries.area_at("bandarkecil", 119.105, -4.97).name == "Hulu"


def index(*shapes: Shape) -> AreaIndex:
    return AreaIndex(shapes, city_code="9", outside_name="luar kota", outside_m=1_000)


def test_a_gap_between_neighbours_belongs_to_the_nearer_one() -> None:
    hole = Polygon(
        [(0, 0), (0.02, 0), (0.02, 0.02), (0, 0.02)], [[(0.0099, 0.0050), (0.0101, 0.0050), (0.01, 0.0052)]]
    )
    hit = index(Shape("9.1", "Satu", "kelurahan", hole)).at(0.01, 0.0051)
    assert (hit.code, hit.inside) == ("9.1", True)
    assert hit.distance_m < 15


def test_on_the_border_of_two_the_lower_code_answers_whatever_the_order() -> None:
    west = Shape("9.1", "Barat", "kelurahan", box(0, 0, 0.01, 0.01))
    east = Shape("9.2", "Timur", "kelurahan", box(0.01, 0, 0.02, 0.01))
    assert index(east, west).at(0.01, 0.005) == index(west, east).at(0.01, 0.005)
    assert index(east, west).at(0.01, 0.005).code == "9.1"


def test_the_smallest_area_answers_before_the_larger() -> None:
    whole = Shape("9", "Kota", "city", box(0, 0, 0.02, 0.02))
    part = Shape("9.1", "Satu", "kelurahan", box(0, 0, 0.02, 0.02))
    ward = Shape("9.1.R1", "RW 1", "rw", box(0, 0, 0.005, 0.005))
    assert index(whole, part, ward).at(0.001, 0.001).name == "RW 1"
    assert index(whole, part, ward).at(0.01, 0.01).name == "Satu"


@pytest.mark.parametrize("place", [(200.0, 0.0), (0.0, 91.0), (float("nan"), 0.0)])
def test_a_place_off_the_earth_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not on Earth"):
        index(Shape("9.1", "Satu", "kelurahan", box(0, 0, 1, 1))).at(*place)
