"""Sealing, receipts, states, limits."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.confidential.rules import receipts, seal, slow, states
from rembug.confidential.rules.throttle import MOST_NAMES, Throttle, nameless
from rembug.confidential.rules.words import BLOCK, checked, packed
from rembug.lib.errors import Invalid


@given(st.binary(max_size=3000))
def test_each_reader_and_nobody_else_reads_what_was_sealed(plain: bytes) -> None:
    one, two, stranger = (seal.new_private() for _ in range(3))
    made = seal.seal(plain, {"a": seal.public_of(one), "b": seal.public_of(two)}, "here")
    assert seal.unseal(made.body, made.wraps["a"], one, "here") == plain
    assert seal.unseal(made.body, made.wraps["b"], two, "here") == plain
    for wrap, private in ((made.wraps["a"], two), (made.wraps["a"], stranger), (b"", one), (b"x" * 80, one)):
        with pytest.raises(seal.Unreadable):
            seal.unseal(made.body, wrap, private, "here")


def test_nothing_sealed_can_be_moved_or_changed() -> None:
    own = seal.new_private()
    made = seal.seal(b"words", {"a": seal.public_of(own)}, "matter 1 letter 0")
    with pytest.raises(seal.Unreadable):
        seal.unseal(made.body, made.wraps["a"], own, "matter 2 letter 0")
    for place in (0, 12, len(made.body) - 1):
        spoilt = bytearray(made.body)
        spoilt[place] ^= 1
        with pytest.raises(seal.Unreadable):
            seal.unseal(bytes(spoilt), made.wraps["a"], own, "matter 1 letter 0")
    with pytest.raises(seal.Unreadable):
        seal.unlock(b"", bytes(32), "x")


def test_the_same_words_sealed_twice_look_different() -> None:
    own = {"a": seal.public_of(seal.new_private())}
    assert seal.seal(b"x", own, "c").body != seal.seal(b"x", own, "c").body


def test_keys_agree_with_the_vector_of_rfc_7748() -> None:
    alice = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    assert seal.public_of(alice).hex() == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"


def test_a_receipt_has_sixteen_digits_and_is_the_same_for_the_same_form() -> None:
    once = uuid4()
    digits = receipts.digits_for("pepper", once)
    assert receipts.read(digits) == digits == receipts.digits_for("pepper", once)
    assert digits != receipts.digits_for("other", once)
    assert receipts.read(receipts.shown(digits)) == digits


@pytest.mark.parametrize("typed", ["", "123", "1" * 17, "x" * 16, "١" * 16, "1" * 15 + "a"])
def test_what_is_no_receipt_is_not_taken_for_one(typed: str) -> None:
    assert receipts.read(typed) == ""


def test_without_the_pepper_a_receipt_opens_nothing() -> None:
    digits = "1234567890123456"
    here, elsewhere = receipts.opened(digits, "a", "x"), receipts.opened(digits, "b", "x")
    assert here == receipts.opened(digits, "a", "x")
    assert here.lookup != elsewhere.lookup
    assert here.private != elsewhere.private
    assert here.lookup != receipts.opened(digits, "a", "y").lookup
    assert here.private.hex() != here.lookup


def test_the_slow_function_needs_memory_as_well_as_time() -> None:
    assert slow.MEMORY_KIB >= 19 * 1024  # OWASP: 19 MiB with two rounds at least
    assert slow.ROUNDS >= 2
    assert slow.stretch("a", b"1" * 16) != slow.stretch("a", b"2" * 16)


def test_the_body_that_it_is_about_never_gets_it() -> None:
    assert states.readers(["a", "b", "c"], "b", {"a", "b"}) == ["a"]
    assert states.readers(["b"], "b", {"b"}) == []
    assert states.readers(["a"], "", {"a"}) == ["a"]


def test_a_matter_is_read_before_it_is_examined_or_ended() -> None:
    assert states.may_move("received", "read")
    assert not states.may_move("received", "closed")
    assert states.may_move("examined", "referred")
    assert not states.may_move("nonsense", "closed")
    assert set(states.NEXT) == set(states.STATES)


def test_after_so_many_tries_a_name_waits_until_the_window_ends() -> None:
    gate = Throttle(most=2, window_s=60)
    for _ in range(2):
        assert not gate.held_up("a", 10)
        gate.count("a", 10)
    assert gate.held_up("a", 59)
    assert not gate.held_up("b", 59)
    assert not gate.held_up("a", 61)


def test_counting_takes_a_bounded_memory() -> None:
    gate = Throttle(most=1, window_s=60)
    for number in range(MOST_NAMES + 5):
        gate.count(str(number), 1)
    assert not gate.held_up(str(MOST_NAMES + 4), 1)
    gate.forget()
    assert not gate.held_up("1", 1)


def test_an_address_is_counted_with_its_neighbours_under_a_name_that_does_not_show_it() -> None:
    assert nameless("203.0.113.7") == nameless("203.0.113.99") != nameless("203.0.114.7")
    assert nameless("2001:db8:1:2::5") == nameless("2001:db8:1:9::6")
    assert len(nameless("203.0.113.7")) == 24


def test_lengths_are_rounded_up() -> None:
    assert len(packed({"words": "ya"})) == len(packed({"words": "y" * 900})) == BLOCK
    assert len(packed({"words": "y" * 1100})) == 2 * BLOCK


def test_words_are_bounded() -> None:
    assert checked("  a\x00b ") == "ab"
    for words, least, most in (("", 1, 5), ("ab", 3, 5), ("abcdef", 1, 5)):
        with pytest.raises(Invalid):
            checked(words, least=least, most=most)
