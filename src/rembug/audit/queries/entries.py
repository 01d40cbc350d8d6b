"""The entries themselves, page by page; every page starts behind a key, so none slows down with depth."""

import re

from django.db.models import QuerySet

from rembug.audit.models import Entry
from rembug.audit.queries import proofs
from rembug.audit.rules.canonical import content, fields
from rembug.lib import clock
from rembug.lib.errors import NotFound

HASH = re.compile(r"[0-9a-f]{64}")


def entry(uid: str) -> Entry:
    """Return one entry; raises `NotFound`."""
    found = Entry.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound("Tidak ada catatan dengan nomor ini.")
    return found


def page(*, kind: str = "", object_id: str = "", before: int | None = None, limit: int = 50) -> list[Entry]:
    """Return entries newest first, from below an entry's id, of one object or one leaf hash if named."""
    found: QuerySet[Entry] = Entry.objects.order_by("-id")
    if kind:
        found = found.filter(object_kind=kind)
    if object_id:
        found = found.filter(**{"leaf_hash" if HASH.fullmatch(object_id) else "object_id": object_id})
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found[:limit])


def entries_after(leaf_index: int, limit: int) -> list[Entry]:
    """Return the leaves that follow this index, in the tree's order (-1: from the first)."""
    return list(Entry.objects.filter(leaf_index__gt=leaf_index).order_by("leaf_index")[:limit])


def waiting() -> int:
    """Return how many entries have no leaf index yet."""
    return Entry.objects.filter(leaf_index=None).count()


def has_waiting() -> bool:
    """Tell whether the sequencer has anything to do."""
    return Entry.objects.filter(leaf_index=None).exists()


def checkpoint_due() -> bool:
    """Tell whether there are leaves that no checkpoint covers, and the last one is a minute old."""
    last = proofs.last_checkpoint()
    if last and clock.now() - last.at < proofs.BETWEEN:
        return False
    return proofs.size() > (last.size if last else 0)


def exported(entry: Entry) -> dict[str, object]:
    """Return a numbered entry as outsiders get it: its place, its hash, and the nine fields of its leaf."""
    return {
        "leaf_index": entry.leaf_index,
        "leaf_hash": entry.leaf_hash,
        "leaf": fields(entry),
    }


def leaf_text(entry: Entry) -> str:
    """Return the exact text of an entry's leaf."""
    return content(entry).decode()
