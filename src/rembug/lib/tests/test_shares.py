"""Intervals of shares against published values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.lib.shares import Share, difference, wilson

Z95 = 1.959963984540054


def test_wilson_agrees_with_newcombe_1998_table_i() -> None:
    # Newcombe 1998, Stat. Med. 17:857, method 3: 81/263, 15/148, 0/20, 1/29 at 95 %.
    for count, of, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = wilson(count, of, Z95)
        assert found.low == pytest.approx(low, abs=5e-5)
        assert found.high == pytest.approx(high, abs=5e-5)


def test_the_difference_agrees_with_newcombe_1998_method_10() -> None:
    # Newcombe 1998, Stat. Med. 17:873, table II: 56/70 − 48/80 -> 0.0524 to 0.3339; 9/10 − 3/10 -> 0.1705 to 0.8090.
    for one, other, low, high in (((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)):
        found = difference(wilson(*other, Z95), wilson(*one, Z95))
        assert found.low == pytest.approx(low, abs=5e-5)
        assert found.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share(drawn: tuple[int, int]) -> None:
    found = wilson(*drawn)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert difference(found, found).low <= 0 <= difference(found, found).high


def test_no_answers_give_no_share() -> None:
    for count, of in ((0, 0), (2, 1), (-1, 3)):
        with pytest.raises(ValueError, match="is no share"):
            wilson(count, of)
    assert Share(0.5, 0.4, 0.6).share == 0.5
