"""Answers in time: of the clocks that ran out in a span, the share that was kept."""

from __future__ import annotations

from rembug.evidence.rules.indicators import Measured, share_of


def in_time(kept: int, due: int, without: int, min_coverage: float) -> Measured:
    """Return the share of `due` clocks that were kept.

    `without` are the cases of the span that no clock runs for: their body has not joined.
    """
    return share_of(kept, due, without, min_coverage)
