"""Marks of charts stand where their figures say."""

from rembug.reports.rules import charts


def test_the_highest_day_fills_the_box_and_an_empty_one_has_no_height() -> None:
    empty, half, full = charts.bars([0, 2, 4])
    assert (empty.height, half.height, full.height) == (0, 66, 132)
    assert full.y + full.height == half.y + half.height == charts.HEIGHT
    assert empty.x < half.x < full.x


def test_a_month_without_reports_is_flat() -> None:
    assert {bar.height for bar in charts.bars([0] * 30)} == {0}
    assert charts.bars([]) == []


def test_perfect_calibration_lies_on_the_diagonal() -> None:
    low, high = charts.reliability([(0.0, 0.0, 10), (1.0, 1.0, 10)])
    assert (low.x, low.y) == (charts.EDGE, charts.SIDE - charts.EDGE)
    assert (high.x, high.y) == (charts.SIDE - charts.EDGE, charts.EDGE)


def test_no_bins_no_dots() -> None:
    assert charts.reliability([]) == []
