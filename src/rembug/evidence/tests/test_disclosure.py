"""R-09: nothing that can be added up or subtracted from published tables counts fewer than five people."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembug.evidence.rules.disclosure import Before, Cells, Shown, atoms, protect

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


def published(tables: dict[str, Cells], shown: dict[str, Shown]) -> Before:
    """Return what a version told, as the next one reads it."""
    heard = {area for cells in tables.values() for (area, _), count in cells.items() if count}
    told = {key: atoms(cells, shown[key]) for key, cells in tables.items()}
    return Before(shown, told, frozenset("abc") - heard)


def grown(cells: Cells, more: Cells) -> Cells:
    """Return a table to which more people have come."""
    return {cell: cells.get(cell, 0) + more.get(cell, 0) for cell in {*cells, *more}}


def differences(old: Cells, new: Cells, shown: Shown) -> list[int]:
    """Return by how much each cell of the later version has grown: what a reader gets who subtracts."""
    before, after = atoms(old, shown), atoms(new, shown)
    return [after.get(key, 0) - before.get(key, 0) for key in {*before, *after}]


@settings(max_examples=400)
@given(TABLE, TABLE, TABLE, TABLE)
def test_nothing_small_is_left_when_versions_are_subtracted(
    one: Cells, two: Cells, more: Cells, again: Cells
) -> None:
    """Three versions of two tables, each with more people than the last; every pair is subtracted."""
    versions: list[dict[str, Cells]] = []
    partitions: list[dict[str, Shown]] = []
    tables: dict[str, Cells] = {"p": one, "q": two}
    for come in ({}, more, again):
        tables = {key: grown(cells, come) for key, cells in tables.items()}
        found = protect(tables, before=published(versions[-1], partitions[-1]) if versions else None)
        if found is not None:  # else nothing is published: the next one stands beside the last that was
            versions.append(tables)
            partitions.append(found)
    for early, late in combinations(range(len(versions)), 2):
        told = published(versions[early], partitions[early])
        alone = told.silent.union(*(one.areas for one in partitions[early].values()))
        for key, shown in partitions[late].items():
            left = differences(versions[early][key], versions[late][key], shown)
            assert all(count == 0 or count >= 5 for count in left)
            assert shown.answers <= partitions[early][key].answers
            assert shown.areas <= alone


def test_a_version_with_three_more_people_is_refused() -> None:
    old: dict[str, Cells] = {"q": {("", "x"): 20, ("", "y"): 20}}
    shown = protect(old)
    assert shown is not None
    assert protect({"q": {("", "x"): 23, ("", "y"): 20}}, before=published(old, shown)) is None


def test_an_answer_that_grew_by_two_is_hidden_with_another() -> None:
    old: dict[str, Cells] = {"q": {("", "x"): 20, ("", "y"): 20, ("", "z"): 20}}
    first = protect(old)
    assert first is not None
    assert first["q"].answers == {"x", "y", "z"}
    later = protect({"q": {("", "x"): 22, ("", "y"): 30, ("", "z"): 40}}, before=published(old, first))
    assert later is not None
    assert later["q"].answers == {"z"}


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
