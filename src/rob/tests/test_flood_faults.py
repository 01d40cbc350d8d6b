"""Floods that cannot be run, and what is said about them."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from rob.flood.solver import Flood, Numerics, Setup, frames
from rob.flood.structures import Barrier, Culvert, Pump, River, Structures
from rob.tests.floods import edge, run, terrain, wall
from rob.types import RobError

GROUND = Setup(terrain(np.zeros((6, 6))), edge((6, 6), "west"), ((0.0,), (1.0,)))
NAN = float("nan")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sea": np.zeros((2, 2), bool)}, r"sea: its shape \(2, 2\)"),
        ({"sea": np.zeros((6, 6), bool)}, "a sea level is given but no cell is sea"),
        ({"depth": np.zeros((2, 2))}, "depth: its shape"),
        ({"depth": np.full((6, 6), -1.0)}, "a depth is negative"),
        ({"depth": np.full((6, 6), NAN)}, "a depth is negative or not a number"),
        ({"roughness": 3.0}, "Manning's n must lie between 0 and 1"),
        ({"roughness": np.full((6, 6), NAN)}, "Manning's n must lie between 0 and 1"),
        ({"level": ((0.0, 0.0), (1.0, 1.0))}, "sea level: its times must increase"),
        (
            {"level": ((0.0,), (NAN,))},
            "sea level: its times must increase and each needs a value that is a number",
        ),
        ({"numerics": Numerics(courant=2.0)}, "courant must lie in"),
        ({"terrain": terrain(np.zeros((2, 2)))}, "2 × 2 cells are too few"),
        ({"structures": Structures((Barrier(wall(9, 6, 1.0)),))}, "row 0, column 9 lies outside the grid"),
        ({"structures": Structures((Barrier(wall(2, 6, NAN)),))}, "a crest is not a number"),
        ({"structures": Structures((Barrier(wall(2, 6, 1.0), 0, ((), ())),))}, "barrier 1 crest: its times"),
        (
            {"structures": Structures(pumps=(Pump((9, 9), None, 1, 1, 0),))},
            r"pump: cell \(9, 9\) lies outside",
        ),
        ({"structures": Structures(culverts=(Culvert((0, 0), (9, 9), 1, 0),))}, "culvert: cell"),
        ({"structures": Structures(rivers=(River(((9, 9),), ((0.0,), (1.0,))),))}, "river 1: cell"),
        ({"structures": Structures(rain=((0.0,), (NAN,)))}, "rain: its times"),
    ],
)
def test_a_faulty_setup_names_the_field_and_the_remedy(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(RobError, match=problem):
        Flood(dataclasses.replace(GROUND, **changes))


def test_a_run_that_blows_up_says_so() -> None:
    flood = Flood(GROUND)
    flood.field.h[3, 3] = np.inf
    with pytest.raises(RobError, match="the run blew up after 0 steps"):
        flood.look()


def test_cells_without_ground_stay_dry_in_the_rain_and_let_nothing_through() -> None:
    z = np.zeros((5, 9))
    z[:, 4] = NAN
    frame = run(
        z,
        7200.0,
        side="west",
        level=((0.0,), (1.0,)),
        structures=Structures(rain=((0.0, 3600.0, 3601.0), (9.0, 9.0, 0))),
    )
    assert np.isnan(frame.depth[:, 4]).all()
    assert frame.depth[:, 5:].mean() == pytest.approx(0.009, abs=1e-5)
    assert abs(frame.balance.error) < 1e-9


def test_frames_come_in_order_and_tell_how_far_they_are() -> None:
    told: list[float] = []
    found = list(frames(GROUND, (60.0, 120.0), told.append))
    assert [frame.time for frame in found] == pytest.approx([60.0, 120.0])
    assert told == [0.5, 1.0]
