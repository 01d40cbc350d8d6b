"""How long a phone works for a proof of work (R-04: at most 2 s at a sixth of this machine's speed).

    python -m benchmarks.proof [--solutions 60]

Our own worker (`reports/pow.js`) solves our own challenges in the system's Chromium. Chromium's throttle does not
reach workers, so the times are measured as they are and multiplied by six. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
_var = tempfile.TemporaryDirectory()  # the settings keep their key there
os.environ |= {"REMBUG_VAR": _var.name, "DJANGO_SETTINGS_MODULE": "rembug.config.settings"}

import django  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

django.setup()

from rembug.lib import proof  # noqa: E402

WORKER = ROOT / "src" / "rembug" / "reports" / "static" / "reports" / "pow.js"
HOME = "http://localhost/"  # a secure context without a server: both answers are given here
SLOWER = 6
SOLVE = """challenge => new Promise((done) => {
  const worker = new Worker('/pow.js');
  const begun = performance.now();
  worker.onmessage = ({ data }) => { worker.terminate(); done([performance.now() - begun, data]); };
  worker.postMessage(challenge);
})"""


def solve(page: Page) -> float:
    """Return the milliseconds that one challenge took; what the worker gives must hold."""
    took, solution = page.evaluate(SOLVE, proof.challenge())
    if proof.check(solution) is None:
        raise RuntimeError("the worker's solution does not hold")
    return float(took)


def main() -> None:
    """Solve and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solutions", type=int, default=60)
    count = parser.parse_args().solutions
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        page = driver.chromium.launch(executable_path=chromium, args=flags).new_page()
        page.route(HOME, lambda route: route.fulfill(body="<title>-</title>", content_type="text/html"))
        page.route(f"{HOME}pow.js", lambda route: route.fulfill(path=WORKER))
        page.goto(HOME)
        times = sorted(solve(page) for _ in range(count))
    median, p95 = statistics.median(times), times[int(0.95 * (count - 1))]
    figures = {
        "solutions": count,
        "median_ms": round(median),
        "p95_ms": round(p95),
        "median_at_a_sixth_ms": round(SLOWER * median),
        "p95_at_a_sixth_ms": round(SLOWER * p95),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
