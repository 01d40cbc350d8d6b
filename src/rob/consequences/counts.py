"""People, houses, roads and schools in the water by depth class, as ranges over an ensemble."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rob.types import Floats, Ints, RobError

CLASSES = (0.03, 0.10, 0.30, 0.50, 1.00)
"""Lower bounds of the depth classes, metres."""
CLASS_NAMES = ("wet road", "motorcycles stall", "into houses", "above the knee", "above the waist")


@dataclass(frozen=True)
class Assets:
    """Things of one kind on the grid.

    Attributes
    ----------
    kind
        ``people``, ``houses``, ``roads``, ``schools`` or another name.
    row, column
        Cells, shape ``(n,)``.
    amount
        How many in each cell (metres of road for ``roads``).
    uncertainty
        Relative error of the amounts, for instance 0.2 where people were spread over houses.
    """

    kind: str
    row: Ints
    column: Ints
    amount: Floats
    uncertainty: float = 0.0


@dataclass(frozen=True)
class Range:
    """An amount in one depth class: the tenth, the middle and the ninetieth of a hundred."""

    low: float
    middle: float
    high: float


def count(assets: Assets, depths: list[Floats]) -> dict[str, Range]:
    """Amount in each depth class, and in water at all (``any``), over the members of an ensemble.

    Parameters
    ----------
    assets
        What stands where.
    depths
        One depth map for each member, metres, all of one shape; NaN counts as dry.

    Returns
    -------
    dict
        Class name to range; with one member and exact amounts the range is a point.

    Raises
    ------
    RobError
        When there is no member, or an asset lies outside the maps.
    """
    if not depths:
        raise RobError("ensemble", "members", "there is no depth map", "Run at least one member")
    rows, columns = depths[0].shape
    if len(assets.row) and (
        assets.row.min() < 0
        or assets.column.min() < 0
        or assets.row.max() >= rows
        or assets.column.max() >= columns
    ):
        raise RobError(
            assets.kind, "row, column", "a place lies outside the map", "Clip the assets to the terrain"
        )
    table = np.array([_by_class(assets, depth) for depth in depths])
    table = np.concatenate([table, table.sum(axis=1, keepdims=True)], axis=1)
    low, middle, high = np.quantile(table, [0.1, 0.5, 0.9], axis=0)
    # 1.28 standard errors to either side reach from the tenth to the ninetieth of a hundred.
    spread = 1.2816 * assets.uncertainty * middle
    return {
        name: Range(
            max(0.0, float(middle[n] - np.hypot(middle[n] - low[n], spread[n]))),
            float(middle[n]),
            float(middle[n] + np.hypot(high[n] - middle[n], spread[n])),
        )
        for n, name in enumerate((*CLASS_NAMES, "any"))
    }


def _by_class(assets: Assets, depth: Floats) -> Floats:
    here = np.nan_to_num(depth[assets.row, assets.column])
    index = np.searchsorted(CLASSES, here, side="right")
    return np.asarray(np.bincount(index, assets.amount, minlength=len(CLASSES) + 1)[1:], float)


def probability(depths: list[Floats], depth: float) -> Floats:
    """Share of the members in which each cell is deeper than `depth` (metres): P(depth > d)."""
    return np.asarray(np.mean([np.nan_to_num(member) > depth for member in depths], axis=0))
