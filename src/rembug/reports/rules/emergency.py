"""Words that mean: call first, report afterwards."""

import re
from collections.abc import Iterable

# Indonesian and Javanese endings that leave the meaning alone: "tenggelamnya", "tolonglah", "tulungi".
_ENDINGS = "(?:nya|lah|kah|kan|i|e|ne)?"


def emergency_words_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the list that stand in the text, in the list's order, whatever their case or spacing.

    >>> emergency_words_in("Anak TENGGELAM di kali", ["tenggelam", "kesetrum"])
    ('tenggelam',)
    """
    return tuple(word for word in words if _pattern(word).search(text))


def _pattern(word: str) -> re.Pattern[str]:
    parts = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<!\w){parts}{_ENDINGS}(?!\w)", re.IGNORECASE)
