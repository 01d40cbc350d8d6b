"""Learning from reports: what is believed, what is corrected, and where it stops."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rob.learning.covariance import Ground, Places
from rob.learning.places import learn_onset
from rob.learning.reports import Kind, Report, Reporter, prior_truth
from rob.learning.update import learn, signed_depth, update
from rob.types import Faces, RobError

OPEN = Ground((40, 40), 25.0, Faces.none())
DYKE = Faces(np.arange(40, dtype=np.int32), np.full(40, 19, np.int32), np.zeros(40, bool), np.full(40, 2.0))


def said(kind: Kind, depth: float = 0.0, *, row: int = 20, column: int = 10, prior: float = 0.8) -> Report:
    """A report at a place."""
    return Report(row, column, 0.0, kind, depth, prior)


def asked(column: int, quarter: int = 0, row: int = 20) -> Places:
    """One place to ask for."""
    return Places(np.array([row]), np.array([column]), np.zeros(1), np.array([quarter]))


def correction(reports: list[Report], at: Places, ground: Ground = OPEN, model: float = 0.3) -> float:
    """How far the reports move the signed depth at a place, metres."""
    found = update(reports, (np.full(len(reports), model), [0] * len(reports)), at, np.array([model]), ground)
    return float(found.mean[0] - model)


def test_reports_of_deep_water_raise_the_flood_nearby_and_less_far_away() -> None:
    reports = [said(Kind.DEPTH, 0.7, column=c) for c in (8, 10, 12)]
    near, far = correction(reports, asked(11)), correction(reports, asked(38, 1))
    assert near > far > 0.0
    assert near > 0.1


def test_a_lone_absurd_report_is_not_believed() -> None:
    reports = [said(Kind.DEPTH, d, column=c) for c, d in ((8, 0.3), (10, 0.35), (12, 0.3), (14, 0.25))]
    found = update(
        [*reports, said(Kind.DEPTH, 1.9, column=11)],
        (np.full(5, 0.3), [0] * 5),
        asked(11),
        np.array([0.3]),
        OPEN,
    )
    assert found.truth[-1] < 0.1
    assert found.truth[:4].min() > 0.8
    assert found.mean[0] == pytest.approx(0.3, abs=0.08)


def test_dry_here_lowers_and_above_the_knee_raises() -> None:
    assert correction([said(Kind.DRY)] * 3, asked(10)) < -0.15
    assert correction([said(Kind.ABOVE, 0.6)] * 3, asked(10)) > 0.1
    assert abs(correction([said(Kind.ABOVE, 0.1)] * 3, asked(10), model=0.8)) < 0.03


def test_a_report_teaches_less_across_a_dyke() -> None:
    reports = [said(Kind.DEPTH, 0.8, column=c) for c in (15, 16, 17, 18)]
    over = dataclasses.replace(OPEN, dykes=DYKE)
    free, shut = correction(reports, asked(21, 1)), correction(reports, asked(21, 1), over)
    assert shut < free


def test_a_neighbourhood_that_a_dyke_cuts_in_two_is_two() -> None:
    reports = [said(Kind.DEPTH, 0.8, column=c) for c in (15, 16, 17, 18)]
    over = dataclasses.replace(OPEN, dykes=DYKE)
    learnt = learn(reports, (np.full(4, 0.3), [0] * 4), over)
    behind = learnt.at(asked(21), np.array([0.3]))
    assert behind.lasting[0] == 0.0
    assert behind.mean[0] - 0.3 == pytest.approx(learnt.sea(0.0).mean)
    assert learnt.at(asked(12), np.array([0.3])).lasting[0] > 0.1


def test_distances_go_around_a_dyke() -> None:
    half = Faces(DYKE.row[:30], DYKE.column[:30], DYKE.south[:30], DYKE.crest[:30])
    one, other = asked(18), asked(21)
    straight = OPEN.distances(one, other, 2000.0)[0, 0]
    around = dataclasses.replace(OPEN, dykes=half).distances(one, other, 2000.0)[0, 0]
    assert straight == pytest.approx(75.0)
    assert around > 450.0
    assert np.isinf(dataclasses.replace(OPEN, dykes=DYKE).distances(one, other, 2000.0)[0, 0])


def test_without_reports_nothing_changes() -> None:
    found = update([], (np.empty(0), []), asked(10), np.array([0.4]), OPEN)
    assert found.mean.tolist() == [0.4]
    low, high = found.interval()
    assert low[0] < 0.4 < high[0]
    assert found.depth()[0] == pytest.approx(0.4, abs=0.02)
    assert 0.9 < float(found.exceeds(0.1)[0]) < 1.0


def test_the_update_needs_one_model_depth_for_each_report() -> None:
    with pytest.raises(RobError, match="differ in number"):
        update([said(Kind.DRY)], (np.zeros(2), [0]), asked(1), np.zeros(1), OPEN)
    with pytest.raises(RobError, match="a report has no model depth"):
        update([said(Kind.DRY)], (np.array([np.nan]), [0]), asked(1), np.zeros(1), OPEN)
    with pytest.raises(RobError, match="places and depths differ in number"):
        update([said(Kind.DRY)], (np.zeros(1), [0]), asked(1), np.zeros(2), OPEN)
    with pytest.raises(RobError, match="a place has no model depth"):
        update([said(Kind.DRY)], (np.zeros(1), [0]), asked(1), np.array([np.nan]), OPEN)


def test_what_is_learnt_near_reports_is_surer_than_far_away_and_never_less_sure_than_before() -> None:
    reports = [said(Kind.DEPTH, 0.6, column=c) for c in (8, 10, 12)]
    learnt = learn(reports, (np.full(3, 0.3), [0] * 3), OPEN)
    places = Places(np.full(3, 20), np.array([10, 20, 39]), np.zeros(3), np.array([0, 1, 1]))
    found = learnt.at(places, np.full(3, 0.3))
    assert (np.diff(found.sigma) > 0).all()
    assert (np.diff(found.lasting_sigma) > 0).all()
    assert found.sigma[-1] < np.sqrt(learnt.prior.variance)
    assert (found.lasting_sigma <= np.sqrt(learnt.prior.stays)).all()


def test_reports_from_everywhere_blame_the_sea_and_those_of_one_quarter_blame_the_quarter() -> None:
    def offsets(quarters: list[int], depth: list[float]) -> tuple[float, float]:
        reports = [said(Kind.DEPTH, d, row=5 + 4 * n, column=5 + 4 * n) for n, d in enumerate(depth)]
        learnt = learn(reports, (np.full(len(depth), 0.3), quarters), OPEN)
        return learnt.sea(0.0).mean, learnt.quarter(1).mean

    sea, _ = offsets([1, 2, 3, 4, 5, 6, 7, 8], [0.5] * 8)
    other, quarter = offsets([1, 1, 1, 1, 2, 3, 4, 5], [0.6] * 4 + [0.3] * 4)
    assert sea > 0.05
    assert quarter > 2.0 * other > 0.0


def test_the_offset_of_the_sea_is_forgotten_and_that_of_a_quarter_is_kept() -> None:
    reports = [said(Kind.DEPTH, 0.6, column=c) for c in (8, 10, 12)]
    learnt = learn(reports, (np.full(3, 0.3), [0] * 3), OPEN)
    now, tomorrow = learnt.sea(0.0), learnt.sea(24.0)
    assert now.mean > 10.0 * tomorrow.mean
    assert now.sigma < tomorrow.sigma <= learnt.prior.sea + 1e-9
    later = learnt.at(dataclasses.replace(asked(10), hours=np.array([48.0])), np.array([0.3]))
    assert later.mean[0] - 0.3 == pytest.approx(later.lasting[0], abs=0.001)


def test_no_report_teaches_nothing() -> None:
    learnt = learn([], (np.empty(0), []), OPEN)
    assert (learnt.sea(0.0).mean, learnt.quarter(0).mean) == (0.0, 0.0)
    assert learnt.sea(0.0).sigma == pytest.approx(learnt.prior.sea)


def test_signed_depth_is_negative_where_the_sea_stays_below_the_onset() -> None:
    found = signed_depth(1.0, np.array([0.4, 0.4, 0.4]), np.array([0.4, 1.3, np.inf]))
    assert found.tolist() == pytest.approx([0.6, -0.3, -8.4])


@pytest.mark.parametrize(("depth", "prior"), [(-0.1, 0.8), (float("nan"), 0.8), (0.3, 0.0), (0.3, 1.0)])
def test_a_report_that_cannot_be_is_refused(depth: float, prior: float) -> None:
    problem = r"(depth: .* m\. Give a depth between 0 and 5 metres|prior: .* is no probability)"
    with pytest.raises(RobError, match=problem):
        said(Kind.DEPTH, depth, prior=prior)


def test_a_good_record_a_photo_and_neighbours_who_agree_make_a_report_more_credible() -> None:
    newcomer = prior_truth(Reporter())
    assert newcomer == pytest.approx(0.8)
    assert prior_truth(Reporter(confirmed=10)) > newcomer > prior_truth(Reporter(denied=5))
    assert prior_truth(Reporter(), photo=True, others_near=2) > newcomer
    assert prior_truth(Reporter(), accuracy_m=500.0, denials_near=2) < newcomer
    assert 0.02 <= prior_truth(Reporter(denied=500), denials_near=9) <= 0.98


def history(true: float, seed: int, count: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Levels and wet/dry of a place that floods from `true` on, one in twenty wrong."""
    rng = np.random.default_rng(seed)
    levels = rng.uniform(0.2, 1.6, count)
    wet = levels + rng.normal(0.0, 0.05, count) > true
    return levels, wet ^ (rng.random(count) < 0.05)


def test_the_onset_of_a_place_is_learnt_though_the_terrain_is_half_a_metre_wrong() -> None:
    for seed in range(8):
        found = learn_onset(*history(0.8, seed), model_onset=1.3)
        assert found.mean == pytest.approx(0.8, abs=0.12)
        assert found.low < found.mean < found.high
        assert found.sigma < 0.1


def test_a_place_that_the_model_calls_safe_is_learnt_from_people() -> None:
    found = learn_onset(*history(0.9, 1), model_onset=float("inf"))
    assert found.mean == pytest.approx(0.9, abs=0.15)


def test_without_a_history_the_model_stands() -> None:
    found = learn_onset(np.empty(0), np.empty(0, bool), 1.1, model_sigma=0.2)
    assert (found.mean, found.sigma) == pytest.approx((1.1, 0.2), abs=0.01)


def test_a_doubtful_report_weighs_less() -> None:
    levels, wet = np.array([0.5, 0.5]), np.array([True, True])
    sure = learn_onset(levels, wet, 1.0)
    unsure = learn_onset(levels, wet, 1.0, truth=np.array([0.1, 0.1]))
    assert sure.mean < unsure.mean


def test_a_history_with_a_hole_is_refused() -> None:
    with pytest.raises(RobError, match="history: levels: levels and wet/dry differ in number or hold NaN"):
        learn_onset(np.array([1.0, np.nan]), np.array([True, False]), 1.0)
