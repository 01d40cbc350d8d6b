"""Does learning from reports help? A twin experiment whose truth shares no code with the learner.

The truth is a diffusive-wave flood in plain NumPy, written here, with ground that differs from the survey (a bias for
each neighbourhood, noise of 250 m reach and noise of the single cell), another roughness, another sea, and one
blocked drain. The learner sees the survey, a forecast of the sea, and thirty reports, a fifth of them false. Places
held out are never reported.

    python benchmarks/learning.py [--seeds 60]

Prints one JSON object on its last line; names end in their unit, intervals are 90 % by bootstrap over seeds.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable

import numpy as np

from rob.learning.covariance import Ground, Places
from rob.learning.reports import Kind, Report
from rob.learning.update import signed_depth, update
from rob.onset.minimax import onset
from rob.types import Faces, Grid, Terrain

SIZE, CELL, REPORTS, FALSE, HELD_OUT = 60, 20.0, 30, 0.2, 250


def smooth(rng: np.random.Generator, reach: float) -> np.ndarray:
    """Noise of unit variance, alike within `reach` metres."""
    far = np.fft.fftfreq(2 * SIZE, CELL)
    filter_ = np.exp(-0.5 * (2 * np.pi * reach / 2) ** 2 * (far[:, None] ** 2 + far[None, :] ** 2))
    field = np.fft.ifft2(np.fft.fft2(rng.normal(size=(2 * SIZE, 2 * SIZE))) * filter_).real[:SIZE, :SIZE]
    noise: np.ndarray = (field - field.mean()) / field.std()
    return noise


def town(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, Faces]:
    """Surveyed ground rising inland, its quarters, and a dyke around the north-eastern polder."""
    y = np.linspace(0.0, 0.75, SIZE)[:, None]
    survey = y + 0.14 * smooth(rng, 400.0) + rng.normal(0.0, 0.03, (SIZE, SIZE))
    quarter = (np.arange(SIZE)[:, None] * 3 // SIZE) * 3 + np.arange(SIZE)[None, :] * 3 // SIZE
    rows, columns = np.arange(2, 20, dtype=np.int32), np.arange(40, SIZE, dtype=np.int32)
    west = Faces(rows, np.full(18, 39, np.int32), np.zeros(18, bool), np.full(18, 1.15))
    north = Faces(np.full(20, 1, np.int32), columns, np.ones(20, bool), np.full(20, 1.15))
    return survey, quarter, west.joined(north)


def flood(
    ground: np.ndarray, sea: np.ndarray, rough: np.ndarray | float, dykes: Faces, drain: np.ndarray
) -> np.ndarray:
    """Peak depth of a diffusive wave, q = h^(5/3) √S / n, the sea on row 0; a blocked `drain` fills cells (m/s)."""
    h = np.zeros_like(ground)
    crest_x, crest_y = np.full((SIZE, SIZE - 1), -9.0), np.full((SIZE - 1, SIZE), -9.0)
    crest_y[dykes.row[dykes.south], dykes.column[dykes.south]] = dykes.crest[dykes.south]
    crest_x[dykes.row[~dykes.south], dykes.column[~dykes.south]] = dykes.crest[~dykes.south]
    bed_x = np.maximum(np.maximum(ground[:, 1:], ground[:, :-1]), crest_x)
    bed_y = np.maximum(np.maximum(ground[1:], ground[:-1]), crest_y)
    step, peak = 2.5, np.zeros_like(ground)
    for level in np.repeat(sea, 144):
        h[0] = np.maximum(level - ground[0], 0.0)
        w = ground + h
        for axis, bed in ((1, bed_x), (0, bed_y)):
            a = (slice(None), slice(None, -1)) if axis else (slice(None, -1), slice(None))
            b = (slice(None), slice(1, None)) if axis else (slice(1, None), slice(None))
            rise = w[a] - w[b]
            deep = np.maximum(np.maximum(w[a], w[b]) - bed, 0.0)
            flow = np.sign(rise) * deep ** (5 / 3) * np.sqrt(np.abs(rise) / CELL) / rough * step / CELL
            flow = np.clip(flow, -0.2 * np.abs(rise), 0.2 * np.abs(rise))
            flow = np.where(flow > 0, np.minimum(flow, 0.25 * h[a]), -np.minimum(-flow, 0.25 * h[b]))
            h[a] -= flow
            h[b] += flow
        h += drain * step
        peak = np.maximum(peak, h)
    return peak


def tell(rng: np.random.Generator, place: tuple[int, int], depth: float) -> tuple[Report, bool]:
    """What a person at a place says, and whether it is true."""
    if rng.random() < FALSE:
        if rng.random() < 0.3 and depth > 0.1:
            return Report(*place, 0.0, Kind.DRY), False
        return Report(*place, 0.0, Kind.DEPTH, float(rng.uniform(0.05, 2.0))), False
    if depth < 0.03:
        return Report(*place, 0.0, Kind.DRY), True
    if depth > 0.5 and rng.random() < 0.3:
        return Report(*place, 0.0, Kind.ABOVE, 0.45), True
    said = depth + rng.normal(0.0, np.hypot(0.05, 0.2 * depth))
    return Report(*place, 0.0, Kind.DEPTH, float(np.clip(round(said / 0.05) * 0.05, 0.05, 3.0))), True


def one(seed: int) -> dict[str, float]:
    """Figures of one seed."""
    rng = np.random.default_rng(seed)
    survey, quarter, dykes = town(rng)
    forecast = 0.95
    true_ground = survey + 0.10 * smooth(rng, 250.0) + rng.normal(0.0, 0.04, survey.shape)
    true_ground += rng.normal(0.0, 0.12, 9)[quarter]
    peak = forecast + rng.normal(0.0, 0.12)
    sea = peak - 0.9 * (1 - np.sin(np.linspace(0.1, 0.62, 60) * np.pi))
    rough = rng.uniform(0.015, 0.05)
    drain = np.where(quarter == rng.integers(9), rng.uniform(0.0, 2.0e-5), 0.0)
    truth = flood(true_ground, sea, rough, dykes, drain)
    mouth = np.zeros((SIZE, SIZE), bool)
    mouth[0] = True
    static = onset(Terrain(Grid(SIZE, SIZE, CELL), survey, "MSL", "2026-01-01"), mouth, dykes)
    model = signed_depth(forecast, static.z, static.level)
    near = np.argwhere((model > -0.4) & ~mouth)
    pick = rng.permutation(len(near))
    spots, held = near[pick[:REPORTS]], near[pick[REPORTS : REPORTS + HELD_OUT]]
    told = [tell(rng, (int(i), int(j)), float(truth[i, j])) for i, j in spots]
    asked = Places(held[:, 0], held[:, 1], np.zeros(len(held)), quarter[tuple(held.T)])
    reports = [report for report, _ in told]
    began = time.process_time()
    found = update(
        reports,
        (model[tuple(spots.T)], quarter[tuple(spots.T)].tolist()),
        asked,
        model[tuple(held.T)],
        Ground((SIZE, SIZE), CELL, dykes),
    )
    spent = time.process_time() - began
    real = truth[tuple(held.T)]
    before = float(np.sqrt(np.mean((np.maximum(model[tuple(held.T)], 0) - real) ** 2)))
    after = float(np.sqrt(np.mean((found.depth() - real) ** 2)))
    honest = np.array([true for _, true in told], float)
    # A dry place is no exact value: it takes a random part of the probability of being dry.
    dry, below = 1.0 - found.exceeds(0.0), 1.0 - found.exceeds(real)
    place = np.where(real > 0.005, below, rng.random(len(real)) * dry)
    low, high = found.interval(0.8)
    wet = real > 0.05
    return {
        "before": before,
        "after": after,
        "brier": float(np.mean((found.truth - honest) ** 2)),
        "covered": float(np.mean((place >= 0.1) & (place <= 0.9))),
        "covered_wet": float(np.mean((real >= low)[wet] & (real <= high)[wet]))
        if wet.any()
        else float("nan"),
        "scale": found.scale,
        "cpu": spent,
    }


def interval(values: np.ndarray, figure: Callable[[np.ndarray], float], draws: int = 2000) -> list[float]:
    """90 % bootstrap interval of a figure over seeds."""
    rng = np.random.default_rng(1)
    found = [figure(values[rng.integers(len(values), size=len(values))]) for _ in range(draws)]
    return [round(float(v), 4) for v in np.quantile(found, (0.05, 0.95))]


def at_most(bad: np.ndarray, sure: float = 0.95) -> float:
    """Upper bound of the share of bad seeds, held with 95 % (Clopper and Pearson 1934), by bisection."""
    count, hits, low, high = len(bad), int(bad.sum()), 0.0, 1.0
    for _ in range(60):
        p = 0.5 * (low + high)
        chance = sum(math.comb(count, k) * p**k * (1 - p) ** (count - k) for k in range(hits + 1))
        low, high = (p, high) if chance > 1.0 - sure else (low, p)
    return low


def main() -> None:
    """Run all seeds and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seeds", type=int, default=60)
    seeds = options.parse_args().seeds
    rows = [one(seed) for seed in range(seeds)]
    before, after = (np.array([row[key] for row in rows]) for key in ("before", "after"))
    pairs = np.stack([before, after], axis=1)
    brier, covered = (np.array([row[key] for row in rows]) for key in ("brier", "covered"))

    def cut(p: np.ndarray) -> float:
        return 1.0 - float(np.sqrt((p[:, 1] ** 2).mean() / (p[:, 0] ** 2).mean()))

    def root(values: np.ndarray) -> float:
        return float(np.sqrt((values**2).mean()))

    print(
        json.dumps(
            {
                "seeds_count": seeds,
                "rmse_before_m": round(float(np.sqrt((before**2).mean())), 4),
                "rmse_before_interval_m": interval(before, root),
                "rmse_after_m": round(float(np.sqrt((after**2).mean())), 4),
                "rmse_after_interval_m": interval(after, root),
                "rmse_cut_percent": round(100 * cut(pairs), 1),
                "rmse_cut_interval_percent": [round(100 * v, 1) for v in interval(pairs, cut)],
                "brier_ratio": round(float(brier.mean()), 4),
                "brier_interval_ratio": interval(brier, np.mean),
                "interval80_covers_percent": round(100 * float(covered.mean()), 1),
                "interval80_covers_interval_percent": [round(100 * v, 1) for v in interval(covered, np.mean)],
                "interval80_covers_wet_percent": round(
                    100 * float(np.nanmean([row["covered_wet"] for row in rows])), 1
                ),
                "worst_seed_change_percent": round(100 * float((after / before).max() - 1.0), 1),
                "seeds_worse_by_2_percent_count": int((after > 1.02 * before).sum()),
                "seeds_worse_by_2_percent_at_most_percent": round(100 * at_most(after > 1.02 * before), 1),
                "scale_mean_ratio": round(float(np.mean([row["scale"] for row in rows])), 2),
                "update_cpu_s": round(float(np.mean([row["cpu"] for row in rows])), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
