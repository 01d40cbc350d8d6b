"""Who and what stands on the ground: amounts of the pack spread over cells, and how counts of them are told."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rembug.lib.pack.water_types import Exposure
from rembug.water.rules.land import Bools, Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """Amounts of one kind by cell, shape of the ground, and their relative error."""

    kind: str
    amount: Floats
    uncertainty: float


@dataclass(frozen=True, slots=True)
class InWater:
    """How many of one kind stand in water, as ranges (low, high): today and then, in any water and above 30 cm."""

    kind: str
    before: tuple[int, int]
    after: tuple[int, int]
    deep_before: tuple[int, int]
    deep_after: tuple[int, int]


def spread(rows: Sequence[Exposure], masks: Mapping[str, Bools], sea: Bools) -> tuple[Standing, ...]:
    """Return amounts by cell: known areas hold theirs, the rest of the total lies evenly over the rest of the land.

    What an area holds is spread evenly over its land; an area without land (all sea) leaves its amount to the rest.
    """
    return tuple(Standing(row.kind, _amounts(row, masks, sea), row.uncertainty) for row in rows)


def _amounts(row: Exposure, masks: Mapping[str, Bools], sea: Bools) -> Floats:
    amount, open_land, left = np.zeros(sea.shape), np.zeros(sea.shape, bool), row.total
    for code, mask in masks.items():
        land = mask & ~sea
        if code in row.by_area and land.any():
            amount[land] = row.by_area[code] / int(land.sum())
            left -= row.by_area[code]
        else:
            open_land |= land
    if open_land.any():
        amount[open_land] = left / int(open_land.sum())
    return amount


DEEP = ("into houses", "above the knee", "above the waist")  # the engine's classes from 30 cm on


def in_water(figures: Mapping[str, Any], kinds: Sequence[str]) -> tuple[InWater, ...]:
    """Return the counts of a computed what-if; nothing for kinds that it did not count."""
    before, after = figures.get("baseline", {}), figures.get("scenario", {})
    return tuple(
        InWater(
            kind,
            _range([before[kind]["any"]]),
            _range([after[kind]["any"]]),
            _range([before[kind][name] for name in DEEP]),
            _range([after[kind][name] for name in DEEP]),
        )
        for kind in kinds
        if kind in before and kind in after
    )


def _range(parts: Sequence[Mapping[str, float]]) -> tuple[int, int]:
    """Return a range, outwards to two figures: more would promise what nobody knows.

    The ends of several depth classes are added, which is a little wider than the range of their sum.
    """
    low, high = sum(part["low"] for part in parts), sum(part["high"] for part in parts)
    return _two(low, math.floor), _two(high, math.ceil)


def _two(value: float, towards: Any) -> int:
    if value < 1:
        return 0 if towards is math.floor or value < 0.05 else 1
    unit = 10 ** max(math.floor(math.log10(value)) - 1, 0)
    return int(towards(value / unit) * unit)
