"""Read the labelled set and compare what is found with what is there."""

import json
from dataclasses import dataclass
from pathlib import Path

from rembug.lib.pii import Kind, Span, find

MOST_EXTRA = 3
"""A bracket or a plus sign more is no fault; a swallowed word is."""


@dataclass(frozen=True, slots=True)
class Case:
    held_out: bool
    text: str
    spans: tuple[Span, ...]


def cases() -> list[Case]:
    lines = (Path(__file__).parent / "labelled.jsonl").read_text().splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(raw: dict[str, object]) -> Case:
    spans = tuple(Span(start, end, Kind(kind)) for start, end, kind in raw["spans"])  # type: ignore[attr-defined]  # JSON
    return Case(bool(raw["held_out"]), str(raw["text"]), spans)


def compare(case: Case) -> tuple[list[Kind], list[Span], list[Span]]:
    """Return the kinds hit, the spans missed, and the finds that are false (also those cut short or too long)."""
    left = find(case.text)
    hits, missed = [], []
    for wanted in case.spans:
        hit = next((found for found in left if _same(case.text, wanted, found)), None)
        if hit is None:
            missed.append(wanted)
        else:
            left.remove(hit)
            hits.append(wanted.kind)
    return hits, missed, left


def _same(text: str, wanted: Span, found: Span) -> bool:
    """Whether every letter and digit is covered and hardly anything else."""
    hidden = text[found.start : found.end]
    spoken = [at for at in range(wanted.start, wanted.end) if text[at].isalnum()]
    covered = all(found.start <= at < found.end for at in spoken)
    return found.kind is wanted.kind and covered and len(hidden) - (wanted.end - wanted.start) <= MOST_EXTRA
