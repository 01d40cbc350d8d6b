"""The flood beside a foreign solver, itzi: the common case (T8) and a failed defence (T7)."""

from __future__ import annotations

import numpy as np
import pytest

from rob.flood.solver import Numerics
from rob.flood.structures import River, Structures
from rob.tests.floods import edge, run

pytestmark = pytest.mark.slow


def agree(ours: np.ndarray, theirs: np.ndarray, land: np.ndarray, mean: float, shared: float) -> None:
    """Mean |Δh| over cells wet in either, and the share of them that is wet in both (5 cm)."""
    either = land & ((ours > 0.05) | (theirs > 0.05))
    both = land & (ours > 0.05) & (theirs > 0.05)
    assert np.abs(ours - theirs)[either].mean() <= mean
    assert both.sum() / either.sum() >= shared


@pytest.mark.filterwarnings("ignore")
def test_the_common_case_agrees_with_itzi() -> None:
    itzi = pytest.importorskip("rob.tests.itzi_run", reason="itzi is not installed", exc_type=ImportError)
    rng = np.random.default_rng(0)
    z = np.linspace(1.1, 0.3, 200)[:, None] + rng.normal(0.0, 0.05, (200, 200))
    land = ~edge(z.shape, "south")
    case = itzi.Case(z, 10.0, 0.04, held=np.where(land, np.nan, 1.5 - z))
    theirs = itzi.run(itzi.prepare(case, 1200.0), 1200.0)
    ours = run(z, 1200.0, side="south", level=((0.0,), (1.5,)), numerics=Numerics(longest=60.0)).depth
    agree(ours, theirs, land, 0.005, 0.99)


@pytest.mark.filterwarnings("ignore")
def test_water_from_a_failed_defence_spreads_as_in_itzi() -> None:
    """EA SC120002 test 4 with a steady 20 m³/s on 20 m of the western side, 10 m cells, half an hour.

    itzi clips negative depths at the running front and so makes a fifth of the water anew here; the two are compared
    where the water is deep, and the books of ours must close.
    """
    itzi = pytest.importorskip("rob.tests.itzi_run", reason="itzi is not installed", exc_type=ImportError)
    z, cell = np.zeros((200, 100)), 10.0
    inflow = np.zeros(z.shape)
    inflow[99:101, 0] = 10.0 / cell**2
    theirs = itzi.run(itzi.prepare(itzi.Case(z, cell, 0.05, inflow=inflow), 1800.0), 1800.0)
    structures = Structures(rivers=(River(((99, 0), (100, 0)), ((0.0,), (20.0,))),))
    frame = run(z, 1800.0, roughness=0.05, structures=structures, numerics=Numerics(longest=60.0))
    deep = theirs > 0.2
    assert np.abs(frame.depth - theirs)[deep].mean() <= 0.006
    assert frame.depth.sum() * cell**2 == pytest.approx(20.0 * 1800.0, rel=1e-9)
    assert np.allclose(frame.depth, frame.depth[::-1], atol=1e-6)
