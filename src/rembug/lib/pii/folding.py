"""Make look-alikes alike: full-width and foreign digits, Cyrillic letters, hidden characters, long dashes.

Every character of the folded text remembers where it came from, so that finds can be shown in the original.
"""

import unicodedata
from dataclasses import dataclass

from rembug.lib.pii.spans import Span

_LOOK_ALIKE = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο•·∙‧。＿−⁄∕",
    "ABE3KMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXo....._-//",
)
# A ligature may become 18 characters; no number hides in one.
_LONGEST_FORM = 4
_GONE = {"Cf", "Mn", "Me", "Cc"}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and for each of its characters the position in the original."""

    text: str
    origins: range | list[int]

    def back(self, span: Span) -> Span:
        """Return the span in positions of the original."""
        return Span(self.origins[span.start], self.origins[span.end - 1] + 1, span.kind)


def fold(text: str) -> Folded:
    """Return the folded text; O(n)."""
    if text.isascii():
        return Folded(text, range(len(text)))
    letters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        form = _form(character)
        letters.append(form)
        origins += [position] * len(form)
    return Folded("".join(letters), origins)


def _form(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in _GONE:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in {"Pd", "Zs"}:
        return "-" if category == "Pd" else " "
    form = unicodedata.normalize("NFKC", character)
    return (form if len(form) <= _LONGEST_FORM else character).translate(_LOOK_ALIKE)
