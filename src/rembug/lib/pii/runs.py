"""Cut a text into runs of digits: figures, number words (one digit each), and figures with O for 0 or l for 1."""

import re
from dataclasses import dataclass

_ALNUM = re.compile(r"[A-Za-z0-9]+")
_FIGURES = re.compile(r"[0-9]+")
_MISTYPED = re.compile(r"[0-9oOlI]+")
_AS_FIGURES = str.maketrans("oOlI", "0011")
_WORDS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "nol kosong zero",
            "satu siji setunggal",
            "dua loro",
            "tiga telu",
            "empat papat",
            "lima",
            "enam enem nem",
            "tujuh pitu",
            "delapan wolu",
            "sembilan sanga songo",
        )
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that stand together, with their place in the text."""

    start: int
    end: int
    digits: str
    spelled: bool = False


def runs_of(text: str) -> list[Run]:
    """Return all runs in order; O(n)."""
    runs: list[Run] = []
    for token in _ALNUM.finditer(text):
        word, start = token[0], token.start()
        if digit := _WORDS.get(word.lower()):
            runs.append(Run(start, token.end(), digit, spelled=True))
        elif _MISTYPED.fullmatch(word) and sum(map(str.isdigit, word)) * 2 > len(word):
            runs.append(Run(start, token.end(), word.translate(_AS_FIGURES)))
        else:
            runs += [Run(start + f.start(), start + f.end(), f[0]) for f in _FIGURES.finditer(word)]
    return runs


def gap(text: str, runs: list[Run], at: int, allowed: re.Pattern[str]) -> bool:
    """Whether run `at` continues the run before it: only `allowed` stands between, or commas between words."""
    before, here = runs[at - 1], runs[at]
    between = text[before.end : here.start]
    if before.spelled and here.spelled:
        between = between.replace(",", "")
    return allowed.fullmatch(between) is not None
