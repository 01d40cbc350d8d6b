"""Case (b) of benchmarks/verification.py: the real archive, unit RW x clock hour, against the disaster
office's marks.

Scored: every RW and every hour that has a file, but for units marked "unknown". At hour H only reports made
before H are used, by the simple rules and by ours. The simple rules get their best window on the scored
data; ours has fixed numbers.
"""

from __future__ import annotations

import itertools
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from jakarta_archive import Archive, read
from shapely import STRtree, transform

from rembug.reports.rules.assess import assess
from rembug.reports.rules.observations import Claim, Photo, observations
from rembug.reports.rules.presence import Evidence, Filter, follow
from rembug.reports.rules.words import Water
from rembug.reports.rules.words import read as read_words

Array = np.ndarray[Any, Any]
WINDOWS = (1, 3, 6, 12, 24)
DRAWS = 2000
DECIDE = 0.2  # the best cut for F1 is half of the F1 that can be reached; about 0.4 is realistic here
# How much a text's reading counts as evidence of water now.
WORTH = {
    Water.NONE: 0.7,
    Water.PRESENT: 1.0,
    Water.STILL: 1.3,
    Water.RECEDING: 0.7,
    Water.GONE: -0.3,
    Water.HABIT: 0.4,
}
GRID = {
    "drying": (1 / 6, 1 / 8, 1 / 12),
    "spreading": (0.03, 0.06, 0.1),
    "honest": (0.75, 0.85),
    "silence": (0.5, 0.8),
}


def judge_archive(folder: Path) -> dict[str, Any]:
    """Figures of both scorings, with bootstrap intervals over RWs, and of leaving one day out."""
    archive = read(folder)
    evidence, neighbours = _evidence(archive), _neighbours(archive)
    ours = follow(evidence, archive.hours, neighbours) >= DECIDE
    left_out = _day_left_out(archive, evidence, neighbours)
    all_hours = np.ones(len(archive.hours), dtype=bool)
    return {
        "reports": len(archive.text),
        "reports_in_no_rw": int((archive.inside < 0).sum()),
        "rw_ever_marked": int(archive.marked.any(axis=0).sum()),
        "all_hours": _compare(archive, ours, left_out, all_hours),
        "within_6_h_of_a_new_mark": _compare(archive, ours, left_out, archive.fresh),
    }


def _evidence(archive: Archive) -> Evidence:
    """Each report's weight from the platform's own reading and judgement of it."""
    said = [read_words(text) for text in archive.text]
    n = len(said)
    at = archive.hour * 3600
    lasting = np.array([reading.water == Water.STILL for reading in said])
    table = observations(
        key=np.arange(n),
        category=np.zeros(n),
        claim=[Claim.ABSENT if reading.water == Water.GONE else Claim.PRESENT for reading in said],
        seen_from=at - np.where(lasting, 6 * 3600, 900),
        seen_to=at,
        lon=archive.lon,
        lat=archive.lat,
        accuracy_m=np.full(n, 50.0),
        source=np.arange(n),  # the archive names no senders
        photo=archive.photo * int(Photo.HAS),
        text_hash=[zlib.crc32(text.encode()) if len(text) > 40 else 0 for text in archive.text],
        depth_low_cm=archive.depth_cm,
    )
    probability = assess(table).probability
    worth = np.array([WORTH[reading.water] for reading in said])
    worth = np.where(np.isfinite(archive.depth_cm), np.maximum(worth, 1.2), worth)
    weight = worth * np.clip(0.6 + 0.6 * probability, 0.6, 1.2)
    inside = archive.inside >= 0
    # A report of 07.36 is evidence for the state at 8.
    return Evidence(
        archive.inside[inside], np.floor(archive.hour[inside]).astype(np.int64) + 1, weight[inside]
    )


def _neighbours(archive: Archive) -> Array:
    scale = np.array([111_195 * np.cos(np.radians(6.2)), 111_195])
    shapes = [transform(rw, lambda xy: xy * scale) for rw in archive.rw]
    tree = STRtree(shapes)
    matrix = np.zeros((len(shapes), len(shapes)))
    for row, area in enumerate(shapes):
        matrix[row, tree.query(area.buffer(30), predicate="intersects")] = 1.0
        matrix[row, row] = 0.0
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1.0)


def _day_left_out(archive: Archive, evidence: Evidence, neighbours: Array) -> Array:
    """The same filter with its numbers chosen from GRID on the other days' marks only."""
    halves = (archive.hours < 48, archive.hours >= 48)
    result = np.zeros_like(archive.marked)
    tried = []
    for values in itertools.product(*GRID.values()):
        belief = follow(evidence, archive.hours, neighbours, Filter(**dict(zip(GRID, values, strict=True))))
        tried += [belief >= cut for cut in (0.15, 0.2, 0.25, 0.3)]
    for scored, other in (halves, halves[::-1]):
        best = max(tried, key=lambda water: _f1(_counts(archive, water, other).sum(axis=1)))
        result[scored] = best[scored]
    return result


def _simple(archive: Archive, least: int, window: int) -> Array:
    count = np.zeros(archive.marked.shape, dtype=np.int64)
    for hour, rw in zip(archive.hour, archive.inside, strict=True):
        if rw >= 0:
            count[(archive.hours >= hour) & (archive.hours < hour + window), rw] += 1
    return count >= least


def _counts(archive: Archive, water: Array, hours: Array) -> Array:
    """True positives, claimed and marked units of each RW: (3, rw)."""
    scored = hours[:, None] & ~archive.unknown
    return np.stack([(part & scored).sum(axis=0) for part in (water & archive.marked, water, archive.marked)])


def _f1(sums: Array) -> Any:
    return 2.0 * sums[0] / np.maximum(sums[1] + sums[2], 1)


def _compare(archive: Archive, ours: Array, left_out: Array, hours: Array) -> dict[str, Any]:
    mine = _counts(archive, ours, hours)
    figures = _scores("ours", mine) | {
        "ours_day_left_out_f1": round(float(_f1(_counts(archive, left_out, hours).sum(1))), 3)
    }
    rng = np.random.default_rng(20170221)
    draws = rng.multinomial(len(archive.rw), np.full(len(archive.rw), 1 / len(archive.rw)), DRAWS)
    for name, least in (("any_report", 1), ("two_or_more", 2)):
        tried = {window: _counts(archive, _simple(archive, least, window), hours) for window in WINDOWS}
        window = max(tried, key=lambda w: _f1(tried[w].sum(axis=1)))
        figures |= _scores(name, tried[window]) | {f"{name}_window_h": window}
        lead = _f1(mine @ draws.T) - _f1(tried[window] @ draws.T)
        low, high = np.quantile(lead, [0.05, 0.95])
        figures[f"lead_over_{name}_f1"] = round(float(_f1(mine.sum(1)) - _f1(tried[window].sum(1))), 3)
        figures[f"lead_over_{name}_90_low_f1"] = round(float(low), 3)
        figures[f"lead_over_{name}_90_high_f1"] = round(float(high), 3)
    return figures


def _scores(name: str, counts: Array) -> dict[str, Any]:
    true, claimed, marked = counts.sum(axis=1)
    return {
        f"{name}_f1": round(float(_f1(counts.sum(axis=1))), 3),
        f"{name}_precision_share": round(float(true / max(claimed, 1)), 3),
        f"{name}_recall_share": round(float(true / max(marked, 1)), 3),
    }
