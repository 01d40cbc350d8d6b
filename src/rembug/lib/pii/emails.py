"""E-mail addresses, also spelled out: `nama at gmail dot com`, `nama [at] yahoo titik co titik id`."""

import re

from rembug.lib.pii.spans import Kind, Span

_PROVIDERS = r"(?:gmail|ymail|yahoo|hotmail|outlook|icloud|rocketmail|live|proton|email)"
_TOP = r"(?:com|net|org|id|co|or|go|ac|sch|web|my|me|info|biz|xyz|example)"
_DOT = r"(?:\.|\s{1,2}\.\s{0,2}|\s{0,2}[(\[{]\s?(?:dot|titik|\.)\s?[)\]}]\s{0,2}|\s{1,2}(?:dot|titik)\s{1,2})"
# Only the sign and the bracketed word are sure; the bare word must be followed by a spelled address.
_AT = re.compile(r"\s{0,2}(?:@|[(\[{]\s?(?:at|et|@)\s?[)\]}])\s{0,2}|\s{1,2}(?:at|et)\s{1,2}", re.IGNORECASE)
_TIGHT_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}", re.IGNORECASE)
_LOOSE_DOMAIN = re.compile(rf"[a-z0-9-]{{1,63}}(?:{_DOT}{_TOP}\b){{1,3}}", re.IGNORECASE)
_BARE_PROVIDER = re.compile(rf"{_PROVIDERS}\b", re.IGNORECASE)
# Matched backwards over reversed text, so that each try is anchored and bounded.
_NAME_BACKWARDS = re.compile(
    r"[a-z0-9_+%-][a-z0-9._%+-]{0,63}(?:(?:\s(?:tod|kitit)\s)[a-z0-9._%+-]{1,30}){0,2}", re.IGNORECASE
)
_LONGEST_NAME = 140
_LONGEST_DOMAIN = 300


def emails(text: str) -> list[Span]:
    """Return the addresses in folded text; each `at` is looked at once, within bounded reach."""
    found: list[Span] = []
    for at in _AT.finditer(text):
        name = _NAME_BACKWARDS.match(text[max(0, at.start() - _LONGEST_NAME) : at.start()][::-1])
        if not name:
            continue
        end = _domain_end(text[at.end() : at.end() + _LONGEST_DOMAIN], at[0])
        start = at.start() - name.end()
        if end and (not found or start >= found[-1].end):
            found.append(Span(start, at.end() + end, Kind.EMAIL))
    return found


def _domain_end(after: str, at: str) -> int | None:
    """Return how many characters behind the `at` belong to the domain, None when it is no domain."""
    ends = [match.end() for pattern in _patterns(at) if (match := pattern.match(after))]
    return max(ends, default=None)


def _patterns(at: str) -> tuple[re.Pattern[str], ...]:
    if at == "@":
        return _TIGHT_DOMAIN, _LOOSE_DOMAIN, _BARE_PROVIDER
    return (_LOOSE_DOMAIN, _BARE_PROVIDER) if "@" in at else (_LOOSE_DOMAIN,)
