"""The result of one report after another equals the result of all at once, bit by bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rembug.reports.rules import incidents as inc
from rembug.reports.rules.affected import affected, context_boxes
from rembug.reports.rules.assess import Before, assess
from rembug.reports.rules.observations import Ints, Observations, Votes, observations, votes
from rembug.reports.rules.parameters import Parameters, Reach
from rembug.reports.tests.rules.made import town

Pairs = list[tuple[int, int]]
NEAR = Parameters(
    default_reach=Reach(witness_m=60, witness_s=1800, link_m=50, link_s=2400), witness_width_s=1800
)


def _columns(table: Observations) -> dict[str, np.ndarray]:
    return {name: getattr(table, name) for name in table.__dataclass_fields__}


def _some_votes(table: Observations, seed: int) -> Votes:
    rng = np.random.default_rng(seed)
    m = len(table)
    return votes(
        report=rng.choice(table.key, m),
        voter=rng.integers(0, 9, m),
        value=rng.choice([-1, 1], m),
        cast=rng.uniform(0, 1, m),
        voter_right=rng.integers(0, 3, m),
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 80), st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_bit(n: int, seed: int) -> None:
    table = town(n, seed)
    ballots = _some_votes(table, seed)
    shuffle = np.random.default_rng(seed).permutation(n)
    again = observations(**{name: column[shuffle] for name, column in _columns(table).items()})
    one, two = assess(table, ballots), assess(again, ballots.take(np.arange(len(ballots))[::-1]))
    assert np.array_equal(one.log_odds, two.log_odds)
    assert np.array_equal(one.contributions, two.contributions)
    assert np.array_equal(inc.link(table).incident, inc.link(again).incident)


def _inside(table: Observations, changed: Observations, parameters: Parameters) -> np.ndarray:
    mask = np.zeros(len(table), dtype=bool)
    for box in context_boxes(changed, parameters):
        mask |= (
            (table.lon >= box.west)
            & (table.lon <= box.east)
            & (table.lat >= box.south)
            & (table.lat <= box.north)
            & (table.seen_to >= box.since)
            & (table.seen_to <= box.until)
        )
    return mask


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), st.integers(0, 10**6), st.integers(1, 7))
def test_judging_only_the_affected_on_each_arrival_equals_judging_all(n: int, seed: int, step: int) -> None:
    table = town(n, seed, metres=1500, hours=16)
    ballots = _some_votes(table, seed)
    arrival = np.random.default_rng(seed + 1).permutation(n)
    stored: dict[int, tuple[float, ...]] = {}
    for begin in range(0, n, step):
        here = table.take(np.sort(arrival[: begin + step]))
        changed = table.take(np.sort(arrival[begin : begin + step]))
        loaded = here.take(_inside(here, changed, NEAR))
        mask = affected(loaded, changed, NEAR)
        judged = assess(loaded, ballots, NEAR)
        for row in np.flatnonzero(mask):
            stored[int(judged.key[row])] = tuple(judged.contributions[row])
    batch = assess(table, ballots, NEAR)
    assert {int(k): tuple(batch.contributions[i]) for i, k in enumerate(batch.key)} == stored


def _pair(rng: np.random.Generator, keys: Ints) -> tuple[int, int]:
    one, two = rng.choice(keys, 2, replace=False)
    return int(one), int(two)


def _arrive(
    table: Observations, order: np.ndarray, step: int, must: Pairs, cannot: Pairs
) -> dict[int, tuple[int, int]]:
    """Incremental clustering the way the platform does it: load touched components, link again, store."""
    labels: dict[int, tuple[int, int]] = {}
    for begin in range(0, len(order), step):
        new = table.take(np.sort(order[begin : begin + step]))
        stored = table.take(np.sort(order[:begin]))
        component = np.array([labels[int(k)][1] for k in stored.key], dtype=np.int64)
        close = _inside(stored, new, NEAR)
        load = set(inc.touched(stored.take(close), component[close], new, NEAR).tolist())
        paired = {key for pair in must for key in pair if set(pair) & set(new.key.tolist())}
        load |= {labels[key][1] for key in paired if key in labels}
        members = np.isin(component, sorted(load)) & (component >= 0)
        closed = table.take(
            np.sort(np.concatenate([order[begin : begin + step], np.sort(order[:begin])[members]]))
        )
        result = inc.link(closed, NEAR, must=must, cannot=cannot)
        labels |= {
            int(k): (int(a), int(b))
            for k, a, b in zip(result.key, result.incident, result.component, strict=True)
        }
    return labels


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 60), st.integers(0, 10**6), st.integers(1, 7), st.booleans())
def test_incidents_formed_one_by_one_equal_incidents_formed_at_once(
    n: int, seed: int, step: int, people: bool
) -> None:
    table = town(n, seed, metres=400, hours=6)
    rng = np.random.default_rng(seed)
    wet = table.key[table.claim > 0]
    must: Pairs = []
    cannot: Pairs = []
    if people and len(wet) > 4:
        must = [_pair(rng, wet) for _ in range(2)]
        cannot = [_pair(rng, wet) for _ in range(3)]
    batch = inc.link(table, NEAR, must=must, cannot=cannot)
    expected = {
        int(k): (int(a), int(b)) for k, a, b in zip(batch.key, batch.incident, batch.component, strict=True)
    }
    assert _arrive(table, rng.permutation(n), step, must, cannot) == expected


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), st.integers(0, 10**6))
def test_reports_of_another_category_change_no_bit(n: int, seed: int) -> None:
    slow = Reach(witness_m=90, witness_s=40_000, link_m=40, link_s=90_000)
    parameters = replace(NEAR, reach={1: slow})
    table = town(n, seed, metres=300, hours=30)
    together = assess(table, None, parameters)
    for category in (0, 1):
        mine = table.category == category
        alone = assess(table.take(mine), None, parameters)
        assert np.array_equal(alone.contributions, together.contributions[mine])
        reached = affected(table, table.take(mine), parameters)
        assert np.array_equal(reached, mine)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), st.integers(0, 10**6))
def test_what_was_found_before_need_not_be_found_again(n: int, seed: int) -> None:
    table = town(n, seed, metres=1500, hours=16)
    new = np.random.default_rng(seed).random(n) < 0.2
    earlier, late = table.take(~new), table.take(new)
    found = assess(earlier, None, NEAR)
    reached = affected(table, late, NEAR) | new
    odds, said = np.zeros(n), np.zeros((n, found.contributions.shape[1]))
    odds[~new], said[~new] = found.log_odds, found.contributions
    again = assess(table, None, NEAR, Before(~reached, odds, said))
    batch = assess(table, None, NEAR)
    assert np.array_equal(again.log_odds, batch.log_odds)
    assert np.array_equal(again.probability, batch.probability)
    assert np.array_equal(again.contributions, batch.contributions)
