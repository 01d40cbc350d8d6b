"""Runs itzi in memory, without GRASS: a foreign solver of the same equations, for tests and benchmarks only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from itzi.configreader import SimulationTimes
from itzi.const import DefaultValues
from itzi.messenger import VerbosityLevel
from itzi.rasterdomain import DomainData
from itzi.simulation_factories import create_memory_simulation


@dataclass(frozen=True)
class Case:
    """Ground (m), cell side (m), Manning's n, cells held at a depth (NaN elsewhere, m), and inflow (m/s)."""

    z: np.ndarray
    cell: float
    roughness: float
    held: np.ndarray | None = None
    inflow: np.ndarray | None = None


def prepare(case: Case, seconds: float) -> Any:
    """A simulation ready to run for so many seconds, α = 0.7, θ = 0.9."""
    import os  # noqa: PLC0415

    os.environ.setdefault("ITZI_VERBOSE", str(VerbosityLevel.SUPER_QUIET))
    rows, columns = case.z.shape
    hours, rest = divmod(int(seconds), 3600)
    times = SimulationTimes(
        {
            "duration": f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}",
            "start_time": None,
            "end_time": None,
            "record_step": f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}",
        }
    )
    numbers = {
        "hmin": DefaultValues.HFMIN,
        "cfl": 0.7,
        "theta": 0.9,
        "g": DefaultValues.G,
        "vrouting": DefaultValues.VROUTING,
        "dtmax": 60.0,
        "slmax": DefaultValues.SLMAX,
        "dtinf": 3600.0,
        "max_error": 1e9,
        "inf_model": "null",
    }
    domain = DomainData(
        north=rows * case.cell, south=0.0, east=columns * case.cell, west=0.0, rows=rows, cols=columns
    )
    mask = np.zeros(case.z.shape, bool)
    simulation = create_memory_simulation(
        times, {}, numbers, {"swmm_inp": None}, domain, mask, dtype=np.float32
    )
    simulation.set_array("dem", case.z.astype(np.float32))
    simulation.set_array("friction", np.full(case.z.shape, case.roughness, np.float32))
    if case.held is not None:
        fixed = np.isfinite(case.held)
        simulation.set_array("bctype", np.where(fixed, 4.0, 0.0).astype(np.float32))
        simulation.set_array("bcval", np.nan_to_num(case.held).astype(np.float32))
        simulation.set_array("water_depth", np.nan_to_num(case.held).astype(np.float32))
    if case.inflow is not None:
        simulation.set_array("inflow", case.inflow.astype(np.float32))
    simulation.initialize()
    return simulation


def run(simulation: Any, seconds: float) -> np.ndarray:
    """Move a prepared simulation on; returns the depth, metres."""
    simulation.update_until(timedelta(seconds=seconds))
    return np.array(simulation.get_array("water_depth"), float)
