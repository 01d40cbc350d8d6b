"""One-coin Dawid-Skene with known answers for decided items: the peer of benchmarks/verification.py (a).

Each person has one chance of being right; places and hours are the items. Written from the model's definition
(Dawid and Skene 1979, one accuracy a person); expectation maximisation with a Beta prior on accuracies.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
ROUNDS = 40
TYPICAL_SKILL = 0.6


def one_coin(item: Array, person: Array, says: Array, known: Array, base: float) -> Array:
    """Probability of each statement (m,) being true.

    item, person: (m,) dense numbers; says: (m,) bool; known: (items,) 1 wet, 0 dry, nan undecided; base:
    share of wet items, from the decided ones (left free it runs to 1, because few people report that it is
    dry).
    """
    items, people = len(known), int(person.max()) + 1
    belief = (np.bincount(item, says, items) + base) / (np.bincount(item, minlength=items) + 1.0)
    belief = np.where(np.isnan(known), belief, known)
    count = np.bincount(person, minlength=people)
    for _ in range(ROUNDS):
        agrees = np.where(says, belief[item], 1 - belief[item])
        skill = (np.bincount(person, agrees, people) + 2.0 * TYPICAL_SKILL) / (count + 2.0)
        skill = np.clip(skill, 0.02, 0.98)
        weight = np.log(skill / (1 - skill))[person] * np.where(says, 1.0, -1.0)
        odds = np.bincount(item, weight, items) + np.log(base / (1 - base))
        belief = np.where(np.isnan(known), 1 / (1 + np.exp(-np.clip(odds, -30, 30))), known)
    return np.where(says, belief[item], 1 - belief[item])
