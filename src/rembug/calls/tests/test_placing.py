"""Chosen places tell more than random ones; what is seen is learnt; a dry control is there."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rembug.calls.rules.placing import Field, choose, control, observe, prior, wet_chance

PLACES, LOOKED = 300, 12
LEVEL, LEVEL_SD = 60.0, 6.0


def town(seed: int) -> tuple[Field, np.ndarray]:
    """Return what is believed of a town, and the truth, drawn from a rougher ground than the learner supposes."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 4000, PLACES), rng.uniform(0, 4000, PLACES)
    believed = np.clip(20 + y / 20 + rng.normal(0, 25, PLACES), 0, None)
    # The truth: two old channels lie lower, each block has its own error, and every third place was filled up.
    truth = believed - 35 * np.exp(-(((x - 1200) / 250) ** 2)) + 22 * np.sin(x / 310) * np.cos(y / 290)
    truth += rng.normal(0, 8, PLACES) + np.where(np.arange(PLACES) % 3 == 0, rng.uniform(0, 15, PLACES), 0.0)
    return prior(believed, np.full(PLACES, 20.0), x, y), truth


def learnt(field: Field, truth: np.ndarray, places: list[int], seed: int) -> Field:
    """Let two people look at each place while the water is high; one in ten is wrong."""
    rng = np.random.default_rng(seed)
    for place in places:
        for _ in range(2):
            seen = bool(LEVEL + rng.normal(0, LEVEL_SD) > truth[place])
            field = observe(field, place, LEVEL, LEVEL_SD + 6.0, wet=seen if rng.random() > 0.1 else not seen)
    return field


def test_chosen_places_cut_the_uncertainty_at_least_twice_as_much_as_random_ones() -> None:
    ratios = []
    for seed in range(40):
        field, truth = town(seed)
        chosen = choose(field, LEVEL, LEVEL_SD, LOOKED)
        drawn = np.random.default_rng(1000 + seed).choice(PLACES, LOOKED, replace=False).tolist()
        cut = [field.variance - learnt(field, truth, places, seed).variance for places in (chosen, drawn)]
        ratios.append(cut[0] / cut[1])
    assert np.mean(ratios) >= 2.0
    assert np.quantile(ratios, 0.05) > 1.0


def test_what_is_learnt_comes_nearer_to_the_truth() -> None:
    before, after = [], []
    for seed in range(40):
        field, truth = town(seed)
        chosen = choose(field, LEVEL, LEVEL_SD, 40)
        found = learnt(field, truth, chosen, seed)
        before.append(float(np.abs(field.mean - truth)[chosen].mean()))
        after.append(float(np.abs(found.mean - truth)[chosen].mean()))
    assert np.mean(after) < np.mean(before)


def test_places_spread_out_and_are_neither_surely_wet_nor_surely_dry() -> None:
    field, _ = town(1)
    chance = wet_chance(field, LEVEL, LEVEL_SD)
    chosen = choose(field, LEVEL, LEVEL_SD, LOOKED)
    assert len(set(chosen)) == LOOKED
    assert all(0.02 < chance[place] < 0.98 for place in chosen)
    assert choose(field, LEVEL, LEVEL_SD, 5, np.array(chosen[:3]))[0] not in chosen[:3]


def test_wet_lowers_and_dry_raises_the_onset_here_and_near_by() -> None:
    field = prior(np.array([60.0, 60.0, 60.0]), np.full(3, 20.0), np.array([0.0, 50.0, 5000.0]), np.zeros(3))
    wet, dry = (observe(field, 0, LEVEL, LEVEL_SD, wet=answer) for answer in (True, False))
    assert wet.mean[0] < wet.mean[1] < 60.0 < dry.mean[1] < dry.mean[0]
    assert wet.mean[2] == pytest.approx(60.0, abs=0.01)
    assert wet.covariance[0, 0] < field.covariance[0, 0]
    # Against numerical integration of the same answer.
    # (a wet answer is certain to be right once the level's error is counted)
    grid = np.linspace(-60, 180, 24_001)
    erf = np.array([math.erf((LEVEL - level) / (LEVEL_SD * math.sqrt(2))) for level in grid.tolist()])
    weight = np.exp(-0.5 * ((grid - 60) / 20) ** 2) * (1 + erf)
    mean = float((grid * weight).sum() / weight.sum())
    assert wet.mean[0] == pytest.approx(mean, abs=0.01)
    assert wet.covariance[0, 0] == pytest.approx(
        float(((grid - mean) ** 2 * weight).sum() / weight.sum()), abs=0.1
    )


def test_the_control_is_dry_for_sure_and_the_lowest_of_its_kind() -> None:
    field, _ = town(2)
    chosen = choose(field, LEVEL, LEVEL_SD, LOOKED)
    place = control(field, LEVEL, LEVEL_SD, chosen)
    assert place is not None
    assert place not in chosen
    assert wet_chance(field, LEVEL, LEVEL_SD)[place] < 0.05
    low = prior(np.array([10.0]), np.array([5.0]), np.zeros(1), np.zeros(1))
    assert control(low, LEVEL, LEVEL_SD, []) is None


def test_wrong_places_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        prior(np.array([np.inf]), np.array([5.0]), np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="as many"):
        prior(np.array([1.0, 2.0]), np.array([5.0]), np.zeros(1), np.zeros(1))
