"""What holds for every tree: agreement with the definitions, with a foreign library, and refusal of every change."""

import hashlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembug.audit.rules import tiles, tree
from rembug.audit.tests.tree import naive

pymerkle = pytest.importorskip("pymerkle", reason="the oracle is not installed; the naive twin still runs")
COUNT = 70
LEAVES = [hashlib.sha256(b"\x00" + bytes([i])).digest() for i in range(COUNT)]
sizes = st.integers(1, COUNT)


@cache
def perfect(level: int, index: int) -> bytes:
    return naive.head(LEAVES[index << level : (index + 1) << level])


@given(sizes)
def test_a_root_is_that_of_the_definition(size: int) -> None:
    assert tree.root(size, perfect) == naive.head(LEAVES[:size])


@given(st.data())
def test_an_inclusion_proof_is_that_of_the_definition_and_holds(data: st.DataObject) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion(index, size, perfect)
    assert path == naive.path(index, LEAVES[:size])
    assert tree.includes(LEAVES[index], index, size, path, tree.root(size, perfect))


@given(st.data())
def test_a_consistency_proof_is_that_of_the_definition_and_holds(data: st.DataObject) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(1, new))
    path = tree.consistency(old, new, perfect)
    assert path == naive.subproof(old, LEAVES[:new])
    assert tree.extends((old, new), (tree.root(old, perfect), tree.root(new, perfect)), path)


@given(st.data())
def test_no_proof_survives_a_change(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, COUNT))
    old = data.draw(st.integers(1, new - 1))
    index = data.draw(st.integers(0, new - 1))
    roots = tree.root(old, perfect), tree.root(new, perfect)
    path, proof = tree.inclusion(index, new, perfect), tree.consistency(old, new, perfect)
    other = data.draw(st.binary(min_size=32, max_size=32).filter(lambda x: x not in LEAVES))
    assert not tree.includes(other, index, new, path, roots[1])
    assert not tree.includes(LEAVES[index], index, new, path, other)
    assert not tree.includes(LEAVES[index], index, new, [*path, other], roots[1])
    assert not tree.includes(LEAVES[index], (index + 1) % new, new, path, roots[1])
    assert not tree.extends((old, new), (other, roots[1]), proof)
    assert not tree.extends((old, new), (roots[0], other), proof)
    assert not tree.extends((old, new), roots, [*proof, other])
    for at in range(len(proof)):
        assert not tree.extends((old, new), roots, [*proof[:at], other, *proof[at + 1 :]])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=6))
def test_tiles_that_grow_in_any_steps_hold_the_same_tree(steps: list[int]) -> None:
    store: dict[tuple[int, int], bytes] = {}
    leaves = [hashlib.sha256(i.to_bytes(4)).digest() for i in range(sum(steps))]
    at = 0
    for step in steps:
        store.update(tiles.grow(at, leaves[at : at + step], lambda level, number: store[level, number]))
        at += step
    read = tiles.reader(lambda level, number: store[level, number])
    frontier = tree.Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    assert tree.root(at, read) == frontier.root() == naive.head(leaves)
    assert b"".join(h for (level, _), h in sorted(store.items()) if level == 0) == b"".join(leaves)


def test_a_tree_of_three_tile_levels_gives_proofs_that_hold() -> None:
    count = 256 * 256 + 300
    leaves = [hashlib.sha256(i.to_bytes(4)).digest() for i in range(count)]
    store = tiles.grow(0, leaves, lambda _level, _number: b"")
    assert {level for level, _ in store} == {0, 1, 2}
    read = tiles.reader(lambda level, number: store[level, number])
    top = tree.root(count, read)
    for index in (0, 255, 256, 65_535, 65_536, count - 1):
        assert tree.includes(leaves[index], index, count, tree.inclusion(index, count, read), top)
    for old in (1, 255, 256, 257, 65_536, 65_537, count - 1):
        assert tree.extends((old, count), (tree.root(old, read), top), tree.consistency(old, count, read))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 64, 70])
def test_a_foreign_library_agrees(size: int) -> None:
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    for i in range(size):
        oracle.append_entry(bytes([i]))
    assert oracle.get_root() == tree.root(size, perfect)
    for old in range(1, size + 1):
        assert oracle.get_root(old) == tree.root(old, perfect)


def test_a_leaf_or_a_size_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion(5, 5, perfect)
    with pytest.raises(ValueError, match="never had"):
        tree.consistency(6, 5, perfect)
    assert not tree.includes(LEAVES[0], 1, 1, [], LEAVES[0])
    assert not tree.extends((6, 5), (LEAVES[0], LEAVES[0]), [])
    assert not tree.extends((3, 5), (LEAVES[0], LEAVES[0]), [])
    assert tree.extends((0, 5), (tree.EMPTY, LEAVES[0]), [])
    assert tree.consistency(0, 5, perfect) == tree.consistency(5, 5, perfect) == []


def test_missing_hashes_in_tiles_are_said_and_not_guessed() -> None:
    read = tiles.reader(lambda _level, _number: LEAVES[0])
    with pytest.raises(tiles.Broken, match="too short"):
        read(0, 1)
    with pytest.raises(tiles.Broken, match="holds 1 hashes, not 2"):
        tiles.grow(2, [LEAVES[0]], lambda _level, _number: LEAVES[0])
