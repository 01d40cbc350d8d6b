"""Matters of law or corruption: told by words of the city's pack, and answered by its referral, not by an office."""

from __future__ import annotations

import re
from collections.abc import Collection

LAW = "law"  # reason of a step that gave the referral


def is_of_law(words: str, terms: Collection[str]) -> bool:
    """Tell whether a text holds one of the terms as a word of its own, whatever its case."""
    found = set(re.findall(r"[\w]+", words.casefold()))
    return any(set(re.findall(r"[\w]+", term.casefold())) <= found for term in terms if term.strip())
