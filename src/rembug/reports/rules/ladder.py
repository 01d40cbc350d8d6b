"""The ladder of trust. A person's decision always wins; arithmetic alone never verifies."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from .observations import Bools, Floats, Ints
from .parameters import Parameters


class Rung(IntEnum):
    """Rungs of a report or incident; the number is stored, the word is shown."""

    RAW = 0
    PLAUSIBLE = 1
    CORROBORATED = 2
    VERIFIED = 3
    CONTESTED = 4
    REFUTED = 5


# Contradiction weighs as much as this (log-odds) before the public is told that accounts differ.
CONTEST = 1.0
# Contradiction also weighs at least this share of the support; a few denials do not undo a street of
# witnesses.
CONTEST_SHARE = 0.5
CONTEST_BELOW = 0.92


def may_decide(decider: int, reporter: int) -> bool:
    """Nobody verifies their own report."""
    return decider != reporter


def rungs(
    probability: Floats,
    decision: Ints,
    support: Floats,
    against: Floats,
    backed: Bools,
    parameters: Parameters | None = None,
) -> NDArray[np.int64]:
    """Rung of each of n reports or incidents; all arrays (n,); a table from top to bottom, first match wins.

    `support` and `against` are log-odds >= 0 from witnesses and votes. `backed`: witnesses enough, and
    evidence that people cannot make by agreeing with each other (`summary.Incidents.backed`).
    """
    limits = parameters or Parameters()
    open_question = (
        (against >= CONTEST) & (against >= CONTEST_SHARE * support) & (probability < CONTEST_BELOW)
    )
    return np.select(
        [
            decision > 0,
            decision < 0,
            open_question & (probability > limits.refuted),
            probability <= limits.refuted,
            backed & (probability >= limits.corroborated),
            probability >= limits.plausible,
        ],
        [Rung.VERIFIED, Rung.REFUTED, Rung.CONTESTED, Rung.REFUTED, Rung.CORROBORATED, Rung.PLAUSIBLE],
        default=Rung.RAW,
    ).astype(np.int64)
