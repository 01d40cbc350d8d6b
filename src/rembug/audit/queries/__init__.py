"""Reading the log: the tree and its proofs, the entries page by page, and the check of everything."""

from rembug.audit.queries.entries import (
    checkpoint_due,
    entries_after,
    entry,
    exported,
    has_waiting,
    leaf_text,
    page,
    waiting,
)
from rembug.audit.queries.proofs import (
    BETWEEN,
    acted_by,
    checkpoints,
    consistency_proof,
    inclusion_proof,
    last_checkpoint,
    perfect,
    receipt,
    size,
    tile,
)

__all__ = [
    "BETWEEN",
    "acted_by",
    "checkpoint_due",
    "checkpoints",
    "consistency_proof",
    "entries_after",
    "entry",
    "exported",
    "has_waiting",
    "inclusion_proof",
    "last_checkpoint",
    "leaf_text",
    "page",
    "perfect",
    "receipt",
    "size",
    "tile",
    "waiting",
]
