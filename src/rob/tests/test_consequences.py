"""Counts by depth class, damage and roads."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rob.consequences.counts import CLASS_NAMES, Assets, closed_metres, count, damaged, probability
from rob.consequences.damage import house_damage
from rob.consequences.roads import closed, safe_speed
from rob.types import RobError

HOUSES = Assets("houses", np.array([0, 0, 0, 0]), np.array([0, 1, 2, 3]), np.array([10.0, 20.0, 30.0, 40.0]))


def test_each_house_is_counted_in_the_class_of_its_depth() -> None:
    found = count(HOUSES, [np.array([[0.0, 0.05, 0.4, np.nan]])])
    assert [found[name].middle for name in CLASS_NAMES] == [20.0, 0.0, 30.0, 0.0, 0.0]
    assert (found["any"].low, found["any"].middle, found["any"].high) == (50.0, 50.0, 50.0)


def test_an_ensemble_and_unsure_amounts_give_a_range() -> None:
    depths = [np.array([[d, d, d, d]]) for d in np.linspace(0.0, 0.2, 21)]
    found = count(HOUSES, depths)["any"]
    assert found.low < found.middle or found.high > found.middle or found.low < found.high
    unsure = count(Assets("people", HOUSES.row, HOUSES.column, HOUSES.amount, 0.3), [np.full((1, 4), 0.2)])[
        "any"
    ]
    assert unsure.low == pytest.approx(100.0 - 1.2816 * 30.0)
    assert unsure.high == pytest.approx(100.0 + 1.2816 * 30.0)


def test_a_place_outside_the_map_or_no_map_is_a_fault() -> None:
    with pytest.raises(RobError, match="houses: row, column: a place lies outside the map"):
        count(HOUSES, [np.zeros((1, 2))])
    with pytest.raises(RobError, match="there is no depth map"):
        count(HOUSES, [])


def test_probability_is_the_share_of_members() -> None:
    assert probability([np.array([[0.0, 0.2]]), np.array([[0.2, np.nan]])], 0.1).tolist() == [[0.5, 0.5]]


def test_water_below_the_floor_harms_no_house() -> None:
    damage = house_damage(np.array([0.1, 0.24, 0.5, 6.0, np.nan]))
    assert damage == pytest.approx([0.0, 0.0, 0.3266, 1.0, 0.0])


def test_lost_houses_range_from_none_to_the_curve_and_depend_on_the_floor() -> None:
    depths = [np.array([[0.2, 0.5, 1.0, 0.0]])]
    low = damaged(HOUSES, depths)
    assert low.low == 0.0
    assert low.high == pytest.approx(20.0 * 0.3266 + 30.0 * 0.4941)
    raised = dataclasses.replace(HOUSES, floor=0.6)
    assert damaged(raised, depths).high == pytest.approx(30.0 * 0.4941)
    bare = dataclasses.replace(HOUSES, floor=0.0)
    assert damaged(bare, depths).high > low.high


def test_a_metre_of_road_is_closed_from_thirty_centimetres_in_most_members_or_in_few() -> None:
    roads = Assets("roads", np.array([0, 0]), np.array([0, 1]), np.array([100.0, 50.0]))
    found = closed_metres(roads, [np.array([[0.31, d]]) for d in (0.0, 0.1, 0.2, 0.4)])
    assert (found.low, found.middle) == (100.0, 100.0)
    assert found.high > 100.0
    for figure in (damaged, closed_metres):
        with pytest.raises(RobError, match="there is no depth map"):
            figure(roads, [])


def test_a_road_slows_and_closes_at_thirty_centimetres() -> None:
    speed = safe_speed(np.array([0.0, 0.1, 0.29, 0.3, 1.0]))
    assert speed[0] == pytest.approx(86.9448)
    assert (np.diff(speed) <= 0).all()
    assert speed[-2:].tolist() == [0.0, 0.0]
    assert closed(np.array([[0.1, 0.2], [0.1, 0.31]])).tolist() == [False, True]
