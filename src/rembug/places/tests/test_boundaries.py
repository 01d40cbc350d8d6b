"""Official boundaries replace approximate shapes: all or nothing, nothing guessed."""

import pytest
from shapely.geometry import LineString, Polygon, box

from rembug.audit.models import Entry
from rembug.lib.errors import Invalid, NotFound
from rembug.places import queries
from rembug.places.actions import Imported, import_boundaries
from rembug.places.rules.boundaries import Boundary, standard_code
from rembug.places.tests.made import ACTOR, SMALL, halves, load

pytestmark = pytest.mark.django_db
HULU = box(119.07, -5.0, 119.11, -4.95)


@pytest.fixture(autouse=True)
def _small_city() -> None:
    load(SMALL)


def bring(*rows: Boundary) -> Imported:
    return import_boundaries(actor=ACTOR, city="bandarkecil", rows=rows, source="BIG 2024")


def test_rows_are_matched_by_code_then_by_name_and_parents_are_rebuilt() -> None:
    done = bring(*halves())
    assert done.matched == ("99.71.01.1001", "99.71.01.1002")
    assert done.changed == ("99.71", "99.71.01", "99.71.01.1001", "99.71.01.1002")
    assert done.missing == ()
    city = queries.area("bandarkecil", "99.71")
    assert city.bbox == (119.07, -5.0, 119.15, -4.95)
    assert (city.approximate, city.source) == (False, "BIG 2024")


def test_the_same_file_again_changes_nothing() -> None:
    bring(*halves())
    version, entries = queries.version("bandarkecil"), Entry.objects.count()
    assert bring(*halves()).changed == ()
    assert (queries.version("bandarkecil"), Entry.objects.count()) == (version, entries)


def test_an_import_is_an_entry_with_the_areas_it_changed() -> None:
    bring(*halves())
    assert "99.71.01.1002" in Entry.objects.get(verb="boundaries.imported").data


def test_a_part_of_the_areas_leaves_the_rest_approximate_and_says_so() -> None:
    done = bring(Boundary(1, "99.71.01.1001", "", HULU))
    assert done.missing == ("99.71.01.1002",)
    assert queries.area("bandarkecil", "99.71").approximate


def test_rows_of_another_city_are_left_out_with_a_reason() -> None:
    done = bring(
        *halves(),
        Boundary(3, "33.75.03.1007", "Degayu", box(109.7, -6.9, 109.71, -6.8)),
        Boundary(4, "", "Entah", HULU),
    )
    assert [(remark.number, remark.refuses) for remark in done.remarks] == [(3, False), (4, False)]
    assert all(remark.reason for remark in done.remarks)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Boundary(3, "99.71.01.1001", "Hilir", HULU), "the name that of Hilir"),
        (Boundary(3, "99.71.01.1001", "Wetan", HULU), "add the alias"),
        (Boundary(3, "99.71.01.1001", "Hulu", HULU), "stands twice"),
        (Boundary(3, "99.71.01", "Bandar", LineString([(119, -5), (119.1, -5)])), "no polygon"),
        (Boundary(3, "99.71.01", "Bandar", None), "no polygon"),
        (Boundary(3, "99.71.01", "Bandar", box(-5.0, 119.05, -4.95, 119.1)), "longitude must come before"),
        (
            Boundary(3, "99.71.01", "", Polygon([(119, -5), (119.1, -4.9), (119.1, -5), (119, -4.9)])),
            "mended",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_of_ours_that_cannot_be_trusted_refuses_the_whole_import(row: Boundary, reason: str) -> None:
    before = queries.areas("bandarkecil")
    with pytest.raises(Invalid) as refused:
        bring(*halves(), row)
    assert [fault.field for fault in refused.value.faults] == ["row 3"]
    assert reason in refused.value.faults[0].message
    queries.forget()
    assert queries.areas("bandarkecil") == before


def test_a_shape_that_only_touches_itself_is_mended_and_said() -> None:
    spike = Polygon(
        [(119.07, -5.0), (119.11, -5.0), (119.11, -4.95), (119.11, -4.94), (119.11, -4.95), (119.07, -4.95)]
    )
    assert not spike.is_valid
    done = bring(Boundary(1, "99.71.01.1001", "Hulu", spike))
    assert done.matched == ("99.71.01.1001",)
    assert "mended" in done.remarks[0].reason


def test_slivers_between_parts_are_closed_in_the_whole() -> None:
    ragged = Polygon(
        [
            (119.11, -5.0),
            (119.15, -5.0),
            (119.15, -4.95),
            (119.11, -4.95),
            (119.11, -4.97),
            (119.1101, -4.975),
            (119.11, -4.98),
        ]
    )
    bring(Boundary(1, "99.71.01.1001", "", HULU), Boundary(2, "99.71.01.1002", "", ragged))
    assert len(queries.shape("bandarkecil", "99.71")["coordinates"]) == 1
    hit = queries.area_at("bandarkecil", 119.11003, -4.975)
    assert hit.inside


def test_a_file_without_any_area_of_the_city_is_refused() -> None:
    with pytest.raises(Invalid, match="no row of the file"):
        bring(Boundary(1, "33.75.03.1007", "Degayu", HULU))


def test_a_city_that_is_not_loaded_is_named() -> None:
    with pytest.raises(NotFound, match="tegal"):
        import_boundaries(actor=ACTOR, city="tegal", rows=[], source="")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("3375011002", "33.75.01.1002"),
        ("337501", "33.75.01"),
        ("3375", "33.75"),
        ("33.75.01.1002", "33.75.01.1002"),
        (" 33.75.01 ", "33.75.01"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_codes_without_dots_get_them(raw: str, code: str) -> None:
    assert standard_code(raw) == code
