"""Phone numbers and NIK: both are digits in groups, in figures or in words.

The text is cut into runs of digits once; at each run at most `_MOST_RUNS` following runs are looked at, so the
work is linear however the text is made.
"""

import re
from dataclasses import dataclass

from rembug.lib.pii.phones import phone_at
from rembug.lib.pii.runs import Run, gap, runs_of
from rembug.lib.pii.spans import Kind, Span

# Provinces by the Kemendagri code.
_PROVINCES = {
    *range(11, 20),
    21,
    *range(31, 37),
    *range(51, 54),
    *range(61, 66),
    *range(71, 77),
    81,
    82,
    *range(91, 98),
}
_NIK = 16
_NEAR_NIK = range(14, 18)
_NIK_WORD = re.compile(r"\b(?:nik|ktp|kk|kartu keluarga|kependudukan|identitas)", re.IGNORECASE)
_NIK_REACH = 32
_NIK_GAP = re.compile(r"[ ._\-]{0,2}")


@dataclass(frozen=True, slots=True)
class _Find:
    span: Span
    after: int


def phones_and_niks(text: str, public_numbers: frozenset[str]) -> list[Span]:
    """Return both kinds in folded text, in order."""
    runs = runs_of(text)
    found: list[Span] = []
    at = 0
    while at < len(runs):
        find = _nik_at(text, runs, at) or _phone_at(text, runs, at)
        if find is None:
            at += 1
            continue
        if not _is_public(find, runs[at : find.after], public_numbers):
            found.append(find.span)
        at = find.after
    return found


def _is_public(find: _Find, runs: list[Run], public_numbers: frozenset[str]) -> bool:
    digits = "".join(run.digits for run in runs)
    return find.span.kind is Kind.PHONE and re.sub(r"^(?:00)?62", "0", digits) in public_numbers


def _phone_at(text: str, runs: list[Run], at: int) -> _Find | None:
    after = phone_at(text, runs, at)
    if after is None:
        return None
    start = runs[at].start
    if text[start - 1 : start] == "+":
        start -= 1
    return _Find(Span(start, runs[after - 1].end, Kind.PHONE), after)


def _nik_at(text: str, runs: list[Run], at: int) -> _Find | None:
    """Sixteen digits that are built like a NIK; near the word also such that are not, or that miss one or two."""
    first = runs[at]
    digits, after = "", at
    while after < len(runs) and len(digits) < _NIK and (after == at or gap(text, runs, after, _NIK_GAP)):
        digits += runs[after].digits
        after += 1
    named = bool(_NIK_WORD.search(text, max(0, first.start - _NIK_REACH), first.start))
    if len(digits) == _NIK and (named or (_is_built_like_nik(digits) and not _is_in_pairs(runs[at:after]))):
        return _Find(Span(first.start, runs[after - 1].end, Kind.NIK), after)
    if named and len(first.digits) in _NEAR_NIK:
        return _Find(Span(first.start, first.end, Kind.NIK), at + 1)
    return None


def _is_built_like_nik(digits: str) -> bool:
    """Province, regency, district, day (women + 40), month, year, number; a family card's number is built alike."""
    province, regency, district, day, month = (int(digits[i : i + 2]) for i in range(0, 10, 2))
    return (
        province in _PROVINCES
        and 1 <= regency <= 79
        and district >= 1
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


def _is_in_pairs(runs: list[Run]) -> bool:
    return all(len(run.digits) <= 2 for run in runs)
