"""Track records, calibration figures, learning from decisions, and the order of the verifiers' queue."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rembug.reports.rules import calibration, queue
from rembug.reports.rules.assess import assess
from rembug.reports.rules.learning import learn
from rembug.reports.rules.parameters import Parameters
from rembug.reports.rules.records import Decisions, community_record, source_record
from rembug.reports.tests.rules.made import street


def _decisions(rows: list[tuple[int, int, int, int, float, int]]) -> Decisions:
    columns = np.array(rows, dtype=float).reshape(-1, 6).T
    report, source, community, found, decider = columns[[0, 1, 2, 3, 5]].astype(np.int64)
    return Decisions(report, source, community, found, columns[4], decider)


def test_a_record_counts_the_last_decision_on_each_report() -> None:
    record = source_record(_decisions([(1, 7, -1, 1, 10, 50), (1, 7, -1, -1, 20, 51), (2, 7, -1, 1, 30, 50)]))
    assert [column.tolist() for column in record.of(np.array([7, 8]))] == [[1, 0], [1, 0]]


def test_a_decision_on_ones_own_report_trains_nothing() -> None:
    record = source_record(_decisions([(1, 7, -1, 1, 10, 7)]))
    assert record.of(np.array([7]))[0].tolist() == [0]


def test_a_record_does_not_depend_on_the_order_of_decisions() -> None:
    rows = [(k, k % 5, k % 3 - 1, (-1) ** k, float(k % 7), 99) for k in range(40)]
    one, two = source_record(_decisions(rows)), source_record(_decisions(rows[::-1]))
    assert np.array_equal(one.right, two.right)
    assert np.array_equal(one.wrong, two.wrong)


def test_communities_have_records_of_their_members() -> None:
    record = community_record(_decisions([(1, 7, 3, 1, 0, 9), (2, 8, 3, -1, 0, 9), (3, 8, -1, 1, 0, 9)]))
    assert [column.tolist() for column in record.of(np.array([3, -1]))] == [[1, 0], [1, 0]]


def test_a_report_is_not_evidence_for_itself() -> None:
    record = source_record(_decisions([(1, 7, -1, 1, 0, 9), (2, 7, -1, -1, 0, 9)]))
    right, wrong = record.without(np.array([7, 7, 7]), np.array([1, -1, 0]))
    assert (right.tolist(), wrong.tolist()) == ([0, 1, 1], [1, 0, 1])


def test_calibration_figures_agree_with_hand_counts() -> None:
    p = np.array([0.2, 0.2, 0.8, 0.8])
    y = np.array([0.0, 1.0, 1.0, 1.0])
    assert calibration.brier(p, y) == pytest.approx((0.04 + 0.64 + 0.04 + 0.04) / 4)
    assert calibration.brier_skill(p, y) == pytest.approx(1 - 0.19 / 0.1875)
    assert calibration.expected_calibration_error(p, y, bins=2) == pytest.approx(0.5 * 0.3 + 0.5 * 0.2)
    assert calibration.log_loss(p, y) == pytest.approx(-(3 * np.log(0.8) + np.log(0.2)) / 4)
    assert [row.count for row in calibration.reliability(p, y, bins=10)] == [1, 1, 1, 1]


def test_calibration_of_nothing_is_not_a_number() -> None:
    nothing = np.zeros(0)
    assert np.isnan(calibration.brier(nothing, nothing))
    assert np.isnan(calibration.expected_calibration_error(nothing, nothing))


def test_few_decisions_teach_nothing_and_many_teach_what_a_photo_is_worth() -> None:
    rng = np.random.default_rng(5)
    n = 1500
    true = rng.random(n) < 0.5
    photo = np.where(rng.random(n) < np.where(true, 0.9, 0.1), 1, 0)  # photos tell the truth here
    table = street(east=np.arange(n) * 900.0, photo=photo, decision=np.where(true, 1, -1))
    assert learn(table.take(np.arange(50))) == Parameters()
    taught = learn(table)
    truth = true.astype(np.float64)
    judged = assess(replace(table, decision=np.zeros(n, dtype=np.int64)), parameters=taught)
    said = judged.probability
    assert said[photo == 1].mean() == pytest.approx(0.9, abs=0.06)
    assert said[photo == 0].mean() == pytest.approx(0.1, abs=0.06)
    untaught = assess(replace(table, decision=np.zeros(n, dtype=np.int64))).probability
    assert calibration.log_loss(said, truth) < calibration.log_loss(untaught, truth)


def test_the_queue_puts_doubtful_reports_with_many_people_first_and_leaves_decided_out() -> None:
    key = np.array([1, 2, 3, 4])
    sample = queue.audited(key)
    rows = queue.order(
        key, np.array([0.5, 0.5, 0.99, 0.5]), np.array([9, 0, 9, 9]), np.zeros(4), np.array([0, 0, 0, 1])
    )
    assert sorted(rows.tolist()) == [0, 1, 2]
    chosen = [row for row in rows.tolist() if not sample[row]]
    assert chosen == sorted(chosen)


def test_about_one_report_in_six_is_drawn_by_lot_for_a_fair_sample() -> None:
    key = np.arange(6000)
    sample = queue.audited(key)
    assert sample.mean() == pytest.approx(1 / 6, abs=0.02)
    none = np.zeros(6000), np.zeros(6000), np.zeros(6000, dtype=np.int64)
    first = queue.order(key, np.full(6000, 0.5), *none)[:600]
    assert sample[first].mean() == pytest.approx(1 / 6, abs=0.02)
    assert np.array_equal(np.sort(queue.order(key, np.full(6000, 0.5), *none)), key)
