"""Masking a text: readable marks, original positions, hostile input."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.lib.pii import LABELS, Kind, Span, find, mask
from rembug.lib.pii.tests.scoring import cases


def test_a_mark_says_what_was_hidden() -> None:
    text = "Bu Tini, NIK 3375014107850003, hp 0857-4123-9981, motor G 4821 KA, tini@gmail.com"
    assert mask(text) == (
        "Bu Tini, NIK [NIK disembunyikan], hp [nomor telepon disembunyikan],"
        " motor [pelat nomor disembunyikan], [surel disembunyikan]"
    )


def test_marks_come_in_the_readers_language() -> None:
    assert mask("hp 085741239981", LABELS["en"]) == "hp [phone number hidden]"
    assert all(set(labels) == set(Kind) for labels in LABELS.values())


def test_spans_are_places_in_the_original_also_with_hidden_characters() -> None:
    text = "nomor 0857\u200b4123\u200b9995 ya"
    assert find(text) == [Span(6, 20, Kind.PHONE)]


def test_the_citys_own_number_stays_readable() -> None:
    text = "sudah lapor ke 0816-644-0001, nomor saya 0857-4123-9981"
    assert mask(text, public_numbers={"08166440001"}) == (
        "sudah lapor ke 0816-644-0001, nomor saya [nomor telepon disembunyikan]"
    )
    assert mask("wa +62 816 644 0001", public_numbers={"08166440001"}) == "wa +62 816 644 0001"


def test_masking_twice_is_masking_once() -> None:
    for case in cases():
        once = mask(case.text)
        assert mask(once) == once


@given(st.text(alphabet=st.sampled_from("0812345679 .-+/()@abGgoO:,\u200b٣"), max_size=200))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text(max_size=300))
def test_no_text_is_an_error(text: str) -> None:
    mask(text)


def test_an_empty_text_stays_empty() -> None:
    assert find("") == []
    assert mask("") == ""


PATTERNS = [
    "0", "8", "0 ", "08 ", "0-", "+62", "a", "a@", "a.", "a@b.", "@", " at ", "a at b dot ", "G 1 ", "g1",
    "nol ", "nol,", "dua ", "3375 ", "3375014107850003", "0857 4123 9981 ", "( ", "\u200b", "a@b.co ",
    "G 1234 AB ", "plat G 123 ", "-", "_", "[at]", "０", "nik ", "rp ", "8.123.", "62 ", "o0", "(dot)",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_hostile_repetition_ends(pattern: str) -> None:
    """20,000 characters: each takes milliseconds; a pattern that backtracks would not end within the test run."""
    text = (pattern * 20_000)[:20_000]
    assert isinstance(mask(text + "!"), str)
