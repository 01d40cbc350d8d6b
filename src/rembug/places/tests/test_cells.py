"""Cells are H3's, longitude first."""

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.places import rules

DEGREES = st.tuples(st.floats(-180, 180), st.floats(-89, 89))


@given(DEGREES, st.integers(0, 12))
def test_a_cell_is_that_of_h3_and_its_parents_hold_it(place: tuple[float, float], resolution: int) -> None:
    lon, lat = place
    cell = rules.cell(lon, lat, resolution)
    assert cell == h3.latlng_to_cell(lat, lon, resolution)
    assert rules.cells([lon], [lat], resolution) == [cell]
    assert rules.cell(*rules.centre(cell), resolution) == cell
    assert cell in h3.cell_to_children(rules.parent(cell, max(resolution - 1, 0)), resolution)


def test_neighbours_are_the_cell_and_those_around_it() -> None:
    cell = rules.cell(109.675, -6.889)
    assert len(rules.neighbours(cell)) == 7
    assert len(rules.neighbours(cell, 2)) == 19
    assert cell in rules.neighbours(cell)
    assert 150 < rules.edge_m(9) < 250


def test_a_place_off_the_earth_has_no_cell() -> None:
    with pytest.raises(ValueError, match="no place on Earth"):
        rules.cell(-6.9, 109.6)
