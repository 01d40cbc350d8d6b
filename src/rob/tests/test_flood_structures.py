"""Dykes, breaches, gates, valves, pumps, rivers, rain, and the books of the water (T2, T5, T9)."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rob.flood.solver import Flood, Numerics, Setup
from rob.flood.structures import Barrier, Culvert, Pump, River, Structures, breach, gate
from rob.onset.minimax import onset
from rob.tests.floods import bowl, edge, run, terrain, wall
from rob.types import GRAVITY

HOUR = 3600.0


def everything() -> Structures:
    """One of each structure on a 40 × 40 grid."""
    return Structures(
        barriers=(Barrier(wall(20, 40, 0.9)), breach(wall(10, 40, 1.2), HOUR, 600.0, 0.2)),
        pumps=(Pump((5, 30), (35, 5), 0.5, 0.3, 0.1), Pump((6, 31), None, 0.5, 0.3, 0.1)),
        culverts=(Culvert((20, 30), (20, 5), 0.5, 0.1), Culvert((30, 25), (30, 10), 0.5, 0.1, one_way=True)),
        rivers=(River(((0, 0), (0, 1)), ((0.0, HOUR, 2 * HOUR), (0.0, 3.0, 0.0))),),
        rain=((0.0, 1800.0, 1801.0), (20.0, 20.0, 0.0)),
    )


@pytest.mark.parametrize("threads", [1, 2])
def test_no_water_is_made_or_lost_whatever_is_built(threads: int) -> None:
    level = (tuple(HOUR * h for h in range(7)), (0.2, 0.9, 1.6, 1.0, 0.2, -0.5, -0.5))
    frame = run(
        bowl(),
        (6 if threads == 1 else 2) * HOUR,
        side="south",
        level=level,
        structures=everything(),
        numerics=Numerics(threads=threads),
    )
    balance = frame.balance
    assert abs(balance.error) < 1e-9
    assert balance.rain > 0
    assert balance.rivers == pytest.approx(3.0 * HOUR, rel=2e-3)
    assert balance.out > 0
    assert frame.depth.min() >= 0.0


def test_threads_and_skipping_do_not_change_a_single_depth() -> None:
    level = ((0.0, 0.2 * HOUR), (0.2, 1.4))
    z = bowl(150, noise=0.1)
    frames = [
        run(z, 0.2 * HOUR, side="south", level=level, numerics=Numerics(threads=threads, skip=skip))
        for threads, skip in ((1, True), (1, False), (2, True), (2, False))
    ]
    for other in frames[1:]:
        assert np.array_equal(frames[0].depth, other.depth)


def test_the_state_stays_balanced_through_draining_to_dry() -> None:
    z = np.tile(np.linspace(2.0, 0.0, 60), (5, 1))
    frame = run(z, 12 * HOUR, side="east", level=((0.0,), (-5.0,)), depth=np.full(z.shape, 0.5))
    assert abs(frame.balance.error) < 1e-9
    assert np.isfinite(frame.depth).all()
    assert frame.depth[:, :50].max() < 0.05


def test_a_slow_sea_floods_exactly_what_is_connected() -> None:
    z = bowl(30, noise=0.3)
    top = 0.9
    level = ((0.0, 48 * HOUR, 60 * HOUR), (-0.5, top, top))
    numerics = Numerics(thin=1e-4, longest=30.0)
    frame = run(z, 60 * HOUR, side="south", level=level, roughness=0.02, numerics=numerics)
    static = onset(terrain(z), edge(z.shape, "south"))
    wet = static.depth(top) > 0.01
    hits, either = (wet & (frame.depth > 0.005)).sum(), (wet | (frame.depth > 0.01)).sum()
    assert hits == wet.sum() == either
    assert np.abs((z + frame.depth)[wet] - top).max() < 0.01


def basin() -> np.ndarray:
    """Sea in the west, a flat basin in the east."""
    z = np.zeros((5, 40))
    z[:, :20] = -1.0
    return z


def filled(level: float) -> np.ndarray:
    """Depth at the start with the sea side of `basin` already at its level."""
    return np.where(np.arange(40) < 20, level + 1.0, 0.0) * np.ones((5, 1))


def test_a_basin_behind_a_dyke_stays_dry_until_the_crest_and_then_keeps_its_level() -> None:
    dyke = Structures(barriers=(Barrier(wall(19, 5, 0.8)),))
    below = run(basin(), 6 * HOUR, side="west", level=((0.0, HOUR), (0.0, 0.79)), structures=dyke)
    assert below.depth[:, 20:].max() == 0.0
    level = ((0.0, 2 * HOUR, 10 * HOUR, 12 * HOUR), (0.0, 1.2, 1.2, -0.5))
    after = run(basin(), 48 * HOUR, side="west", level=level, structures=dyke)
    assert np.abs(after.depth[:, 20:] - 0.8).max() < 0.01


def test_a_free_weir_passes_the_discharge_of_the_formula() -> None:
    z = np.zeros((3, 21))
    z[:, 11:] = -60.0
    structures = Structures(barriers=(Barrier(wall(10, 3, 1.0)),))
    setup = Setup(terrain(z), edge(z.shape, "west"), ((0.0,), (1.5,)), 0.01, structures=structures)
    flood = Flood(setup)
    flood.run(1200.0)
    frame = flood.look()
    head = frame.depth[1, 10] - 1.0
    expected = 0.6 * 2.0 / 3.0 * np.sqrt(2.0 * GRAVITY) * head**1.5
    assert frame.discharge_east[1, 10] == pytest.approx(expected, rel=0.02)


def test_a_drowned_dyke_lets_both_sides_come_level_without_swinging() -> None:
    structures = Structures(barriers=(Barrier(wall(19, 5, 0.3)),))
    depth = np.where(np.arange(40) < 20, 1.5, 0.6) * np.ones((5, 1))
    frame = run(np.zeros((5, 40)), 3 * HOUR, depth=depth, structures=structures)
    assert np.ptp(frame.depth) < 0.01
    assert np.abs(frame.discharge_east).max() < 0.02


def test_a_breach_floods_the_polder_from_its_hour_on() -> None:
    structures = Structures(barriers=(breach(wall(19, 5, 2.0), 2 * HOUR, 600.0, 0.2),))
    setup = Setup(
        terrain(basin()), edge((5, 40), "west"), ((0.0,), (1.0,)), depth=filled(1.0), structures=structures
    )
    flood = Flood(setup)
    assert flood.run(1.9 * HOUR).depth[:, 20:].max() == 0.0
    assert flood.run(6 * HOUR).depth[:, 20:].min() > 0.8


def test_a_gate_keeps_the_tide_out_only_while_it_is_shut() -> None:
    moves = ((0.0, 2 * HOUR, 2 * HOUR + 60.0), (0.0, 0.0, 1.0))
    structures = Structures(barriers=(gate(wall(19, 5, 9.0), -1.0, 2.0, moves),))
    setup = Setup(
        terrain(basin()), edge((5, 40), "west"), ((0.0,), (0.5,)), depth=filled(0.5), structures=structures
    )
    flood = Flood(setup)
    assert flood.run(2 * HOUR).depth[:, 20:].max() == 0.0
    assert flood.run(8 * HOUR).depth[:, 20:].min() > 0.4


@pytest.mark.parametrize("way", [0, 1, -1])
def test_a_flap_gate_lets_water_pass_one_way_only(way: int) -> None:
    barrier = dataclasses.replace(Barrier(wall(19, 5, 0.1)), way=way)
    frame = run(
        np.zeros((5, 40)),
        4 * HOUR,
        side="west",
        level=((0.0,), (0.6,)),
        structures=Structures(barriers=(barrier,)),
    )
    assert (frame.depth[:, 20:].max() > 0.3) == (way != -1)


def test_a_check_valve_drains_the_polder_at_low_tide_and_holds_at_high_tide() -> None:
    pipes = tuple(Culvert((row, 25), (row, 10), 0.4, 0.0, one_way=True) for row in range(5))
    structures = Structures(barriers=(Barrier(wall(19, 5, 3.0)),), culverts=pipes)
    z, polder = basin(), np.where(np.arange(40) < 20, 0.0, 0.6) * np.ones((5, 1))
    high = run(
        z, 2 * HOUR, side="west", level=((0.0,), (1.0,)), depth=polder + filled(1.0), structures=structures
    )
    assert high.depth[:, 20:].mean() == pytest.approx(0.6, abs=1e-6)
    low = run(
        z, 6 * HOUR, side="west", level=((0.0,), (-0.5,)), depth=polder + filled(-0.5), structures=structures
    )
    assert low.depth[:, 20:].mean() < 0.1


def test_a_pump_never_moves_more_than_its_capacity_nor_makes_the_polder_wetter() -> None:
    def polder(pumps: tuple[Pump, ...]) -> np.ndarray:
        frame = run(
            np.zeros((5, 40)),
            2 * HOUR,
            side="west",
            level=((0.0,), (0.0,)),
            structures=Structures(barriers=(Barrier(wall(19, 5, 3.0)),), pumps=pumps, rain=((0.0,), (10.0,))),
        )
        assert abs(frame.balance.error) < 1e-9
        assert frame.moved.sum() <= 0.01 * len(pumps) * 2 * HOUR * (1 + 1e-9)
        return frame.depth[:, 20:]

    without, with_pump = polder(()), polder((Pump((2, 30), (2, 5), 0.01, 0.002, 0.0),))
    assert with_pump.sum() < without.sum()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 12))
def test_subsidence_and_sea_level_rise_of_the_same_size_are_the_same(seed: int, eighths: int) -> None:
    """Heights of eighths of a metre are exact in millimetres and in binary: so is the equality."""
    rng = np.random.default_rng(seed)
    z, sea, change = rng.integers(-4, 20, (25, 25)) / 8.0, edge((25, 25), "south"), eighths / 8.0
    dykes, sunk_dykes = wall(10, 25, 1.5), wall(10, 25, 1.5 - change)
    before, sunk = onset(terrain(z), sea, dykes), onset(terrain(z - change), sea, sunk_dykes)
    assert np.array_equal(before.depth(0.875 + change), sunk.depth(0.875))
    assert np.array_equal(before.flooded(0.875 + change), sunk.flooded(0.875))
    assert np.array_equal(before.low_but_dry(0.875 + change), sunk.low_but_dry(0.875))


def anything(rng: np.random.Generator, size: int) -> Structures:
    """Some of every structure, anywhere on a grid."""

    def cell() -> tuple[int, int]:
        return int(rng.integers(size)), int(rng.integers(size))

    def some(most: int) -> range:
        return range(int(rng.integers(most + 1)))

    barriers = [
        dataclasses.replace(
            Barrier(wall(int(rng.integers(size - 1)), size, rng.uniform(0, 2))), way=int(rng.integers(-1, 2))
        )
        for _ in some(2)
    ]
    barriers += [breach(wall(size // 2, size, 1.5), rng.uniform(0, 2000), 300.0, rng.uniform(-0.5, 1.0))]
    barriers += [gate(wall(size // 3, size, 9.0), 0.0, 1.5, ((0.0, 1200.0), (0.0, 1.0))) for _ in some(1)]
    return Structures(
        tuple(barriers),
        tuple(
            Pump(cell(), cell() if rng.random() < 0.7 else None, rng.uniform(0.01, 5), 0.2, 0.1)
            for _ in some(4)
        ),
        tuple(
            Culvert(cell(), cell(), rng.uniform(0.1, 3), rng.uniform(-0.5, 0.5), bool(n % 2)) for n in some(4)
        ),
        tuple(
            River((cell(), cell()), ((0.0, 900.0, 1800.0), (0.0, rng.uniform(0, 20), 0.0))) for _ in some(2)
        ),
        ((0.0, 600.0, 601.0), (rng.uniform(0, 80), 5.0, 0.0)) if rng.random() < 0.5 else None,
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(6, 24), st.sampled_from([1.0, 0.9]), st.booleans())
def test_whatever_is_built_and_however_the_sea_moves_no_water_is_made_or_lost(
    seed: int, size: int, theta: float, skip: bool
) -> None:
    """T2 as a property: beds, structures, seas and rain by chance, wetting and drying."""
    rng = np.random.default_rng(seed)
    z = rng.normal(0.3, rng.uniform(0.05, 1.0), (size, size))
    z[rng.random(z.shape) < 0.05] = np.nan
    z[-1] = np.nan_to_num(z[-1])
    level = (tuple(900.0 * n for n in range(5)), tuple(rng.uniform(-1.0, 2.0, 5)))
    frame = run(
        z,
        2700.0,
        side="south",
        level=level,
        depth=np.where(rng.random(z.shape) < 0.3, rng.uniform(0.0, 1.0), 0.0),
        roughness=rng.uniform(0.015, 0.1),
        structures=anything(rng, size),
        numerics=Numerics(theta=theta, skip=skip),
    )
    assert abs(frame.balance.error) < 1e-9
    assert np.nanmin(frame.depth) >= 0.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.floats(0.0, 3.0))
def test_a_lake_at_rest_stays_at_rest_whatever_its_bed_and_dykes(seed: int, level: float) -> None:
    """T1 as a property."""
    rng = np.random.default_rng(seed)
    z = rng.normal(1.0, rng.uniform(0.05, 1.0), (15, 15))
    walls = tuple(Barrier(wall(int(rng.integers(14)), 15, rng.uniform(0, 3))) for _ in range(3))
    frame = run(z, 1800.0, depth=np.maximum(level - z, 0.0), structures=Structures(barriers=walls))
    assert np.abs(frame.discharge_east).max() < 1e-12
    assert np.abs(frame.discharge_south).max() < 1e-12
    assert abs(frame.balance.end - frame.balance.start) <= 1e-12 * frame.balance.start


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.floats(0.005, 0.5))
def test_a_pump_never_makes_the_polder_wetter(seed: int, capacity: float) -> None:
    """T9 as a property."""
    rng = np.random.default_rng(seed)
    z = rng.normal(0.0, 0.1, (8, 20))
    dyke, rain = (Barrier(wall(9, 8, 5.0)),), ((0.0,), (rng.uniform(5.0, 60.0),))
    pump = Pump((int(rng.integers(8)), int(rng.integers(12, 20))), (4, 3), capacity, -0.1, -0.2)
    dry, wet = (
        run(z, 1800.0, side="west", level=((0.0,), (0.2,)), structures=Structures(dyke, pumps, rain=rain))
        for pumps in ((pump,), ())
    )
    assert dry.depth[:, 10:].sum() <= wet.depth[:, 10:].sum() + 1e-9
    assert dry.moved.sum() <= capacity * 1800.0 * (1 + 1e-9)


def test_a_pond_behind_a_sill_holds_the_level_of_the_sill() -> None:
    """EA test 1: a water body cut off by a sill; the level rises to 10.35 m and falls again."""
    z = np.tile(
        np.interp(np.arange(70) * 10.0, [0, 300, 400, 500, 700], [9.7, 9.9, 10.25, 9.9, 9.6]), (10, 1)
    )
    level = ((0.0, HOUR, 11 * HOUR, 12 * HOUR), (9.7, 10.35, 10.35, 9.7))
    frame = run(z, 24 * HOUR, side="west", level=level, roughness=0.03)
    assert (z + frame.depth)[5, 60] == pytest.approx(10.25, abs=0.012)
