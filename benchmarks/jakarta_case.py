"""Case (b) of benchmarks/verification.py: the real archive, unit RW x clock hour, against the disaster
office's marks.

Scored: every RW and every hour that has a file, but for units marked "unknown". At hour H only reports made
before H are used, by the simple rules and by ours. The simple rules get their best window on the scored
data. Ours never sees the marks of the day that is scored: from the days before it knows which marks stood at
midnight and how fast the office lifted them; its other numbers are chosen on the other days (`ours`), or are
the product's (`product`), and both are also shown without any mark of the office (`by_reports_only`).
"""

from __future__ import annotations

import itertools
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from shapely import STRtree, transform

from benchmarks.jakarta_archive import Archive, read
from rembug.reports.rules.assess import assess
from rembug.reports.rules.observations import Claim, Photo, observations
from rembug.reports.rules.presence import (
    Evidence,
    Filter,
    Statements,
    Word,
    follow,
    lifting_rate,
    nothing_said,
    weight_of,
)
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
CUTS = (0.15, 0.2, 0.25, 0.3)


@dataclass(frozen=True)
class Day:
    """A scored day, and what its eve knew of the office."""

    hours: Array  # bool (hours,)
    eve: Statements
    lifting: float


def judge_archive(folder: Path) -> dict[str, Any]:
    """Figures of both scorings, with bootstrap intervals over RWs."""
    archive = read(folder)
    belief = _Belief(archive)
    days = _days(archive)
    blind = [replace(day, eve=nothing_said()) for day in days]
    waters = {
        "ours": _chosen_on_other_days(archive, belief, days),
        "product": _by_product(belief, days),
        "chosen_by_reports_only": _chosen_on_other_days(archive, belief, blind),
        "product_by_reports_only": _by_product(belief, blind),
        # Not a rule of the comparison: how much of the lead is the office's own word of the day before.
        "any_report_6_h_or_marked_on_the_eve": _simple(archive, 1, 6) | _held(archive, days),
    }
    all_hours = np.ones(len(archive.hours), dtype=bool)
    scorings = {"all_hours": all_hours, "within_6_h_of_a_new_mark": archive.fresh}
    return {
        "reports": len(archive.text),
        "reports_in_no_rw": int((archive.inside < 0).sum()),
        "rw_ever_marked": int(archive.marked.any(axis=0).sum()),
        **{name: _compare(archive, waters, hours) for name, hours in scorings.items()},
    }


def _days(archive: Archive) -> list[Day]:
    """Each calendar day; its eve is the office's round of marks as it stood in the last file before it."""
    days = []
    for day in np.unique(archive.hours // 24):
        before = np.flatnonzero(archive.hours < day * 24)
        days.append(Day(archive.hours // 24 == day, *_eve(archive, before)))
    return days


def _eve(archive: Archive, before: Array) -> tuple[Statements, float]:
    marked = archive.marked[before]
    if not marked.any():
        return nothing_said(), Filter().lifting
    areas = np.arange(marked.shape[1])
    word = np.where(marked[-1], Word.WET, Word.PASSED_OVER)
    stood, lifted = int(marked[:-1].sum()), int((marked[:-1] & ~marked[1:]).sum())
    at = np.full(len(areas), archive.hours[before[-1]])
    return Statements(areas, at, word), lifting_rate(stood, lifted)


class _Belief:
    """The filter over the archive's reports."""

    def __init__(self, archive: Archive) -> None:
        self.evidence, self.hours = _evidence(archive), archive.hours
        self.neighbours = _neighbours(archive)

    def on(self, day: Day, rates: Filter) -> Array:
        rates = replace(rates, lifting=day.lifting)
        return follow(self.evidence, self.hours, self.neighbours, rates, day.eve)[day.hours]


def _by_product(belief: _Belief, days: list[Day]) -> Array:
    return np.concatenate([belief.on(day, Filter()) >= DECIDE for day in days])


def _chosen_on_other_days(archive: Archive, belief: _Belief, days: list[Day]) -> Array:
    """Each day by the numbers of GRID and CUTS that are best on all the other days together."""
    tried = []
    for values in itertools.product(*GRID.values()):
        rates = Filter(**dict(zip(GRID, values, strict=True)))
        by_day = np.concatenate([belief.on(day, rates) for day in days])
        tried += [by_day >= cut for cut in CUTS]
    result: Array = np.zeros_like(archive.marked)
    for day in days:
        best = max(tried, key=lambda water: _f1(_counts(archive, water, ~day.hours).sum(axis=1)))
        result[day.hours] = best[day.hours]
    return result


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
    weight = worth * np.array([weight_of(1, likely) for likely in probability])
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
    shares: Array = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1.0)
    return shares


def _held(archive: Archive, days: list[Day]) -> Array:
    """Marks that stood on the eve, held for the whole scored day."""
    held: Array = np.zeros_like(archive.marked)
    for day in days:
        wet = day.eve.area[day.eve.word == Word.WET]
        held[np.ix_(day.hours, wet)] = True
    return held


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


def _compare(archive: Archive, waters: dict[str, Array], hours: Array) -> dict[str, Any]:
    rng = np.random.default_rng(20170221)
    draws = rng.multinomial(len(archive.rw), np.full(len(archive.rw), 1 / len(archive.rw)), DRAWS)
    figures: dict[str, Any] = {}
    rules = {}
    for rule, least in (("any_report", 1), ("two_or_more", 2)):
        tried = {window: _counts(archive, _simple(archive, least, window), hours) for window in WINDOWS}
        window = max(tried, key=lambda w: _f1(tried[w].sum(axis=1)))
        rules[rule] = tried[window]
        figures[rule] = _scores(tried[window]) | {"window_h": window}
    for name, water in waters.items():
        mine = _counts(archive, water, hours)
        figures[name] = _scores(mine) | {
            f"lead_over_{rule}": _lead(mine, other, draws) for rule, other in rules.items()
        }
    return figures


def _lead(mine: Array, other: Array, draws: Array) -> dict[str, float]:
    lead = _f1(mine @ draws.T) - _f1(other @ draws.T)
    low, high = np.quantile(lead, [0.05, 0.95])
    point = _f1(mine.sum(axis=1)) - _f1(other.sum(axis=1))
    return {"f1": round(float(point), 3), "low_f1": round(float(low), 3), "high_f1": round(float(high), 3)}


def _scores(counts: Array) -> dict[str, Any]:
    true, claimed, marked = counts.sum(axis=1)
    return {
        "f1": round(float(_f1(counts.sum(axis=1))), 3),
        "precision_share": round(float(true / max(claimed, 1)), 3),
        "recall_share": round(float(true / max(marked, 1)), 3),
    }
