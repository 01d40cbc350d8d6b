"""The rule by itself: what works is said to work, what does not is not, and thin data say nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from rembug.commitments.rules.outcome import Design, Panel, Verdict, effect, judge
from rembug.evidence.rules.indicators import Rows, daily, measure

BEFORE, AFTER = 120, 90
DESIGN = Design((0, BEFORE), (BEFORE, BEFORE + AFTER), -0.5, 0.3)


def town(seed: int, change: float, *, seen: float = 0.6, shift: float = 0.0) -> Verdict:
    """Judge a made-up town: tide and weather make floods; works change one area, a dry year (`shift`) all of them."""
    chance = np.random.default_rng(seed)
    days = np.arange(BEFORE + AFTER)
    tide = 60 + 25 * np.sin(2 * np.pi * days / 14.77) + chance.normal(0, 3, len(days))

    def area(own: float) -> Panel:
        wet = 1 / (1 + np.exp(-((tide - 70) / 6 + chance.normal(0, 1, len(days)))))
        wet = np.where(days >= BEFORE, wet * (1 + own) * (1 + shift), wet)
        values = (chance.random(len(days)) < wet).astype(float)
        values[chance.random(len(days)) > seen] = np.nan
        return Panel(values)

    return judge(DESIGN, area(change), tide, tuple(area(0) for _ in range(3)))


def test_no_change_is_seldom_called_working_and_a_large_one_often() -> None:
    nothing = Counter(town(seed, 0.0).state for seed in range(80))
    dry_year = Counter(town(seed, 0.0, shift=-0.4).state for seed in range(80))
    large = Counter(town(seed, -0.8).state for seed in range(80))
    assert nothing["working"] <= 8
    assert dry_year["working"] <= 8  # neighbours tell a dry year from works
    assert large["working"] >= 64
    assert large["no_effect"] <= 8


def test_thin_coverage_turns_the_same_works_into_not_enough_data() -> None:
    thick, thin = town(3, -0.8), town(3, -0.8, seen=0.15)
    assert thick.state == "working"
    assert (thin.state, thin.reason) == ("unknown", "coverage-before")


def test_where_it_never_flooded_there_is_nothing_to_reduce() -> None:
    dry = Panel(np.zeros(BEFORE + AFTER))
    assert judge(DESIGN, dry, np.full(BEFORE + AFTER, 80.0)).reason == "nothing-to-reduce"


def test_a_change_of_tide_is_no_change_of_the_place() -> None:
    days = np.arange(BEFORE + AFTER)
    tide = np.where(days < BEFORE, 100.0, 40.0) + np.sin(days)
    wet = Panel((tide > 80).astype(float))
    assert judge(DESIGN, wet, tide).state == "unknown"  # no day after was as high as those before


def test_the_risk_difference_is_mantel_and_haenszels() -> None:
    """Two strata by hand: weights 10·10/20 = 5 and 20·5/25 = 4; differences −0.4 and −0.2."""
    low, high = [1.0] * 6 + [0.0] * 4 + [1.0] * 2 + [0.0] * 8, [1.0] * 16 + [0.0] * 4 + [1.0] * 3 + [0.0] * 2
    tide = np.array([10.0] * 20 + [90.0] * 25)
    before = np.array([True] * 10 + [False] * 10 + [True] * 20 + [False] * 5)
    found = effect(Panel(np.array(low + high)), None, tide, before, ~before)
    assert found is not None
    assert found.change == pytest.approx((5 * -0.4 + 4 * -0.2) / 9)
    assert found.baseline == pytest.approx((5 * 0.6 + 4 * 0.8) / 9)
    assert found.overlap == 1.0


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 10_000), some.sampled_from([-0.8, -0.3, 0.0]))
def test_the_same_days_give_the_same_verdict_and_its_numbers_hang_together(seed: int, change: float) -> None:
    one = town(seed, change)
    assert one == town(seed, change)
    assert one.state in {"working", "no_effect", "unknown"}
    if one.low is not None and one.high is not None and one.change is not None:
        assert one.low <= one.change <= one.high
    if one.state == "working":
        assert one.high is not None
        assert one.high < 0
        assert one.placebos_as_strong == 0
    assert replace(one).stored() == one.stored()


def test_an_indicator_knows_a_dry_day_from_a_silent_one() -> None:
    day = 86_400
    rows = Rows(
        at=np.array([0, 3600, 3700, day + 60, 3 * day], np.int64) - 7 * 3600,
        areas=np.array(["33.1", "33.1", "33.1.9", "33.1", "33.2"]),
        wet=np.array([True, True, True, False, True]),
        depth_cm=np.array([20.0, 45.0, np.nan, np.nan, 60.0]),
        probability=np.array([0.9, 0.8, 0.7, 0.9, 0.9]),
    )
    first = date(1970, 1, 1)

    def of(code: str, area: str = "33.1") -> list[float | None]:
        found = daily(rows, code, (area,), first, 4, 7 * 3600)
        return [None if np.isnan(one) else float(one) for one in found]

    assert of("flood_days") == [1.0, 0.0, None, None]
    assert of("flood_hours") == [2.0, 0.0, None, None]
    assert of("deepest") == [45.0, 0.0, None, None]
    assert of("road_closed") == [1.0, 0.0, None, None]
    assert of("flood_days", "33") == [1.0, 0.0, None, 1.0]
    with pytest.raises(ValueError, match="no such indicator"):
        of("nonsense")


def test_below_its_least_coverage_an_indicator_is_unknown() -> None:
    values = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0] + [np.nan] * 14)
    assert measure(values, 0.3).value == pytest.approx(4 / 6)
    thin = measure(values, 0.31)
    assert (thin.value, thin.coverage, thin.days_seen) == (None, 0.3, 6)
    known = measure(values, 0.3)
    assert known.low is not None
    assert known.high is not None
    assert known.low < 4 / 6 < known.high
