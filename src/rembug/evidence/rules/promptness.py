"""Answers in time: of the clocks that ran out in a span, the share that was kept."""

from __future__ import annotations

from rembug.evidence.rules.indicators import Measured
from rembug.lib.shares import wilson

FEWEST_CLOCKS = 10


def in_time(kept: int, due: int, without: int, min_coverage: float) -> Measured:
    """Return the share of `due` clocks that were kept, with Wilson's 90 % interval (1927).

    `without` are the cases of the span that no clock runs for: their body has not joined. Fewer than ten clocks, or
    a smaller share of cases with a clock than the least coverage, are too little: then nothing is known.
    """
    every = due + without
    coverage = round(due / every, 4) if every else 0.0
    if due < FEWEST_CLOCKS or coverage < min_coverage:
        return Measured(None, None, None, coverage, due, every)
    found = wilson(kept, due)
    return Measured(found.share, found.low, found.high, coverage, due, every)
