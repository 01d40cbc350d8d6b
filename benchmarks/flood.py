"""The flood engine beside itzi and landlab, its scaling, a whole city for a day, and the flood onset.

    python benchmarks/flood.py [--parts common,cores,city,sizes,onset]

Each part runs after a short warm-up that compiles. Figures per core are CPU seconds of the process, so that other work
on the machine counts little; wall figures are named so. Prints one JSON object on its last line; names end in the unit.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.machine import tell
from rob.flood.solver import Flood, Frame, Numerics, Setup
from rob.flood.structures import Barrier, Structures, Table
from rob.onset.minimax import onset
from rob.types import Faces, Grid, Terrain

PARTS = ("common", "cores", "city", "sizes", "onset")


def slope(size: int) -> np.ndarray:
    """The common case: a plane from 2.3 m to 0.3 m with noise of 5 cm, the sea along its low edge."""
    rng = np.random.default_rng(0)
    return np.linspace(2.3, 0.3, size)[:, None] + rng.normal(0.0, 0.05, (size, size))


def setup(z: np.ndarray, level: Table, numerics: Numerics, dykes: Faces | None = None) -> Setup:
    """A flood from the southern edge on cells of 10 m, n = 0.04."""
    sea = np.zeros(z.shape, bool)
    sea[-1] = True
    ground = Terrain(Grid(z.shape[0], z.shape[1], 10.0), z, "MSL", "2026-01-01")
    built = Structures((Barrier(dykes),)) if dykes is not None else Structures()
    return Setup(ground, sea, level, 0.04, structures=built, numerics=numerics)


def timed(case: Setup, seconds: float, warm: float = 1.0) -> tuple[Frame, float, float]:
    """Run to `seconds` after compiling; the last frame, CPU seconds and wall seconds."""
    Flood(case).run(warm)
    flood = Flood(case)
    cpu, wall = time.process_time(), time.perf_counter()
    frame = flood.run(seconds)
    return frame, time.process_time() - cpu, time.perf_counter() - wall


def common() -> dict[str, Any]:
    """500 × 500 cells, half an hour, beside the others."""
    z, found = slope(500), {}
    for name, skip in (("nominal", False), ("skipping", True)):
        frame, cpu, _ = timed(
            setup(z, ((0.0,), (1.5,)), Numerics(threads=1, skip=skip, longest=60.0)), 1800.0
        )
        found[f"common_{name}_cpu_s"] = round(cpu, 2)
        found[f"common_{name}_cell_steps_per_core_M_per_s"] = round(z.size * frame.steps / cpu / 1e6, 1)
    found["common_steps_count"] = frame.steps
    found["common_wet_5cm_cells"] = int((frame.depth > 0.05).sum())
    found["common_balance_error_ratio"] = frame.balance.error
    return found | beside_itzi(z, frame.depth) | beside_landlab(z)


def beside_itzi(z: np.ndarray, ours: np.ndarray) -> dict[str, Any]:
    """The same case by itzi, and how far both agree."""
    try:
        from rob.tests import itzi_run  # noqa: PLC0415 (only where it is installed)
    except ImportError as fault:
        return {"itzi_text": f"not installed: {fault}"}
    held = np.full(z.shape, np.nan)
    held[-1] = 1.5 - z[-1]
    simulation = itzi_run.prepare(itzi_run.Case(z, 10.0, 0.04, held=held), 1800.0)
    began = time.process_time()
    theirs = itzi_run.run(simulation, 1800.0)
    cpu = time.process_time() - began
    either, both = (ours > 0.05) | (theirs > 0.05), (ours > 0.05) & (theirs > 0.05)
    return {
        "itzi_cpu_s": round(cpu, 2),
        "itzi_wet_5cm_cells": int((theirs > 0.05).sum()),
        "itzi_mean_difference_mm": round(1000.0 * float(np.abs(ours - theirs)[either].mean()), 2),
        "itzi_csi_ratio": round(float(both.sum() / either.sum()), 4),
    }


def beside_landlab(z: np.ndarray) -> dict[str, Any]:
    """The same case by landlab's OverlandFlow, where it installs."""
    try:
        from landlab import RasterModelGrid  # noqa: PLC0415
        from landlab.components import OverlandFlow  # noqa: PLC0415
    except (ImportError, SyntaxError) as fault:
        return {"landlab_text": f"not installed: {type(fault).__name__}"}
    grid = RasterModelGrid(z.shape, xy_spacing=10.0)
    grid.add_field("topographic__elevation", np.ascontiguousarray(z[::-1]).ravel(), at="node")
    depth = grid.add_zeros("surface_water__depth", at="node")
    rim = np.arange(z.shape[1])
    flow = OverlandFlow(grid, mannings_n=0.04, alpha=0.7, theta=0.9, steep_slopes=False)
    began, t, steps = time.process_time(), 0.0, 0
    while t < 1800.0:
        depth[rim] = np.maximum(1.5 - grid.at_node["topographic__elevation"][rim], 1e-5)
        step = min(flow.calc_time_step(), 1800.0 - t)
        flow.run_one_step(step)
        t, steps = t + step, steps + 1
    cpu = time.process_time() - began
    return {
        "landlab_cpu_s": round(cpu, 2),
        "landlab_steps_count": steps,
        "landlab_wet_5cm_cells": int((depth > 0.05).sum()),
    }


def alone(_: int) -> float:
    """Wall seconds of one run on one core, for the machine's own ceiling."""
    return timed(setup(slope(1000), ((0.0,), (1.5,)), Numerics(threads=1, skip=False)), 240.0)[2]


def cores() -> dict[str, Any]:
    """1000 × 1000 cells on one and on two threads, beside two independent runs at once."""

    def case(threads: int) -> Setup:
        return setup(slope(1000), ((0.0,), (1.5,)), Numerics(threads=threads, skip=False))

    one = min(timed(case(1), 240.0)[2] for _ in range(3))
    two = min(timed(case(2), 240.0)[2] for _ in range(3))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pair = min(max(pool.map(alone, [0, 1], chunksize=1)) for _ in range(2))
    return {
        "cores_one_thread_wall_s": round(one, 2),
        "cores_two_threads_wall_s": round(two, 2),
        "cores_speedup_ratio": round(one / two, 2),
        "cores_ceiling_ratio": round(2.0 * one / pair, 2),
        "cores_load_count": round(os.getloadavg()[0], 1),
    }


def city() -> dict[str, Any]:
    """45 km² at 10 m for 24 h: a tide of 1.2 m, two dykes, on one core."""
    rows = columns = 671
    rng = np.random.default_rng(5)
    z = np.linspace(2.2, -0.3, rows)[:, None] + rng.normal(0.0, 0.06, (rows, columns))
    faces = Faces.none()
    for row, crest, first in ((640, 0.9, 0), (560, 1.0, 200)):
        column = np.arange(first, columns, dtype=np.int32)
        some = np.full(len(column), row, np.int32)
        faces = faces.joined(Faces(some, column, np.ones(len(column), bool), np.full(len(column), crest)))
    hours = np.arange(0.0, 24.1, 0.25)
    level = (tuple(3600.0 * hours), tuple(1.2 * np.sin(2 * np.pi * (hours - 6.0) / 24.0)))
    case = setup(z, level, Numerics(threads=1), faces)
    Flood(case).run(1.0)
    flood, wet = Flood(case), 0.0
    cpu, wall = time.process_time(), time.perf_counter()
    for hour in range(1, 25):
        frame = flood.run(3600.0 * hour)
        wet = max(wet, float((frame.depth > 0.01).mean()))
    return {
        "city_cells_count": z.size,
        "city_steps_count": frame.steps,
        "city_cpu_s": round(time.process_time() - cpu, 1),
        "city_wall_s": round(time.perf_counter() - wall, 1),
        "city_wet_at_peak_percent": round(100.0 * wet, 1),
        "city_balance_error_ratio": frame.balance.error,
    }


def sizes() -> dict[str, Any]:
    """The cost of a cell and step against the size of the grid, every cell computed, on one core."""
    found: dict[str, Any] = {}
    for size in (500, 1000, 2000, 4000):
        case = setup(slope(size), ((0.0,), (1.5,)), Numerics(threads=1, skip=False))
        frame, cpu, _ = timed(case, 60.0)
        found[f"flood_size_{size}_ns_per_cell_step"] = round(1e9 * cpu / (size * size * frame.steps), 2)
        found[f"flood_size_{size}_cpu_s_each_step"] = round(cpu / frame.steps, 4)
    found["flood_size_4000_peak_memory_mb"] = round(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    )
    return found


def terrains(size: int) -> dict[str, np.ndarray]:
    """A noisy plane, hills, and pure noise."""
    rng = np.random.default_rng(2)
    y = np.linspace(1.0, 0.0, size)[:, None]
    x = np.linspace(0.0, 1.0, size)[None, :]
    hills = 1.5 * y + 0.6 * np.sin(17 * x) * np.cos(23 * y) + 0.3 * np.sin(71 * x + 3) * np.cos(59 * y)
    return {
        "plane": 2.0 * y + rng.normal(0.0, 0.05, (size, size)),
        "hills": hills + rng.normal(0.0, 0.02, (size, size)),
        "noise": rng.uniform(0.0, 3.0, (size, size)),
    }


def bunds(size: int) -> Faces:
    """Dykes along five rows."""
    columns = np.arange(size - 1, dtype=np.int32)
    faces = Faces.none()
    for part in (0.2, 0.4, 0.6, 0.8, 0.95):
        row = np.full(size - 1, int(part * size), np.int32)
        faces = faces.joined(Faces(row, columns, np.ones(size - 1, bool), np.full(size - 1, 1.6)))
    return faces


def best(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Least CPU seconds of several tries, and the last answer."""
    least, answer = float("inf"), None
    for _ in range(times):
        began = time.process_time()
        answer = work()
        least = min(least, time.process_time() - began)
    return least, answer


def onsets() -> dict[str, Any]:
    """2000 × 2000 cells on three terrains beside scikit-image, with dykes, and the cost against the size."""
    from skimage.morphology import reconstruction  # noqa: PLC0415 (only this part needs it)

    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    found: dict[str, Any] = {}
    for name, z in terrains(2000).items():
        sea = np.zeros(z.shape, bool)
        sea[-1] = True
        ground = Terrain(Grid(z.shape[0], z.shape[1], 5.0), z, "MSL", "2026-01-01")
        onset(ground, sea)
        ours, answer = best(partial(onset, ground, sea))
        mask = np.rint(z * 1000).astype(np.int32)
        seed = np.where(sea, mask, mask.max()).astype(np.int32)
        theirs, wanted = best(partial(reconstruction, seed, mask, method="erosion", footprint=cross), 1)
        onset(ground, sea, bunds(2000))
        dyked, _ = best(partial(onset, ground, sea, bunds(2000)))
        found |= {
            f"onset_{name}_cpu_s": round(ours, 3),
            f"onset_{name}_skimage_cpu_s": round(theirs, 2),
            f"onset_{name}_faster_ratio": round(theirs / ours, 1),
            f"onset_{name}_equal_flag": bool((np.rint(answer.level * 1000) == wanted).all()),
            f"onset_{name}_with_dykes_cpu_s": round(dyked, 3),
        }
        began = time.process_time()
        answer.depth(1.2)
        found[f"onset_{name}_refresh_cpu_s"] = round(time.process_time() - began, 3)
    for size in (500, 1000, 2000, 4000):
        z = terrains(size)["plane"]
        sea = np.zeros(z.shape, bool)
        sea[-1] = True
        ground = Terrain(Grid(z.shape[0], z.shape[1], 5.0), z, "MSL", "2026-01-01")
        cpu, _ = best(partial(onset, ground, sea), 2)
        found[f"onset_size_{size}_ns_per_cell"] = round(1e9 * cpu / z.size, 1)
    return found


def main() -> None:
    """Run the parts and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--parts", default=",".join(PARTS))
    parts = options.parse_args().parts.split(",")
    found: dict[str, Any] = {"load_at_start_count": round(os.getloadavg()[0], 1)}
    for name, work in (
        ("common", common),
        ("cores", cores),
        ("city", city),
        ("sizes", sizes),
        ("onset", onsets),
    ):
        if name in parts:
            found |= work()
            print(f"{name} done", flush=True)
    found["load_at_end_count"] = round(os.getloadavg()[0], 1)
    tell(found)


if __name__ == "__main__":
    main()
