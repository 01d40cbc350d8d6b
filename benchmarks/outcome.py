"""How often the rule of outcomes errs: made-up towns in which works change nothing, something, much.

Prints one JSON object on its last line. `python benchmarks/outcome.py [towns]`, 400 towns a row by default.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from time import perf_counter

import numpy as np

from rembug.commitments.rules.outcome import Design, Panel, judge

BEFORE, AFTER = 120, 90
ROWS = {
    "nothing": {"change": 0.0},
    "nothing, a year 40 % drier": {"change": 0.0, "shift": -0.4},
    "-20 %": {"change": -0.2},
    "-50 %": {"change": -0.5},
    "-80 %": {"change": -0.8},
    "-80 %, few look": {"change": -0.8, "seen": 0.2},
}


def town(
    seed: int, change: float, shift: float = 0.0, seen: float = 0.6
) -> tuple[Panel, np.ndarray, tuple[Panel, ...]]:
    """Return the area of the works, the tide, and three neighbours."""
    chance = np.random.default_rng(seed)
    days = np.arange(BEFORE + AFTER)
    tide = 60 + 25 * np.sin(2 * np.pi * days / 14.77) + 10 * np.sin(2 * np.pi * days / 182)
    tide = tide + chance.normal(0, 3, len(days))

    def area(own: float) -> Panel:
        weather = np.zeros(len(days))
        for day in range(1, len(days)):
            weather[day] = 0.3 * weather[day - 1] + chance.normal()
        wet = 1 / (1 + np.exp(-((tide - 70) / 6 + weather)))
        wet = np.where(days >= BEFORE, wet * (1 + own) * (1 + shift), wet)
        values = (chance.random(len(days)) < wet).astype(float)
        values[chance.random(len(days)) > seen] = np.nan
        return Panel(values)

    return area(change), tide, tuple(area(0.0) for _ in range(3))


def main(towns: int) -> dict[str, object]:
    """Judge so many towns a row, with neighbours and without."""
    design = Design((0, BEFORE), (BEFORE, BEFORE + AFTER), -0.5, 0.3)
    found: dict[str, object] = {"towns": towns}
    start = perf_counter()
    for name, world in ROWS.items():
        for beside in (0, 3):
            states: Counter[str] = Counter()
            for seed in range(towns):
                own, tide, others = town(seed, **world)
                states[judge(design, own, tide, others[:beside]).state] += 1
            found[f"{name}; {beside} neighbours"] = {key: round(n / towns, 3) for key, n in states.items()}
    found["seconds_a_verdict"] = round((perf_counter() - start) / (towns * len(ROWS) * 2), 4)
    return found


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)))
