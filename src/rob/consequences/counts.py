"""People, houses, roads and schools in the water by depth class, as ranges over an ensemble."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rob.consequences.damage import FLOOR, house_damage
from rob.consequences.roads import closed
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
    floor
        Height of the floor over the street, metres; only used for ``houses``.
    """

    kind: str
    row: Ints
    column: Ints
    amount: Floats
    uncertainty: float = 0.0
    floor: float = FLOOR


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
    _check(assets, depths)
    table = np.array([_by_class(assets, depth) for depth in depths])
    table = np.concatenate([table, table.sum(axis=1, keepdims=True)], axis=1)
    return {name: _range(table[:, n], assets.uncertainty) for n, name in enumerate((*CLASS_NAMES, "any"))}


def damaged(assets: Assets, depths: list[Floats]) -> Range:
    """Houses lost, in whole houses, as a range from nothing to what the curve of `house_damage` gives.

    Parameters
    ----------
    assets
        Houses, with the height of their floor.
    depths
        As for `count`.

    Returns
    -------
    Range
        ``low`` is zero: such curves overstated Jakarta's losses two- to fifteenfold (Wijayanti et al. 2017).

    Raises
    ------
    RobError
        As `count`.
    """
    _check(assets, depths)
    lost = [
        float((assets.amount * house_damage(_depth(assets, depth), assets.floor)).sum()) for depth in depths
    ]
    found = _range(np.array(lost), assets.uncertainty)
    return Range(0.0, found.middle, found.high)


def closed_metres(roads: Assets, depths: list[Floats]) -> Range:
    """Metres of road closed to cars, as a range over the members: those in water from `CLOSED_FROM` on.

    Raises
    ------
    RobError
        As `count`.
    """
    _check(roads, depths)
    shut = [float(roads.amount[closed(_depth(roads, depth)[:, None])].sum()) for depth in depths]
    return _range(np.array(shut), roads.uncertainty)


def _check(assets: Assets, depths: list[Floats]) -> None:
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


def _depth(assets: Assets, depth: Floats) -> Floats:
    return np.asarray(np.nan_to_num(depth[assets.row, assets.column]))


def _range(amounts: Floats, uncertainty: float) -> Range:
    """Tenth, middle and ninetieth of a hundred over the members, widened by the error of the amounts."""
    low, middle, high = np.quantile(amounts, [0.1, 0.5, 0.9])
    # 1.28 standard errors to either side reach from the tenth to the ninetieth of a hundred.
    spread = 1.2816 * uncertainty * middle
    return Range(
        max(0.0, float(middle - np.hypot(middle - low, spread))),
        float(middle),
        float(middle + np.hypot(high - middle, spread)),
    )


def _by_class(assets: Assets, depth: Floats) -> Floats:
    here = _depth(assets, depth)
    index = np.searchsorted(CLASSES, here, side="right")
    return np.asarray(np.bincount(index, assets.amount, minlength=len(CLASSES) + 1)[1:], float)


def probability(depths: list[Floats], depth: float) -> Floats:
    """Share of the members in which each cell is deeper than `depth` (metres): P(depth > d)."""
    return np.asarray(np.mean([np.nan_to_num(member) > depth for member in depths], axis=0))
