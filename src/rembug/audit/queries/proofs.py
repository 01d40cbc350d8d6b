"""The stored tree: its size, its tiles, its checkpoints, and the proofs that follow from them."""

import hmac
from datetime import timedelta
from functools import cache
from typing import TypedDict

from django.conf import settings
from django.db.models import QuerySet

from rembug.audit import rules
from rembug.audit.models import Checkpoint, Entry, Tile
from rembug.audit.rules import tiles, tree
from rembug.lib.errors import Invalid, NotFound

BETWEEN = timedelta(minutes=1)  # two checkpoints are at least this far apart


class InclusionProof(TypedDict):
    """That a leaf is in the tree of `size` leaves; hashes in hex."""

    leaf_index: int
    size: int
    root: str
    proof: list[str]


class ConsistencyProof(TypedDict):
    """That the tree of `to_size` leaves begins with that of `from_size`; hashes in hex."""

    from_size: int
    to_size: int
    from_root: str
    to_root: str
    proof: list[str]


class Receipt(TypedDict):
    """What somebody can keep of one act: its hash at once, its place, proof and signed checkpoint a little later."""

    hash: str
    leaf_index: int | None
    proof: InclusionProof | None
    checkpoint: str | None


def size() -> int:
    """Return how many leaves the tree has."""
    last = Tile.objects.filter(level=0).order_by("-number").first()
    return last.number * tiles.WIDTH + len(bytes(last.hashes)) // tiles.HASH if last else 0


def tile(level: int, number: int) -> bytes:
    """Return a tile's hashes; raises `tiles.Broken` when there is no such tile."""
    hashes = Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
    if hashes is None:
        raise tiles.Broken(f"tile {level}/{number} is missing")
    return bytes(hashes)


def perfect() -> tree.Perfect:
    """Return the reader of inner hashes; it reads each tile once, so make one for each answer."""
    return tiles.reader(cache(tile))


def last_checkpoint() -> Checkpoint | None:
    """Return the newest signed checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoints(before: int | None = None) -> QuerySet[Checkpoint]:
    """Return the checkpoints, newest first, from below a size."""
    found = Checkpoint.objects.order_by("-size")
    return found if before is None else found.filter(size__lt=before)


def inclusion_proof(leaf_index: int, in_size: int | None = None) -> InclusionProof:
    """Return the proof that a leaf is in the tree of `in_size` leaves (without it: the last checkpoint's, or now's).

    Raises `NotFound` when the tree is smaller than that, or the leaf is not in it.
    """
    total = size()
    if in_size is None:
        signed = last_checkpoint()
        in_size = signed.size if signed and signed.size > leaf_index else total
    if not 0 <= leaf_index < in_size <= total:
        raise NotFound("Nomor atau ukuran itu belum ada di dalam catatan.")
    read = perfect()
    return {
        "leaf_index": leaf_index,
        "size": in_size,
        "root": tree.root(in_size, read).hex(),
        "proof": [step.hex() for step in tree.inclusion(leaf_index, in_size, read)],
    }


def consistency_proof(from_size: int, to_size: int) -> ConsistencyProof:
    """Return the proof between two sizes; raises `Invalid` for a wrong order, `NotFound` beyond the log."""
    if not 0 <= from_size <= to_size:
        raise Invalid("Ukuran awal harus lebih kecil dari ukuran akhir.")
    if to_size > size():
        raise NotFound("Nomor atau ukuran itu belum ada di dalam catatan.")
    read = perfect()
    return {
        "from_size": from_size,
        "to_size": to_size,
        "from_root": tree.root(from_size, read).hex(),
        "to_root": tree.root(to_size, read).hex(),
        "proof": [step.hex() for step in tree.consistency(from_size, to_size, read)],
    }


def receipt(entry_hash: str) -> Receipt:
    """Return what is known of an entry by its leaf hash; raises `NotFound` when no entry has it.

    The proof leads to the checkpoint's root as soon as a checkpoint covers the leaf, about a minute after the act.
    """
    found = Entry.objects.filter(leaf_hash=entry_hash).first()
    if found is None:
        raise NotFound("Tidak ada catatan dengan sidik ini.")
    index = found.leaf_index
    if index is None:
        return {"hash": entry_hash, "leaf_index": None, "proof": None, "checkpoint": None}
    signed = last_checkpoint()
    note = signed.note if signed and signed.size > index else None
    return {"hash": entry_hash, "leaf_index": index, "proof": inclusion_proof(index), "checkpoint": note}


def acted_by(entry: Entry, public_id: str) -> bool:
    """Tell whether this person or phone did the act, although the log shows only a sealed name."""
    opened = rules.sealed(settings.SECRET_KEY, entry.uid, public_id)
    return hmac.compare_digest(entry.actor, opened) or entry.actor == public_id
