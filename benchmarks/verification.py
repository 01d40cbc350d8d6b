"""Is a report true? Figures of the verification mathematics; the last line is one JSON object.

    python benchmarks/verification.py [--seeds 10] [--only city|jakarta|speed]

(a) `city`: a simulated city (simulated_city.py), ten seeds 1..10; parameters were tuned on seeds 101..108
only. (b) `jakarta`: the real archive of February 2017, found by REMBUG_DATA; see
docs/algorithms/verification.md for matching. (c) `speed`: a million reports judged and clustered on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

# One core, and the same sums everywhere: must be set before NumPy is loaded.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / folder) for folder in ("", "src")]

import numpy as np  # noqa: E402

from benchmarks.city_case import judge_city  # noqa: E402
from benchmarks.jakarta_case import judge_archive  # noqa: E402
from rembug.reports.rules.assess import assess  # noqa: E402
from rembug.reports.rules.incidents import link  # noqa: E402
from rembug.reports.rules.observations import observations  # noqa: E402
from rembug.reports.rules.summary import report_rungs, summarise  # noqa: E402

DATA = Path(os.environ.get("REMBUG_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def city(seeds: int) -> dict[str, Any]:
    """Case (a), one entry a seed."""
    figures: dict[str, Any] = {}
    for seed in range(1, seeds + 1):
        figures[f"seed_{seed}"] = judge_city(seed)
        print(f"city seed {seed}: {json.dumps(figures[f'seed_{seed}'])}", flush=True)
    rows = list(figures.values())
    figures["worst"] = {
        "brier": max(row["brier"] for row in rows),
        "brier_skill": min(row["brier_skill"] for row in rows),
        "ece": max(row["ece"] for row in rows),
        "log_loss_lead_nats": round(
            min(row["dawid_skene_log_loss_nats"] - row["log_loss_nats"] for row in rows), 4
        ),
        "false_incidents_above_plausible_by_200_new": sum(
            row["false_incidents_above_plausible_by_200_new"] for row in rows
        ),
        "false_incidents_above_plausible_by_20_good": sum(
            row["false_incidents_above_plausible_by_20_good"] for row in rows
        ),
    }
    return figures


def speed(n: int) -> dict[str, Any]:
    """Case (c): n reports of one week around 3,000 floods in a city of 46 km²."""
    rng = np.random.default_rng(7)
    flood = rng.integers(0, 3000, n)
    centre = rng.uniform(0, 0.06, (3000, 2))
    begin = rng.uniform(0, 7 * 86_400, 3000)
    table = observations(
        key=rng.permutation(n),
        category=rng.integers(0, 4, n),
        claim=rng.choice([-1, 1], n, p=[0.15, 0.85]),
        lon=109.64 + centre[flood, 0] + rng.normal(0, 0.001, n),
        lat=-6.92 + centre[flood, 1] + rng.normal(0, 0.001, n),
        seen_to=1.77e9 + begin[flood] + rng.exponential(3 * 3600, n),
        area=(centre[flood, 0] // 0.012).astype(int) * 5 + (centre[flood, 1] // 0.012).astype(int),
        source=rng.integers(0, n // 5, n),
        photo=rng.choice([0, 1, 3], n),
        source_right=rng.integers(0, 3, n),
    )
    start, begun = time.perf_counter(), time.process_time()
    judged = assess(table)
    middle = time.perf_counter()
    labels = link(table)
    incidents = summarise(table, labels, judged)
    report_rungs(table, labels, judged, incidents)
    end = time.perf_counter()
    return {
        "reports": n,
        "incidents": len(incidents.label),
        "assess_seconds": round(middle - start, 1),
        "cluster_and_rungs_seconds": round(end - middle, 1),
        "seconds": round(end - start, 1),
        "cpu_seconds": round(time.process_time() - begun, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Run the cases asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=10, help="seeds of case (a); 1 gives a quick look")
    parser.add_argument("--only", choices=("city", "jakarta", "speed"))
    parser.add_argument("--reports", type=int, default=1_000_000, help="reports of case (c)")
    given = parser.parse_args()
    figures: dict[str, Any] = {}
    if given.only in (None, "speed"):  # first, so that its peak memory is its own
        figures["speed"] = speed(given.reports)
    if given.only in (None, "jakarta"):
        folder = DATA / "petabencana-2017"
        if folder.exists():
            figures["jakarta"] = judge_archive(folder)
        else:
            print(f"case (b) skipped: {folder} is absent; set REMBUG_DATA")
    if given.only in (None, "city"):
        figures["city"] = city(given.seeds)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
