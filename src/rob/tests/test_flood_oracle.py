"""The flood beside a foreign solver, itzi: the common case (T8) and a failed defence (T7)."""

from __future__ import annotations

import numpy as np
import pytest

from rob.flood.solver import Flood, Numerics, Setup
from rob.flood.structures import River, Structures
from rob.tests.floods import edge, run, terrain

pytestmark = pytest.mark.slow


def agree(ours: np.ndarray, theirs: np.ndarray, land: np.ndarray, mean: float, shared: float) -> None:
    """Mean |Δh| over cells wet in either, and the share of them that is wet in both (5 cm)."""
    either = land & ((ours > 0.05) | (theirs > 0.05))
    both = land & (ours > 0.05) & (theirs > 0.05)
    assert np.abs(ours - theirs)[either].mean() <= mean
    assert both.sum() / either.sum() >= shared


@pytest.mark.filterwarnings("ignore")
def test_the_common_case_agrees_with_itzi() -> None:
    """T8: 500 × 500 cells of 10 m for half an hour, the sea at 1.5 m along the low edge, n = 0.04, α = 0.7, θ = 0.9."""
    itzi = pytest.importorskip("rob.tests.itzi_run", reason="itzi is not installed", exc_type=ImportError)
    rng = np.random.default_rng(0)
    z = np.linspace(2.3, 0.3, 500)[:, None] + rng.normal(0.0, 0.05, (500, 500))
    land = ~edge(z.shape, "south")
    case = itzi.Case(z, 10.0, 0.04, held=np.where(land, np.nan, 1.5 - z))
    theirs = itzi.run(itzi.prepare(case, 1800.0), 1800.0)
    ours = run(z, 1800.0, side="south", level=((0.0,), (1.5,)), numerics=Numerics(longest=60.0)).depth
    agree(ours, theirs, land, 0.005, 0.99)


POINTS = ((50, 1000), (100, 1000), (200, 1000), (300, 1000), (400, 1000), (300, 1300))
"""Where EA SC120002 test 4 asks for the depth: metres from the western side, and from the southern one."""


@pytest.mark.filterwarnings("ignore")
def test_water_from_a_failed_defence_spreads_as_in_itzi() -> None:
    """T7, EA SC120002 test 4: 1000 × 2000 m of flat dry ground, n = 0.05, 5 m cells, five hours.

    The published hydrograph is a file we do not have: a trapezoid of the same peak (20 m³/s) and base (6 h) on 20 m of
    the western side stands for it, in steps of ten minutes, so that both solvers get the same water.
    """
    itzi = pytest.importorskip("rob.tests.itzi_run", reason="itzi is not installed", exc_type=ImportError)
    z, cell, mouth = np.zeros((400, 200)), 5.0, (slice(198, 202), 0)
    steps = np.arange(0.0, 18001.0, 600.0)
    rate = np.interp(steps[:-1] + 300.0, (0.0, 3600.0, 14400.0, 21600.0), (0.0, 20.0, 20.0, 0.0))

    def inflow(n: int) -> np.ndarray:
        field = np.zeros(z.shape, np.float32)
        field[mouth] = rate[n] / 4.0 / cell**2
        return field

    theirs = itzi.prepare(itzi.Case(z, cell, 0.05, inflow=inflow(0)), 18000.0)
    when = [t + 1.0 * (k == 0 and n > 0) for n in range(len(rate)) for k, t in enumerate(steps[n : n + 2])]
    river = River(tuple((row, 0) for row in range(198, 202)), (tuple(when), tuple(np.repeat(rate, 2))))
    case = Setup(
        terrain(z, cell), np.zeros(z.shape, bool), None, 0.05, structures=Structures(rivers=(river,)),
        numerics=Numerics(longest=60.0),
    )  # fmt: skip
    ours = Flood(case)
    for n in range(len(rate)):
        theirs.set_array("inflow", inflow(n))
        depth = itzi.run(theirs, float(steps[n + 1]))
        if steps[n + 1] % 3600.0 == 0.0:
            frame = ours.run(float(steps[n + 1]))
            agree(frame.depth, depth, np.ones(z.shape, bool), 0.001, 0.99)
            for x, y in POINTS:
                at = (int((2000 - y) / cell), int(x / cell))
                assert frame.depth[at] == pytest.approx(float(depth[at]), abs=0.005)
    assert frame.depth.sum() * cell**2 == pytest.approx(frame.balance.rivers, rel=1e-9)
    assert np.allclose(frame.depth, frame.depth[::-1], atol=1e-6)
