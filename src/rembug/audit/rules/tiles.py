"""The tree in tiles, as C2SP tlog-tiles lays it out: 256 hashes side by side, so that few rows hold the whole tree.

The tile `(level, number)` holds up to 256 hashes; the j-th of level t is the perfect subtree of height 8·t over the
leaves from `(256·number + j) << 8·t`. Level 0 holds leaf hashes. Tiles only ever grow at their end.
"""

import re
from collections.abc import Callable, Sequence

from rembug.audit.rules import tree

WIDTH = 256
HEIGHT = 8
HASH = 32
Tile = Callable[[int, int], bytes]
PLACE = re.compile(r"((?:x\d{3}/){0,5}\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)


class Broken(Exception):
    """The tiles do not hold a hash that a tree of this size must have."""


def top(hashes: bytes) -> bytes:
    """Return the root over a power of two of hashes that stand side by side."""
    row = [hashes[i : i + HASH] for i in range(0, len(hashes), HASH)]
    while len(row) > 1:
        row = [tree.node(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def reader(tile: Tile) -> tree.Perfect:
    """Return `perfect(level, index)` over tiles; raises `Broken` where a hash is missing."""

    def perfect(level: int, index: int) -> bytes:
        height, rest = divmod(level, HEIGHT)
        number, first = divmod(index << rest, WIDTH)
        hashes = tile(height, number)[first * HASH : (first + (1 << rest)) * HASH]
        if len(hashes) != HASH << rest:
            raise Broken(f"tile {height}/{number} is too short")
        return top(hashes)

    return perfect


def grow(size: int, leaves: Sequence[bytes], tile: Tile) -> dict[tuple[int, int], bytes]:
    """Return the tiles that change when leaves are appended to a tree of `size`: O(n) hashes, O(n/256) tiles.

    `tile` gives the present content of an unfinished tile.
    """
    changed: dict[tuple[int, int], bytes] = {}
    level, first, fresh = 0, size, list(leaves)
    while fresh:
        number, held_count = divmod(first, WIDTH)
        held = tile(level, number) if held_count else b""
        if len(held) != held_count * HASH:
            raise Broken(f"tile {level}/{number} holds {len(held) // HASH} hashes, not {held_count}")
        above: list[bytes] = []
        at = 0
        while at < len(fresh):
            take = WIDTH - len(held) // HASH
            held += b"".join(fresh[at : at + take])
            changed[level, number] = held
            if len(held) == WIDTH * HASH:
                above.append(top(held))
            at, number, held = at + take, number + 1, b""
        level, first, fresh = level + 1, first >> HEIGHT, above
    return changed


def place(path: str) -> tuple[int, int]:
    """Return the number and width that a tlog-tiles path asks for: `x001/234` is (1234, 256), `007.p/3` is (7, 3).

    Raises `ValueError` for any other spelling.
    """
    found = PLACE.fullmatch(path)
    width = int(found[2] or WIDTH) if found else 0
    if not found or width > WIDTH or (found[2] and width == WIDTH) or found[1].startswith("x000"):
        raise ValueError("no such tile")
    return int(found[1].replace("x", "").replace("/", "")), width
