"""Is there an Indonesian phone number at this run of digits, and where does it end?"""

import re
from dataclasses import dataclass

from rembug.lib.pii.runs import Run, gap

_GAP = re.compile(r"[ ._/()\-]{0,3}")
_CALL = re.compile(
    r"(?:wa|whatsapp|hp|hape|te?lp|te?lpo?n|telepon|tlpn|call|hub|hubungi|kontak|cp|sms|nomor|nomer|no)(?:nya|ku)?"
    r"\W{0,3}(?:\w{1,8}\W{1,3})?$",
    re.IGNORECASE,
)
_CALL_REACH = 32
_MONEY = re.compile(r"(?:\brp|\brupiah|\bidr)\W{0,3}$", re.IGNORECASE)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[.:][0-5]\d(?![\d.\-])")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?![-/.]?\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,4}(?![\d.])")
_MOST_RUNS = 14


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many digits a number of this form has, all counted as written; `settled` is its usual least length."""

    least: int
    most: int
    settled: int


_MOBILE = _Shape(10, 13, 11)
_LANDLINE = _Shape(9, 12, 10)


def phone_at(text: str, runs: list[Run], at: int) -> int | None:
    """Return the index behind the last run of the number that begins at run `at`, None when none begins there."""
    shape = _shape(text, runs, at)
    if shape is None:
        return None
    length, after, best = 0, at, None
    while after < len(runs) and after - at < _MOST_RUNS and (after == at or gap(text, runs, after, _GAP)):
        size = len(runs[after].digits)
        # `0812 9988 7711 3 rumah`: a number that is long enough takes no short stranger behind it.
        if length >= shape.settled and size <= 2 < len(runs[after - 1].digits):
            break
        length += size
        after += 1
        if length > shape.most:
            break
        if length >= shape.least:
            best = after
    return best


def _shape(text: str, runs: list[Run], at: int) -> _Shape | None:
    """Tell by the first digits which form the number could have."""
    first = runs[at]
    head = _head(text, runs, at)
    if not head.startswith(("0", "8", "62")) or _is_other_number(text, first):
        return None
    if international := re.match(r"(?:00)?62(0?)(8?)", head):
        return _international(text, first, international)
    if re.match(r"08[1-9]", head):
        return _MOBILE
    if re.match(r"0[2-79]\d", head):
        return _LANDLINE if len(first.digits) >= 3 else None
    return _without_zero(text, runs, at) if re.match(r"8[1-9]", head) else None


def _head(text: str, runs: list[Run], at: int) -> str:
    """Return the first digits across runs, enough to tell the form."""
    head, here = runs[at].digits, at + 1
    while len(head) < 6 and here < len(runs) and gap(text, runs, here, _GAP):
        head += runs[here].digits
        here += 1
    return head


def _international(text: str, first: Run, found: re.Match[str]) -> _Shape | None:
    plus = text[first.start - 1 : first.start] == "+"
    prefix = found.end(1)
    if found[2]:
        # `62 85 41 …` may be any list of numbers; with a plus or in one piece it is not.
        return _Shape(prefix + 9, prefix + 12, prefix + 10)
    return _Shape(prefix + 8, prefix + 11, prefix + 9) if plus else None


def _without_zero(text: str, runs: list[Run], at: int) -> _Shape | None:
    """`857 4123 9981`: also the beginning of sums and lists, so it must look like a number or be announced."""
    first = runs[at]
    before = text[max(0, first.start - _CALL_REACH) : first.start]
    if _MONEY.search(before) or _THOUSANDS.match(text, first.start):
        return None
    called = bool(_CALL.search(before))
    single = all(len(run.digits) == 1 for run in runs[at : at + 10])
    if called or single or len(first.digits) >= 3:
        return _Shape(9 if called else 10, 12, 10)
    return None


def _is_other_number(text: str, first: Run) -> bool:
    """A time, a date, the digits behind a decimal point."""
    if _CLOCK.match(text, first.start) or _DATE.match(text, first.start):
        return True
    before = text[max(0, first.start - 2) : first.start]
    return len(before) == 2 and before[0].isdigit() and before[1] in ".,"
