"""Words of our own messages: plain, with numbers; the official names of levels only where an office released them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

RESERVED = re.compile(r"\b(waspada|siaga|awas)\b", re.IGNORECASE)
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message is about. Hours are words already, in the reader's language."""

    name: str
    advice: str
    areas: Sequence[str]
    when: str
    depth_low_cm: float
    depth_high_cm: float
    probability: float


@dataclass(frozen=True, slots=True)
class Words:
    """The three texts of a message."""

    headline: str
    description: str
    instruction: str

    def stored(self) -> dict[str, str]:
        """Return them as JSON."""
        return {"headline": self.headline, "description": self.description, "instruction": self.instruction}


def of_alert(facts: Facts, language: str) -> Words:
    """Say what may come, where, when, how deep and how sure."""
    places = named(facts.areas, language)
    low, high, sure = round(facts.depth_low_cm), round(facts.depth_high_cm), round(facts.probability * 100)
    if language == "en":
        return Words(
            f"{facts.name}: {places}",
            f"Around {facts.when} water may stand {low} to {high} cm deep in the lowest streets of {places}. "
            f"Chance: {sure} %. Computed from tide and level; it may turn out otherwise.",
            facts.advice,
        )
    return Words(
        f"{facts.name}: {places}",
        f"Sekitar {facts.when} air di jalan terendah {places} mungkin {low} sampai {high} cm. "
        f"Peluang: {sure}%. Dihitung dari pasang dan tinggi air; bisa meleset.",
        facts.advice,
    )


def of_end(areas: Sequence[str], language: str, *, cancelled: bool) -> Words:
    """Say that a warning is over, or was withdrawn."""
    places = named(areas, language)
    if language == "en":
        head = f"Withdrawn: warning for {places}" if cancelled else f"All clear: {places}"
        said = (
            "The warning no longer holds."
            if cancelled
            else "The water that we warned of is no longer expected."
        )
        return Words(head, said, "If you still see water, report it.")
    head = f"Dibatalkan: peringatan untuk {places}" if cancelled else f"Sudah aman: {places}"
    said = (
        "Peringatan ini tidak berlaku lagi."
        if cancelled
        else "Air yang kami peringatkan tidak lagi diperkirakan."
    )
    return Words(head, said, "Jika masih ada air, laporkan.")


def named(areas: Sequence[str], language: str) -> str:
    """Name areas in a sentence; many are counted."""
    if not areas:
        return "the whole city" if language == "en" else "seluruh kota"
    shown = list(areas[:MOST_NAMED])
    more = len(areas) - len(shown)
    if more:
        shown.append(f"{more} more" if language == "en" else f"{more} kelurahan lain")
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {'and' if language == 'en' else 'dan'} {shown[-1]}"


def reserved_in(words: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    """Yield the official words that a text of ours uses though nobody released it as official."""
    for texts in words.values():
        for text in texts.values():
            yield from (found.lower() for found in RESERVED.findall(text))
