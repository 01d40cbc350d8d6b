"""Many members at once: on all cores of this machine, or on a Dask cluster given by its address."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar, cast

import numpy as np

from rob.flood.solver import Flood, Peak, Setup
from rob.kernels.fields import correlated
from rob.onset.minimax import onset
from rob.types import Bools, Faces, Floats, RobError, Terrain

T = TypeVar("T")
R = TypeVar("R")

TERRAIN_REACH = 200.0
"""Distance over which a terrain model errs alike, metres."""


def static_member(
    terrain: Terrain,
    sea: Bools,
    dykes: Faces,
    level: tuple[float, float],
    seed: int,
    reach: float = TERRAIN_REACH,
) -> Floats:
    """Depth of one member: ground and sea level drawn from their errors, then the onset looked up.

    Parameters
    ----------
    terrain
        Ground with its `sigma`.
    sea, dykes
        As for `rob.onset.minimax.onset`.
    level
        Sea level and its standard error, metres.
    seed
        Number of the member; the same number gives the same map.
    reach
        Distance over which the terrain errs alike, metres.

    Returns
    -------
    ndarray
        Depth, float32 metres.
    """
    ground, kick = drawn(terrain, seed, reach)
    return np.asarray(onset(ground, sea, dykes).depth(level[0] + kick * level[1]), np.float32)


def drawn(terrain: Terrain, seed: int, reach: float = TERRAIN_REACH) -> tuple[Terrain, float]:
    """The ground of one member, drawn from its error, and a standard normal number for the error of its sea.

    Parameters
    ----------
    terrain
        Ground with its `sigma`.
    seed
        Number of the member.
    reach
        Distance over which the terrain errs alike, metres.
    """
    rng = np.random.default_rng([20260101, seed])
    kick = float(rng.standard_normal())
    z = terrain.z
    if np.any(np.asarray(terrain.sigma) > 0):
        z = z + terrain.sigma * correlated(terrain.z.shape, terrain.grid.cell, reach, rng)
    return Terrain(terrain.grid, z, terrain.vertical_datum, terrain.survey_date, 0.0, terrain.source), kick


def moving_member(setup: Setup, sigma: float, until: tuple[float, int], seed: int) -> tuple[Floats, float]:
    """Peak depth of one member of a moving flood, on one core.

    Parameters
    ----------
    setup
        The flood, with the `sigma` of its terrain.
    sigma
        Standard error of the sea level, metres.
    until
        Seconds to run, and how often to look for the peak.
    seed
        Number of the member.

    Returns
    -------
    tuple
        Depth, float32 metres (NaN without ground), and the relative error of the water balance.
    """
    ground, kick = drawn(setup.terrain, seed)
    level = setup.level and (setup.level[0], tuple(value + kick * sigma for value in setup.level[1]))
    flood = Flood(replace(setup, terrain=ground, level=level, numerics=replace(setup.numerics, threads=1)))
    peak, error = Peak.empty(ground.z.shape), 0.0
    for n in range(1, until[1] + 1):
        frame = flood.run(until[0] * n / until[1])
        peak.see(frame)
        error = frame.balance.error
    return np.where(np.isnan(ground.z), np.nan, peak.depth).astype(np.float32), error


def run_all(
    work: Callable[[T], R],
    items: Sequence[T],
    *,
    cluster: str = "",
    workers: int = 0,
    tell: Callable[[float], None] | None = None,
) -> list[R]:
    """Do `work` for every item, in order.

    Parameters
    ----------
    work
        A function that a worker can import (for a cluster) and that lets go of the interpreter lock (for threads).
    items
        What to do it for.
    cluster
        Address of a Dask scheduler (``tcp://host:8786``); empty for this machine.
    workers
        Threads here; 0 for all cores.
    tell
        Called with the share done.

    Raises
    ------
    RobError
        When the cluster cannot be reached or its package is missing.
    """
    if cluster:
        return _on_cluster(work, items, cluster, tell)
    found: list[R] = []
    with ThreadPoolExecutor(workers or len(os.sched_getaffinity(0))) as pool:
        for n, result in enumerate(pool.map(work, items), start=1):
            found.append(result)
            if tell is not None:
                tell(n / len(items))
    return found


def _on_cluster(
    work: Callable[[T], R], items: Sequence[T], address: str, tell: Callable[[float], None] | None
) -> list[R]:
    # Imported here: a heavy package that only cluster runs need.
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError:
        raise RobError(
            "cluster",
            "distributed",
            "the package is not installed",
            "Install it: pip install 'rembug[rob-cluster]'",
        ) from None
    try:
        client: Any = cast("Any", Client)(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as fault:
        raise RobError(
            "cluster",
            address,
            f"no scheduler answers ({type(fault).__name__})",
            "Start one (dask scheduler) and check",
        ) from None
    with client:
        futures = client.map(work, list(items), pure=False)
        found: list[R] = []
        for n, future in enumerate(futures, start=1):
            found.append(future.result())
            if tell is not None:
                tell(n / len(items))
    return found
