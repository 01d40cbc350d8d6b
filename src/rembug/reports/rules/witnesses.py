"""Who else says the same or the contrary near by, and how independent these voices are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .neighbours import Points, ground_m, near_pairs
from .observations import Bools, Floats, Ints, Observations, Photo, Votes
from .parameters import Parameters, Reach

# Contributions are whole multiples of this, so that sums are exact and do not depend on order.
QUANTUM = 2.0**-20
SPOT_M = 15.0
SPOT_S = 600.0
BRIEF_S = 1800.0


def quantised(values: NDArray[Any]) -> Floats:
    """Round to a grid on which float64 sums of millions are exact."""
    return np.asarray(np.rint(values / QUANTUM) * QUANTUM, dtype=np.float64)


def summed(group: Ints, values: NDArray[Any], n: int) -> Floats:
    """Sum of values in each of n groups."""
    return np.bincount(group, values, n).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Voices:
    """Reports and votes as statements about a place and time; arrays of shape (reports + votes,)."""

    points: Points
    since: Floats  # begin of the time spoken of, at most `witness_width_s` before points.t
    category: Ints
    claim: Ints
    source: Ints
    known: Bools
    lift: Floats  # log-odds the voice adds at distance 0 before discounts
    accuracy_m: Floats
    weight: Floats  # independence, 0..1
    report: Ints  # row of the report that is spoken or voted on
    told: Ints  # claim as told, before a person's decision turned it; what is judged


@dataclass(frozen=True, slots=True)
class Testimony:
    """What the neighbourhood says about each report; arrays of shape (n,)."""

    known: Floats
    new: Floats
    against_known: Floats
    against_new: Floats
    count: Floats  # independent voices for
    count_against: Floats
    farthest_m: Floats
    longest_s: Floats
    votes_known: Floats  # confirmations minus denials
    votes_new: Floats
    vote_count: Floats
    weight: Floats  # independence of the report itself as a voice


def is_known(right: Floats, wrong: Floats) -> Bools:
    """A source counts as known once persons found it right clearly more often than wrong."""
    return np.asarray(right - 2.0 * wrong >= 1.0)


def testify(
    table: Observations, own: Floats, given: Votes, parameters: Parameters, wanted: Bools | None
) -> Testimony:
    """Gather witnesses and votes. `own` (n,): log-odds of each report by itself, without prior and physics.

    Witnesses are gathered for the `wanted` rows only (all when none are named).
    """
    row = np.searchsorted(table.key, given.report)
    voices = _voices(table, own, given, row, parameters)
    voices = _discounted(voices, table, parameters)
    n = len(table)
    sums = {
        name: np.zeros(n)
        for name in ("known", "new", "against_known", "against_new", "count", "count_against")
    }
    far = (np.zeros(n), np.zeros(n))
    for category in np.unique(table.category):
        mine = np.flatnonzero((table.category == category) & (True if wanted is None else wanted))
        theirs = _representatives(
            voices, np.flatnonzero(voices.category == category), int(category), parameters
        )
        _gather(voices, mine, theirs, parameters, int(category), sums, far)
    said = quantised(voices.weight[n:] * voices.lift[n:] * given.value)
    known = voices.known[n:]
    return Testimony(
        **sums,
        farthest_m=far[0],
        longest_s=far[1],
        votes_known=summed(row[known], said[known], n),
        votes_new=summed(row[~known], said[~known], n),
        vote_count=np.bincount(row, minlength=n).astype(np.float64),
        weight=voices.weight[:n],
    )


def _voices(table: Observations, own: Floats, given: Votes, row: Ints, parameters: Parameters) -> Voices:
    x, y, scale = table.mercator
    decided = table.decision != 0
    known = (
        is_known(table.source_right, table.source_wrong)
        | ((table.photo & (Photo.FITS | Photo.MISFIT)) > 0)
        | decided
    )
    lift = np.clip(parameters.coincidence + own, 0.0, parameters.known_limit)
    # A photo that a person found not to show it speaks against its own report's claim.
    misfit = ((table.photo & Photo.MISFIT) > 0) & ~decided
    lift = np.where(misfit, parameters.misfit_lift, np.where(decided, parameters.decided_lift, lift))
    trust = np.log((1.0 + given.voter_right) / (1.0 + given.voter_wrong))
    vote_lift = np.clip(parameters.coincidence + trust, 0.0, parameters.known_limit)
    since = np.maximum(table.seen_from, table.seen_to - parameters.witness_width_s)
    claim = np.where((table.decision < 0) | misfit, -table.claim, table.claim)

    def with_votes(column: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([column, column[row]])

    return Voices(
        points=Points(with_votes(x), with_votes(y), with_votes(scale), with_votes(table.seen_to)),
        since=with_votes(since),
        category=with_votes(table.category),
        claim=np.concatenate([claim, table.claim[row] * given.value]),
        source=np.concatenate([table.source, given.voter]),
        known=np.concatenate([known, is_known(given.voter_right, given.voter_wrong)]),
        lift=np.concatenate([lift, vote_lift]),
        accuracy_m=with_votes(table.accuracy_m),
        weight=np.ones(len(table) + len(given)),
        report=with_votes(np.arange(len(table))),
        told=with_votes(table.claim),
    )


def _discounted(voices: Voices, table: Observations, parameters: Parameters) -> Voices:
    """Independence of each voice: one person one voice, copies, same spot at the same minute, one
    community.
    """
    n = len(table)
    weight = _share_of_person(voices, parameters)
    reach = np.array([parameters.of(int(c)).witness_m for c in np.unique(table.category)])
    pause = np.array([parameters.of(int(c)).witness_s for c in np.unique(table.category)])
    kind = np.searchsorted(np.unique(table.category), table.category)
    side, slot = reach[kind], pause[kind]
    text = _crowd(voices, n, (table.text_hash,), side, slot)
    weight[:n] /= np.where(table.text_hash != 0, text, 1.0)
    spot = _crowd(voices, n, (), np.full(n, SPOT_M), np.full(n, SPOT_S))
    weight[:n] /= np.sqrt(spot)
    group = _crowd(voices, n, (table.community,), side / 2, slot)
    weight[:n] /= np.where(table.community >= 0, np.sqrt(group), 1.0)
    weight[:n] = np.where(table.decision != 0, 1.0, weight[:n])
    return replace(voices, weight=quantised(weight))


def _share_of_person(voices: Voices, parameters: Parameters) -> Floats:
    """1 / number of statements of the same person, category and claim within reach."""
    count = np.ones(len(voices.source))
    person = group_ids([voices.source, voices.category, voices.claim])
    categories = np.unique(voices.category)
    limit = np.array([parameters.of(int(c)).witness_m for c in categories])
    pause = np.array([parameters.of(int(c)).witness_s for c in categories], dtype=np.float64)
    order = np.lexsort((voices.points.t, person))
    p, t = person[order], voices.points.t[order]
    # Each category has a time of its own, so that what else is in the table changes nothing.
    window = pause[np.searchsorted(categories, voices.category[order])] + parameters.witness_width_s
    live = np.arange(len(order))
    step = 1
    while len(live):
        live = live[live + step < len(order)]
        live = live[(p[live] == p[live + step]) & (t[live + step] - t[live] <= window[live])]
        a, b = order[live], order[live + step]
        near = limit[np.searchsorted(categories, voices.category[a])]
        close = ground_m(voices.points, a, voices.points, b) <= near
        np.add.at(count, a[close], 1.0)
        np.add.at(count, b[close], 1.0)
        step += 1
    return 1.0 / count


def _crowd(voices: Voices, n: int, more: tuple[Ints, ...], side: Floats, slot: Floats) -> Floats:
    """How many reports share a fixed space-time cell (and the further columns) with each report."""
    if not n:
        return np.zeros(0)
    points = voices.points
    columns = [
        voices.category[:n],
        voices.claim[:n],
        np.floor(points.x[:n] / side).astype(np.int64),
        np.floor(points.y[:n] / side).astype(np.int64),
        np.floor(points.t[:n] / slot).astype(np.int64),
        *more,
    ]
    group = group_ids(columns)
    return np.bincount(group)[group].astype(np.float64)


def group_ids(columns: list[Ints]) -> Ints:
    """Dense ids of equal rows of several columns; much faster than np.unique over an axis."""
    ids = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        _, code = np.unique(column, return_inverse=True)
        code = np.asarray(code).reshape(-1)
        _, ids = np.unique(ids * np.int64(code.max(initial=0) + 1) + code, return_inverse=True)
        ids = np.asarray(ids).reshape(-1)
    return ids


def _representatives(voices: Voices, rows: Ints, category: int, parameters: Parameters) -> Ints:
    """The strongest few voices of each small cell and claim: more of them would add nothing after
    saturation.
    """
    if not len(rows):
        return rows
    reach = parameters.of(category)
    points = voices.points
    bucket = group_ids(
        [
            np.floor(points.x[rows] / (reach.witness_m / 2)).astype(np.int64),
            np.floor(points.y[rows] / (reach.witness_m / 2)).astype(np.int64),
            np.floor(points.t[rows] / (reach.witness_s / 4)).astype(np.int64),
            voices.claim[rows] * 2 + voices.known[rows],
        ]
    )
    strength = quantised(voices.lift[rows] * voices.weight[rows])
    order = np.lexsort((voices.source[rows], voices.since[rows], points.t[rows], -strength, bucket))
    ranked = bucket[order]
    first = np.searchsorted(ranked, ranked, side="left")
    keep = np.arange(len(order)) - first < parameters.voices_a_bucket
    chosen = rows[order[keep]]
    return np.sort(chosen[voices.lift[chosen] * voices.weight[chosen] > 0])


def _gather(
    voices: Voices,
    mine: Ints,
    theirs: Ints,
    parameters: Parameters,
    category: int,
    *into: Any,
) -> None:
    """Add the kernel-weighted lifts of `theirs` to each of `mine`, separately for and against, known and
    new.
    """
    sums, far = into
    reach = parameters.of(category)
    for i, j in _in_reach(voices, mine, theirs, parameters, reach):
        metres = ground_m(voices.points, i, voices.points, j)
        heard = (metres < reach.witness_m) & (voices.source[i] != voices.source[j]) & (voices.report[j] != i)
        a, b, metres = i[heard], j[heard], metres[heard]
        pause = np.maximum(voices.since[a], voices.since[b]) - np.minimum(
            voices.points.t[a], voices.points.t[b]
        )
        pause = np.maximum(pause, 0.0)
        agree = voices.told[a] == voices.claim[b]
        # Water may end at a corner and fall within the hour: contradiction needs to be nearer than support.
        near = np.where(agree, metres / reach.witness_m, metres / (0.6 * reach.witness_m))
        soon = np.where(agree, pause / reach.witness_s, pause / (0.5 * reach.witness_s))
        kernel = np.maximum(1 - near**2, 0.0) * np.maximum(1 - soon**2, 0.0)
        blur = (voices.accuracy_m[a] ** 2 + voices.accuracy_m[b] ** 2) / reach.witness_m**2
        kernel *= voices.weight[b] / (1.0 + blur)
        says = quantised(kernel * voices.lift[b])
        for name, rows in (
            ("known", agree & voices.known[b]),
            ("new", agree & ~voices.known[b]),
            ("against_known", ~agree & voices.known[b]),
            ("against_new", ~agree & ~voices.known[b]),
        ):
            np.add.at(sums[name], a[rows], says[rows])
        heard = kernel > 0
        counted = quantised(voices.weight[b])
        np.add.at(sums["count"], a[agree & heard], counted[agree & heard])
        np.add.at(sums["count_against"], a[~agree & heard], counted[~agree & heard])
        np.maximum.at(far[0], a[agree & heard], metres[agree & heard])
        np.maximum.at(far[1], a[agree & heard], pause[agree & heard])


def _in_reach(
    voices: Voices, mine: Ints, theirs: Ints, parameters: Parameters, reach: Reach
) -> Iterator[tuple[Ints, Ints]]:
    """Candidate pairs; momentary observations search a much shorter time than long ones."""
    width = voices.points.t - voices.since
    brief = width <= BRIEF_S
    for part in (mine[brief[mine]], mine[~brief[mine]]):
        for other in (theirs[brief[theirs]], theirs[~brief[theirs]]):
            both_brief = len(part) and len(other) and brief[part[0]] and brief[other[0]]
            window = reach.witness_s + (BRIEF_S if both_brief else parameters.witness_width_s)
            me, them = voices.points.take(part), voices.points.take(other)
            for i, j in near_pairs(me, them, reach.witness_m, window):
                yield part[i], other[j]
