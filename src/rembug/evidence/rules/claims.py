"""A claim: a sentence with one marked number, bound to an indicator of a frozen version, refused when it differs."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKED = re.compile(r"\[\[\s*(-?[0-9]{1,9}(?:[.,][0-9]{1,4})?)\s*(%?)\s*\]\]")


@dataclass(frozen=True, slots=True)
class Said:
    """The number that a sentence marks: its value, how many decimals it was given with, whether it is a percentage."""

    value: float
    decimals: int
    is_percent: bool


def said_in(sentence: str) -> Said | None:
    """Return the marked number of a sentence, `[[62%]]` or `[[3,5]]`; None unless exactly one is marked."""
    found = MARKED.findall(sentence)
    if len(found) != 1 or sentence.count("[[") != 1:
        return None
    digits, percent = found[0]
    plain = digits.replace(",", ".")
    return Said(float(plain), len(plain.partition(".")[2]), bool(percent))


def holds(said: Said, value: float) -> bool:
    """Tell whether the number is the indicator's, rounded to the decimals in which it was said."""
    shown = value * 100 if said.is_percent else value
    return abs(round(shown, said.decimals) - said.value) < 10.0**-said.decimals / 2


def parts(sentence: str) -> tuple[str, str, str]:
    """Return what stands before the number, the number, and what stands after."""
    match = MARKED.search(sentence)
    if match is None:
        return sentence, "", ""
    return sentence[: match.start()], match[1] + match[2], sentence[match.end() :]
