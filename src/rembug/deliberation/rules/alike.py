"""How alike two proposals are: shared pieces of words, and the same place."""

from __future__ import annotations

import re
import unicodedata

LEAST = 0.22
SAME_PLACE = 0.12
WORD = re.compile(r"[^a-z0-9]+")


def pieces(text: str) -> frozenset[str]:
    """Return the trigrams of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    spaced = f"  {WORD.sub(' ', plain).strip()}  "
    return frozenset(spaced[at : at + 3] for at in range(len(spaced) - 2)) - {"   "}


def likeness(one: frozenset[str], other: frozenset[str], *, same_area: bool) -> float:
    """Return how alike (0..1): Jaccard's index of the trigrams, and a little more in the same area."""
    union = len(one | other)
    shared = len(one & other) / union if union else 0.0
    return min(shared + (SAME_PLACE if same_area and shared else 0.0), 1.0)
