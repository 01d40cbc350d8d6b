"""What a verifier should look at next."""

from __future__ import annotations

import numpy as np

from .observations import Floats, Ints

# One open report in this many is drawn by its key alone. Decisions on those are a fair sample:
# calibration and learning from decisions stay unbiased although the rest is chosen.
AUDIT_ONE_IN = 6
_MIX = np.uint64(0x9E3779B97F4A7C15)


def information(probability: Floats) -> Floats:
    """Expected bits a decision gives: the entropy of the probability."""
    p = np.clip(probability, 1e-9, 1 - 1e-9)
    return np.asarray(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)))


def audited(key: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """The fixed pseudo-random sample of reports that is to be checked whatever the judge says."""
    mixed = key.astype(np.uint64) * _MIX
    mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed * _MIX >> np.uint64(33)) % np.uint64(AUDIT_ONE_IN) == 0)


def order(key: Ints, probability: Floats, people: Floats, age_s: Floats, decided: Ints) -> Ints:
    """Row numbers of undecided items, most useful first; all arrays (n,).

    Worth = bits × log2(2 + people affected) × freshness (halves every 12 h). Every AUDIT_ONE_IN-th place goes
    to the audit sample. Ties by key; equal input gives equal order.
    """
    worth = (
        information(probability)
        * np.log2(2.0 + np.maximum(people, 0))
        * 0.5 ** (np.maximum(age_s, 0) / 43_200)
    )
    rows = np.flatnonzero(decided == 0)
    rows = rows[np.lexsort((key[rows], -np.round(worth[rows], 9)))]
    sample = audited(key[rows])
    chosen, drawn = rows[~sample], rows[sample]
    slot = np.concatenate(
        [
            np.arange(len(chosen)) * (AUDIT_ONE_IN / (AUDIT_ONE_IN - 1)),
            np.arange(len(drawn)) * AUDIT_ONE_IN + 0.5,
        ]
    )
    return np.concatenate([chosen, drawn])[np.argsort(slot, kind="stable")]
