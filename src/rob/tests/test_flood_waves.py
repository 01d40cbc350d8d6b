"""The flood against exact solutions: a lake at rest, travelling waves, uniform flow (T1, T3, T3b, T4, T6)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from rob.flood.solver import Flood, Numerics, Setup
from rob.flood.structures import Barrier, River, Structures
from rob.tests.floods import PLAIN, bowl, run, terrain, wall
from rob.types import GRAVITY

Exact = Callable[[float, np.ndarray, float, float], np.ndarray]


def test_a_lake_at_rest_stays_at_rest_over_any_bed_and_dyke() -> None:
    z = bowl()
    depth = np.maximum(2.0 - z, 0.0)
    frame = run(z, 3600.0, depth=depth, structures=Structures(barriers=(Barrier(wall(20, 40, 1.8)),)))
    assert np.abs(frame.discharge_east).max() < 1e-12
    assert np.abs(frame.discharge_south).max() < 1e-12
    assert abs(frame.balance.end - frame.balance.start) < 1e-12 * frame.balance.start


def hunter(t: float, x: np.ndarray, n: float, u: float) -> np.ndarray:
    """Depth of the wave of Hunter et al. (2005), full shallow water."""
    return (7.0 / 3.0 * n**2 * u**2 * np.maximum(u * t - x, 0.0)) ** (3.0 / 7.0)


def travelling(s: np.ndarray, n: float, u: float) -> np.ndarray:
    """Depth at distance s behind the front of the exact wave of the local-inertial equations, by bisection."""
    low = np.full(s.shape, u * u / GRAVITY)
    high = np.full(s.shape, 20.0)
    front = 3.0 / 56.0 * (2.0 * u * u / GRAVITY) ** (7.0 / 3.0)
    for _ in range(80):
        h = 0.5 * (low + high)
        left = 3.0 / 7.0 * h ** (7.0 / 3.0) - 3.0 * u * u / (4.0 * GRAVITY) * h ** (4.0 / 3.0)
        small = left < n * n * u * u * s + front
        low, high = np.where(small, h, low), np.where(small, high, h)
    return np.where(s > 0.0, 0.5 * (low + high), 0.0)


def wave_error(exact: Exact, n: float, u: float, end: float, dx: float) -> tuple[float, float]:
    """RMS error over the wet part and front error (m) of a run driven by the exact depth at x = 0."""
    cells = int(1.3 * u * end / dx)
    x = dx * np.arange(cells)
    times = np.linspace(0.0, end, 400)
    level = (tuple(times), tuple(float(exact(t, np.zeros(1), n, u)[0]) for t in times))
    frame = run(
        np.zeros((3, cells)),
        end,
        cell=dx,
        side="west",
        level=level,
        roughness=n,
        numerics=Numerics(theta=1.0, thin=1e-4),
    )
    h, true = frame.depth[1], exact(end, x, n, u)
    wet = true > 0.0
    # The exact front is a step of 2 u²/g: its place is where that depth stands.
    front = abs(dx * (np.flatnonzero(h > 2.0 * u * u / GRAVITY).max()) - u * end)
    return float(np.sqrt(np.mean((h[wet] - true[wet]) ** 2))), front


@pytest.mark.parametrize(
    ("n", "u", "end", "dx", "most"),
    [(0.03, 1.0, 3600.0, 50.0, 0.025), (0.03, 1.0, 3600.0, 25.0, 0.055), (0.03, 0.4, 9000.0, 50.0, 0.012)],
)
def test_the_wave_over_a_flat_plane_is_as_near_to_full_shallow_water_as_the_equations_allow(
    n: float, u: float, end: float, dx: float, most: float
) -> None:
    error, _ = wave_error(hunter, n, u, end, dx)
    assert error <= most


def own(t: float, x: np.ndarray, n: float, u: float) -> np.ndarray:
    """The travelling wave of our own equations at time t."""
    return travelling(u * t - x, n, u)


def test_the_wave_converges_to_the_exact_solution_of_its_own_equations() -> None:
    errors = [wave_error(own, 0.03, 1.0, 3600.0, dx) for dx in (50.0, 25.0, 12.5)]
    size = [e for e, _ in errors]
    assert size[0] <= 0.035
    assert size[1] <= 0.023
    assert size[2] <= 0.015
    assert np.log2(size[0] / size[2]) / 2.0 >= 0.55
    assert errors[1][1] <= 2 * 25.0


@pytest.mark.parametrize(
    ("n", "u", "end", "most"),
    [(0.01, 0.635, 3600.0, (0.0104, 0.0060, 0.0037)), (0.03, 0.4, 9000.0, (0.016, 0.011, 0.007))],
)
def test_other_speeds_and_roughness_converge_to_the_exact_wave_too(
    n: float, u: float, end: float, most: tuple[float, float, float]
) -> None:
    errors = [wave_error(own, n, u, end, dx)[0] for dx in (50.0, 25.0, 12.5)]
    assert all(error <= limit for error, limit in zip(errors, most, strict=True))
    assert errors[0] > errors[1] > errors[2]


@pytest.mark.parametrize(
    ("n", "u", "end", "depth"),
    [(0.03, 1.0, 3600.0, 2.379), (0.01, 0.635, 3600.0, 0.517), (0.03, 0.4, 9000.0, 1.084)],
)
def test_the_boundary_of_the_wave_has_its_known_depth(n: float, u: float, end: float, depth: float) -> None:
    assert hunter(end, np.zeros(1), n, u)[0] == pytest.approx(depth, abs=0.001)


@pytest.mark.parametrize("theta", [1.0, 0.9])
def test_water_in_the_basin_of_thacker_swings_with_its_period_and_shore(theta: float) -> None:
    """Thacker (1981), the plane surface in a frictionless parabolic bowl; T6.

    Ground h₀ (r²/a² − 1); the middle of the water stands at σ cos ωt, ω = √(2 g h₀)/a. The missing advection slows it a
    little; the shore runs up and falls dry all around.
    """
    depth0, radius, swing, dx = 10.0, 1000.0, 50.0, 50.0
    middle = dx * (np.arange(50) - 24.5)
    x, y = np.meshgrid(middle, middle)
    z = depth0 * ((x**2 + y**2) / radius**2 - 1.0)
    start = np.maximum(swing * depth0 / radius**2 * (2.0 * x - swing) - z, 0.0)
    period = 2.0 * np.pi * radius / np.sqrt(2.0 * GRAVITY * depth0)
    numerics = Numerics(theta=theta, courant=0.5)
    flood = Flood(Setup(terrain(z, dx), np.zeros(z.shape, bool), None, 0.0, depth=start, numerics=numerics))
    places = []
    for quarter in range(1, 9):
        frame = flood.run(period * quarter / 4.0)
        places.append(float((frame.depth * x).sum() / frame.depth.sum()) / swing)
        assert frame.depth.min() >= 0.0
        assert abs(frame.balance.error) < 1e-12
        assert float((z + frame.depth)[frame.depth > 0.01].max()) < 1.2
    assert places == pytest.approx([0.0, -1.0, 0.0, 1.0, 0.0, -1.0, 0.0, 1.0], abs=0.25)
    assert places[:4] == pytest.approx([0.0, -1.0, 0.0, 1.0], abs=0.1)


@pytest.mark.parametrize("theta", [1.0, 0.9])
def test_uniform_flow_has_the_depth_of_manning(theta: float) -> None:
    slope, q0, n, dx = 1e-3, 1.0, 0.03, 20.0
    z = np.tile(slope * dx * np.arange(200)[::-1], (3, 1))
    normal = (n * q0 / np.sqrt(slope)) ** 0.6
    rivers = (River(((0, 0), (1, 0), (2, 0)), ((0.0,), (3 * q0 * dx,))),)
    sea = np.zeros(z.shape, bool)
    sea[:, -1] = True
    setup = Setup(
        terrain(z, dx),
        sea,
        ((0.0,), (normal,)),
        n,
        depth=np.full(z.shape, normal),
        structures=Structures(rivers=rivers),
        numerics=Numerics(theta=theta),
    )
    depth = Flood(setup).run(6 * 3600.0).depth[1]
    assert np.abs(depth[40:160] / normal - 1.0).max() < 0.005


def test_water_in_a_bowl_swings_within_bounds_and_never_goes_negative() -> None:
    y, x = np.mgrid[-1:1:61j, -1:1:61j]
    z = 10.0 * (x**2 + y**2)
    depth = np.maximum(2.0 + 2.0 * x - z, 0.0)
    setup = Setup(terrain(z, 50.0), np.zeros(z.shape, bool), None, 0.0, depth=depth, numerics=PLAIN)
    flood = Flood(setup)
    top = float((z + depth)[depth > 0].max())
    for minute in range(5, 60, 5):
        frame = flood.run(60.0 * minute)
        assert frame.depth.min() >= 0.0
        assert float((z + frame.depth)[frame.depth > 0.01].max()) < 2.0 * top
        assert abs(frame.balance.error) < 1e-9
