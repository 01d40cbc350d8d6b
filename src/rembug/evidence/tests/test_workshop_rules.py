"""R-09 for workshops: no number below five is told, nor found by subtraction; shapes are read or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.evidence.rules.workshop import Told, drawn, hidden, legend_of
from rembug.lib.errors import Invalid

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), min_size=1)


@given(COUNTS, st.integers(0, 60))
def test_no_small_number_is_told_or_found_by_subtraction(people: dict[str, int], more: int) -> None:
    participants = sum(people.values()) + more
    kept = hidden(people, participants, 5)
    if kept is None:
        return
    told = {code: count for code, count in people.items() if code not in kept}
    assert all(count == 0 or count >= 5 for count in told.values())
    rest = participants - sum(told.values())
    assert not kept or rest == 0 or rest >= 5


@given(COUNTS, COUNTS, st.integers(0, 60))
def test_two_versions_together_tell_no_small_number_either(
    first: dict[str, int], more: dict[str, int], others: int
) -> None:
    second = first | {f"{code}2": count for code, count in more.items()}
    participants = sum(second.values()) + others
    one = hidden(first, participants, 5)
    if one is None:
        return
    before = Told(frozenset(first) - one, one)
    two = hidden(second, participants, 5, before)
    if two is None:
        return
    told = {code for code in second if code not in two} | before.shown
    rest = participants - sum(second[code] for code in told)
    assert all(second[code] == 0 or second[code] >= 5 for code in told)
    assert not two - told or rest <= 0 or rest >= 5


@pytest.mark.parametrize(
    ("kind", "text"),
    [("point", "x"), ("point", ""), ("line", "-6.86, 109.67"), ("area", "-6.8,109.6\n-6.9,109.7"),
     ("area", "-6.86,109.67\n-6.87,109.68\n-6.86,109.68\n-6.87,109.67"), ("star", "-6.86, 109.67")],
)  # fmt: skip
def test_what_draws_nothing_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Invalid):
        drawn(kind, text)


def test_a_line_that_is_too_long_to_be_a_place_is_refused_unread() -> None:
    for text in ("1" + " " * 131_000 + "x", f"-6.{'8' * 60}, 109.67", "-6.86,,,,109.67", "٦, 109"):
        with pytest.raises(Invalid):
            drawn("point", text)
    for text in ("-6.86, 109.67", "-6.86 109.67", " -6.86\t,\t109.67 ", "-6.86;109.67", "-6.86,109.67"):
        place = drawn("point", text)
        assert place is not None
        assert place.bounds == (109.67, -6.86, 109.67, -6.86)


def test_a_legend_says_which_sign_marks_homes() -> None:
    assert [(one.key, one.words, one.is_home) for one in legend_of("Pompa\n\n* Rumah lansia\n")] == [
        ("l1", "Pompa", False),
        ("l2", "Rumah lansia", True),
    ]
