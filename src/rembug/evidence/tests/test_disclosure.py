"""R-09: nothing that can be added up or subtracted from published tables counts fewer than five people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.evidence.rules.disclosure import Cells, atoms, protect

COUNTS = st.integers(0, 3) | st.integers(0, 40)
TABLE = st.dictionaries(
    st.tuples(st.sampled_from(("", "a", "b", "c")), st.sampled_from("xyz")), COUNTS, min_size=1
)


@given(TABLE)
def test_every_published_cell_is_nought_or_at_least_five(cells: Cells) -> None:
    shown = protect({"q": cells})
    if shown is None:
        assert sum(cells.values()) < 5
        return
    told = atoms(cells, shown["q"])
    assert all(count == 0 or count >= 5 for count in told.values())
    assert sum(told.values()) == sum(cells.values())
    # Each total minus its parts is a sum of atoms, so it is nought or at least five too.
    for area in {area for area, _ in told}:
        rest = sum(told.values()) - sum(count for (there, _), count in told.items() if there == area)
        assert rest == 0 or rest >= 5


@given(TABLE, TABLE)
def test_all_tables_of_the_same_people_join_the_same_areas(one: Cells, other: Cells) -> None:
    shown = protect({"one": one, "other": other})
    if shown is not None:
        both = {area for area, _ in one} & {area for area, _ in other}
        assert shown["one"].areas & both == shown["other"].areas & both


def test_what_is_large_enough_stands_alone() -> None:
    shown = protect({"q": {("a", "x"): 9, ("a", "y"): 7, ("b", "x"): 6, ("b", "y"): 0}})
    assert shown is not None
    assert shown["q"].areas == {"a", "b"}
    assert shown["q"].answers == {"x", "y"}


def test_a_small_answer_takes_the_next_one_with_it() -> None:
    shown = protect({"q": {("", "x"): 2, ("", "y"): 6, ("", "z"): 50}})
    assert shown is not None
    assert shown["q"].answers == {"z"}


def test_k_is_never_below_five() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        protect({"q": {("", "x"): 9}}, k=4)
