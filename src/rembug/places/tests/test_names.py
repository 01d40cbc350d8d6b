"""Names are found however they are spelt, and never silently the wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.lib.pack import read
from rembug.places import queries
from rembug.places.rules import Named, find
from rembug.places.tests.made import PEKALONGAN, load

AREAS = [Named(a.code, a.name, a.level, 0, 0, a.aliases) for a in read(PEKALONGAN).areas]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Kalibaros", "Kali Baros"),
        ("KALI BAROS", "Kali Baros"),
        ("Noyontaan Sari", "Noyontaansari"),
        ("Pasir Kraton Kramat", "Pasirkratonkramat"),
        ("pasirkraton kramat", "Pasirkratonkramat"),
        ("Kel. Degayu", "Degayu"),
        ("kelurahan  Panjang-Wetan ", "Panjang Wetan"),
        ("Kec. Pekalongan Utara", "Pekalongan Utara"),
        ("Kota Pekalongan", "Kota Pekalongan"),
    ],
)
def test_other_spellings_are_sure(said: str, name: str) -> None:
    found = find(said, AREAS)
    assert found.sure is not None
    assert found.sure.name == name


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Panjang", {"Panjang Wetan", "Panjang Baru", "Kandang Panjang"}),
        ("Kuripan", {"Kuripan Yosorejo", "Kuripan Kertoharjo"}),
        ("panjang wetn", {"Panjang Wetan"}),
        ("depan masjid degayu rt 2", {"Degayu"}),
    ],
)
def test_a_likeness_is_offered_not_taken(said: str, names: set[str]) -> None:
    found = find(said, AREAS)
    assert found.sure is None
    assert names <= {match.name for match in found.maybe}


@pytest.mark.parametrize(
    "said", ["Kabupaten Pekalongan", "Kec. Degayu", "desa Tirto", "Wiradesa", "", "x", "!!"]
)
def test_what_is_not_of_the_city_is_not_found(said: str) -> None:
    found = find(said, AREAS)
    assert found.sure is None
    assert all(match.likeness < 1 for match in found.maybe)


@pytest.mark.parametrize("said", ["Kabupaten Pekalongan", "desa Tirto"])
def test_a_neighbouring_government_is_not_even_offered(said: str) -> None:
    assert find(said, AREAS).maybe == ()


def test_two_things_of_one_name_are_both_offered() -> None:
    twice = [
        Named("1.1", "Sari", "kelurahan", 0, 0),
        Named("1.2", "Pantai Sari", "landmark", 0, 0, ("Sari",)),
    ]
    found = find("sari", twice)
    assert found.sure is None
    assert [match.code for match in found.maybe] == ["1.1", "1.2"]


@given(st.sampled_from(AREAS), st.text(alphabet=" -.'", max_size=2), st.booleans())
def test_marks_spaces_and_case_never_matter(area: Named, mark: str, upper: bool) -> None:
    said = mark.join(area.name) if "." not in mark else area.name + mark
    found = find(said.upper() if upper else said, AREAS)
    assert found.sure is not None
    assert found.sure.code == area.code


@pytest.mark.django_db
def test_landmarks_are_found_with_their_area() -> None:
    load()
    found = queries.find("pekalongan", "stasiun ka").sure
    assert found is not None
    assert (found.name, found.level, found.code) == ("Stasiun Pekalongan", "landmark", "33.75.01.1006")
