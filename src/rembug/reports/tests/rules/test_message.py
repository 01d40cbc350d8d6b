"""Messages as people write them are read into fields; what is not said stays empty."""

import pytest

from rembug.reports.rules.message import Reading, degrees_in, read_message

ALL = ("rob", "drain", "dyke", "waste", "road", "light", "other")


@pytest.mark.parametrize(
    ("text", "category", "depth", "since"),
    [
        ("Rob wis sak dengkul, wingi", "rob", "knee", "yesterday"),
        ("banjir 40 cm di depan rumah sejak subuh", "rob", "knee", "morning"),
        ("air setinggi 10-20cm", "rob", "calf", ""),
        ("Selokan mampet penuh lumpur", "drain", "", ""),
        ("pompa mati, air naik", "dyke", "", ""),
        ("lampunya mati dari kemarin", "light", "", "yesterday"),
        ("jalan berlubang", "road", "", ""),
        ("alhamdulillah sekarang kering", "rob", "dry", "now"),
        ("Halo, mau tanya", "", "", ""),
    ],
)
def test_words_are_read_as_people_write_them(text: str, category: str, depth: str, since: str) -> None:
    read = read_message(text, ALL)
    assert (read.category, read.depth_class, read.since) == (category, depth, since)


def test_numbers_and_points_are_found_and_a_kind_the_city_lacks_is_not_guessed() -> None:
    assert read_message("Tiket #A-1029 https://maps.example/?q=-6.8812,109.6701", []) == Reading(
        foreign_ref="A-1029", lon=109.6701, lat=-6.8812
    )
    assert read_message("sampah", ["rob"]).category == ""
    assert degrees_in("-96.88120, 109.6701") is None
    assert degrees_in("tanpa titik") is None
