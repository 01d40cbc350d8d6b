"""The Merkle tree of RFC 6962 (section 2.1) and RFC 9162 (section 2.1): roots, proofs and how to check them.

Hashes are 32 bytes (SHA-256). A tree's inner hashes are asked for by `perfect(level, index)`: the hash over the leaves
`[index << level, (index + 1) << level)`; every proof needs O(log n) of them.
"""

import hashlib
from collections.abc import Callable, Sequence

EMPTY = hashlib.sha256(b"").digest()
Perfect = Callable[[int, int], bytes]


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 of 0x01 and its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Return the largest power of two below `size` (≥ 2)."""
    return 1 << (size - 1).bit_length() - 1


def root(size: int, perfect: Perfect) -> bytes:
    """Return the Merkle tree hash of the first `size` leaves."""
    return over(0, size, perfect) if size else EMPTY


def over(start: int, end: int, perfect: Perfect) -> bytes:
    """Return the tree hash of the leaves `[start, end)`, as they occur in proofs (start is aligned)."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return perfect(level, start >> level)
    middle = start + split(size)
    return node(over(start, middle, perfect), over(middle, end, perfect))


def inclusion(index: int, size: int, perfect: Perfect) -> list[bytes]:
    """Return the audit path of a leaf in the tree of `size` leaves (RFC 9162, 2.1.3.1).

    Raises `ValueError` when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(over(middle, end, perfect))
            end = middle
        else:
            path.append(over(start, middle, perfect))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, perfect: Perfect) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is the beginning of that of `new` (RFC 9162, 2.1.4.1).

    An empty tree is the beginning of every tree: its proof is empty. Raises `ValueError` when `old` exceeds `new`.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves never had {old}")
    if old in {0, new}:
        return []
    start, end, path = 0, new, []
    while end != old:
        middle = start + split(end - start)
        if old <= middle:
            path.append(over(middle, end, perfect))
            end = middle
        else:
            path.append(over(start, middle, perfect))
            start = middle
    if start:
        path.append(over(start, end, perfect))
    return path[::-1]


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], claimed: bytes) -> bool:
    """Tell whether the path leads from this leaf to this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, result = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if first & 1 or first == last:
            result = node(step, result)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            result = node(result, step)
        first, last = first >> 1, last >> 1
    return last == 0 and result == claimed


def extends(sizes: tuple[int, int], roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    """Tell whether the second tree begins with the first (RFC 9162, 2.1.4.2); each pair is (old, new)."""
    old, new = sizes
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not path and (roots[0] == EMPTY if old == 0 else roots[0] == roots[1])
    return _climb(old, new, roots, path)


def _climb(old: int, new: int, roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, roots[0])  # a perfect old tree is itself the first node of the way
    if not steps:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            before, after = node(step, before), node(step, after)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            after = node(after, step)
        first, last = first >> 1, last >> 1
    return last == 0 and (before, after) == roots


class Frontier:
    """A tree that grows leaf by leaf and knows its root, in O(log n) memory."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        carry, self.size = leaf, self.size + 1
        trailing = self.size
        while trailing & 1 == 0:
            carry, trailing = node(self._peaks.pop(), carry), trailing >> 1
        self._peaks.append(carry)

    def root(self) -> bytes:
        """Return the Merkle tree hash of what was added."""
        if not self._peaks:
            return EMPTY
        result = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            result = node(peak, result)
        return result
