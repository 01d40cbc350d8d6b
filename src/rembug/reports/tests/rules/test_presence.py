"""Following water by area and hour: what residents tell, what an office says, and how both fade."""

from __future__ import annotations

import numpy as np
import pytest

from rembug.reports.rules.presence import Evidence, Filter, Statements, Word, follow, lifting_rate

SILENCE = Evidence(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))


def _row_of_streets(n: int) -> np.ndarray:
    matrix = np.zeros((n, n))
    for k in range(n - 1):
        matrix[k, k + 1] = matrix[k + 1, k] = 1.0
    return np.asarray(matrix / matrix.sum(axis=1, keepdims=True))


def test_water_appears_where_people_tell_of_it_and_dries_up_later() -> None:
    evidence = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    belief = follow(evidence, np.arange(40), _row_of_streets(60))
    assert belief[1, 5] < 0.05 < 0.5 < belief[2, 5]
    assert belief[39, 5] < 0.1
    assert belief[3, 40] < belief[3, 6] < belief[3, 5]


def test_the_end_told_by_people_ends_it_at_once() -> None:
    over = Evidence(np.array([5, 5, 5]), np.array([2, 2, 4]), np.array([1.0, 1.0, -1.5]))
    lasting = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    streets = _row_of_streets(60)
    assert follow(over, np.arange(6), streets)[4, 5] < 0.5 * follow(lasting, np.arange(6), streets)[4, 5]


def test_silence_counts_only_while_the_city_talks() -> None:
    talk = np.repeat(np.arange(3, 7), 8)
    others = np.arange(len(talk)) % 20 + 30
    quiet = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    loud = Evidence(np.concatenate([[5, 5], others]), np.concatenate([[2, 2], talk]), np.ones(2 + len(talk)))
    streets = _row_of_streets(60)
    assert follow(loud, np.arange(8), streets)[7, 5] < follow(quiet, np.arange(8), streets)[7, 5]


def _said(*words: tuple[int, int, Word]) -> Statements:
    area, hour, word = zip(*words, strict=True)
    return Statements(np.array(area), np.array(hour), np.array(word))


def test_an_office_is_believed_at_once_and_its_word_fades_slower_than_a_residents() -> None:
    streets, hours = _row_of_streets(60), np.arange(30)
    told = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    office = follow(SILENCE, hours, streets, statements=_said((5, 2, Word.WET)))
    people = follow(told, hours, streets)
    assert office[1, 5] < 0.01 < 0.9 == office[2, 5]
    assert office[14, 5] / office[2, 5] > people[14, 5] / people[2, 5]
    assert office[29, 5] < 0.2  # a mark that nobody renews is not believed for ever


def test_an_office_that_takes_its_word_back_ends_it() -> None:
    streets, hours = _row_of_streets(60), np.arange(8)
    said = _said((5, 2, Word.WET), (5, 4, Word.DRY))
    belief = follow(SILENCE, hours, streets, statements=said)
    assert belief[3, 5] > 0.7
    assert belief[4, 5] < 0.001


def test_a_round_that_passes_over_an_area_halves_its_odds_and_no_more() -> None:
    streets, hours = _row_of_streets(60), np.arange(6)
    told = Evidence(np.array([5, 5, 9]), np.array([2, 2, 2]), np.ones(3))
    without = follow(told, hours, streets)
    passed = follow(told, hours, streets, statements=_said((5, 3, Word.PASSED_OVER)))
    before, after = without[3, 5], passed[3, 5]
    assert after / (1 - after) == pytest.approx(0.5 * before / (1 - before), rel=1e-3)
    assert passed[3, 9] == without[3, 9]


def test_what_an_office_says_later_changes_nothing_before() -> None:
    streets, hours = _row_of_streets(60), np.arange(10)
    told = Evidence(np.array([5, 7]), np.array([2, 4]), np.ones(2))
    said = follow(told, hours, streets, statements=_said((5, 6, Word.WET), (7, 7, Word.DRY)))
    assert np.array_equal(said[:6], follow(told, hours, streets)[:6])


def test_an_offices_own_past_says_how_long_its_words_stand() -> None:
    assert lifting_rate(0, 0) == pytest.approx(Filter().lifting)
    assert lifting_rate(1000, 10) < Filter().lifting < lifting_rate(100, 50)
    assert lifting_rate(0, 500) == 1.0
    with pytest.raises(ValueError, match="not negative"):
        lifting_rate(-1, 0)


def test_reports_that_are_summed_count_as_many_as_they_are() -> None:
    streets, hours = _row_of_streets(60), np.arange(8)
    single = Evidence(np.array([5, 5, 9]), np.array([2, 2, 3]), np.array([1.0, 0.8, 1.0]))
    summed = Evidence(np.array([5, 9]), np.array([2, 3]), np.array([1.8, 1.0]), np.array([2, 1]))
    assert np.array_equal(follow(single, hours, streets), follow(summed, hours, streets))


def test_in_a_city_of_two_areas_a_report_says_as_much() -> None:
    told = Evidence(np.array([0, 0]), np.array([2, 2]), np.ones(2))
    small = follow(told, np.arange(4), _row_of_streets(2))
    assert small[2, 0] > 0.5 > small[2, 1]
