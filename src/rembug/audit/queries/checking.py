"""The check of everything: each entry against its leaf, the leaves against the tree, the tree against what was signed.

It streams (one tile of entries at a time) and reads without a lock, while the log goes on growing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rembug.audit import rules
from rembug.audit.models import Checkpoint, Entry, Tile
from rembug.audit.queries import proofs
from rembug.audit.rules import note, tiles, tree


@dataclass(slots=True)
class Finding:
    """What a check looked at and what is wrong; `faults` is empty when all is well."""

    size: int = 0
    checkpoints: int = 0
    waiting: int = 0
    root: str = ""
    faults: list[str] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)

    def fault(self, text: str) -> None:
        """Note one fault."""
        self.faults.append(text)


def verify(verifiers: Sequence[note.Verifier], kept: Iterable[str] = ()) -> Finding:
    """Check the whole log; `kept` are checkpoints that somebody keeps elsewhere.

    Everything is recomputed from the columns of the entries; nothing stored is believed.
    """
    found = Finding(size=proofs.size())
    signed = [
        *_signed(((row.note, f"checkpoint {row.size}") for row in _stored(found)), verifiers, found),
        *_signed(((text, f"kept checkpoint {i}") for i, text in enumerate(kept, 1)), verifiers, found),
    ]
    heights = _leaves(found, {point.size for _, point in signed})
    _upper(found, heights)
    _outside(found)
    for name, point in signed:
        if point.size > found.size:
            found.fault(f"{name}: {point.size} leaves were signed, the log has only {found.size}")
        elif found.roots.get(point.size) != point.root:
            found.fault(f"{name}: the first {point.size} leaves are not those that were signed")
    return found


def _stored(found: Finding) -> Iterable[Checkpoint]:
    for row in Checkpoint.objects.filter(size__lte=found.size).order_by("size").iterator(chunk_size=500):
        found.checkpoints += 1
        says = row.note.split("\n")
        if says[1:2] != [str(row.size)] or row.root != _root_of(row.note).hex():
            found.fault(f"checkpoint {row.size}: its columns do not say what its note says")
        yield row
    for row in Checkpoint.objects.filter(size__gt=proofs.size()):
        found.fault(f"checkpoint {row.size}: signed for more leaves than the log has ({found.size})")


def _root_of(text: str) -> bytes:
    try:
        return note.read_checkpoint(text).root
    except note.BadNote:
        return b""


def _signed(
    notes: Iterable[tuple[str, str]], verifiers: Sequence[note.Verifier], found: Finding
) -> list[tuple[str, note.Checkpoint]]:
    good = []
    for text, name in notes:
        try:
            good.append((name, note.open_checkpoint(text, verifiers)))
        except note.BadNote as error:
            found.fault(f"{name}: {error}")
    return good


def _leaves(found: Finding, wanted: set[int]) -> list[bytes]:
    """Check the entries tile by tile; return the hash of each full level-0 tile, recomputed from its leaves."""
    frontier, full = tree.Frontier(), []
    found.roots = {0: tree.EMPTY}
    for number in range(-(-found.size // tiles.WIDTH)):
        first = number * tiles.WIDTH
        count = min(tiles.WIDTH, found.size - first)
        stored = _tile(found, number, count)
        leaves = _entries(found, first, stored)
        for leaf in leaves:
            frontier.add(leaf)
            if frontier.size in wanted:
                found.roots[frontier.size] = frontier.root()
        if count == tiles.WIDTH:
            full.append(tiles.top(b"".join(leaves)))
    found.root = frontier.root().hex()
    return full


def _tile(found: Finding, number: int, count: int) -> list[bytes | None]:
    row = Tile.objects.filter(level=0, number=number).first()
    hashes = bytes(row.hashes) if row else b""
    if len(hashes) < count * tiles.HASH:
        found.fault(f"tile 0/{number}: {'too short' if row else 'missing'}")
    return [hashes[i * tiles.HASH : (i + 1) * tiles.HASH] or None for i in range(count)]


def _entries(found: Finding, first: int, stored: list[bytes | None]) -> list[bytes]:
    """Compare entries with what the tree holds for them.

    Go on with the tree's hash, so that one changed entry is one fault, and a rewritten tree fails by its checkpoints.
    """
    rows = {
        row.leaf_index: row
        for row in Entry.objects.filter(leaf_index__gte=first, leaf_index__lt=first + len(stored))
    }
    leaves = []
    for index, held in enumerate(stored, first):
        row = rows.get(index)
        leaf = _leaf(found, row) if row else tree.EMPTY
        if row is None:
            found.fault(f"leaf {index}: its entry is missing")
        elif held is not None and leaf != held:
            found.fault(f"leaf {index} (entry {row.uid}): the tree holds another hash in this place")
        leaves.append(held or leaf)
    return leaves


def _leaf(found: Finding, row: Entry) -> bytes:
    leaf = rules.leaf_hash(rules.content(row))
    if leaf != row.leaf_hash:
        found.fault(f"leaf {row.leaf_index} (entry {row.uid}): the entry was changed after it was written")
    return bytes.fromhex(leaf)


def _upper(found: Finding, hashes: list[bytes]) -> None:
    level = 1
    while hashes:
        for number in range(-(-len(hashes) // tiles.WIDTH)):
            right = b"".join(hashes[number * tiles.WIDTH : (number + 1) * tiles.WIDTH])
            row = Tile.objects.filter(level=level, number=number).first()
            if row is None or bytes(row.hashes)[: len(right)] != right:
                found.fault(f"tile {level}/{number}: does not follow from the leaves")
        whole = len(hashes) // tiles.WIDTH * tiles.WIDTH
        hashes = [tiles.top(b"".join(hashes[i : i + tiles.WIDTH])) for i in range(0, whole, tiles.WIDTH)]
        level += 1


def _outside(found: Finding) -> None:
    """Check what waits for its number, and that no number lies beyond the tree."""
    now = proofs.size()  # read before the entries: the log may have grown meanwhile, never shrunk
    for row in Entry.objects.filter(leaf_index=None).order_by("id").iterator(chunk_size=500):
        found.waiting += 1
        _leaf(found, row)
    beyond = Entry.objects.filter(leaf_index__gte=max(now, found.size)).order_by("leaf_index").first()
    if beyond is not None and (beyond.leaf_index or 0) >= proofs.size():
        found.fault(f"leaf {beyond.leaf_index} (entry {beyond.uid}): its number lies outside the tree")
