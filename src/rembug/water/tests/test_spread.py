"""How sure a forecast is, and where its high waters stand: learnt from own forecasts that came out."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.lib import clock
from rembug.water import engine
from rembug.water.actions.score import score_city
from rembug.water.models import Level, Score
from rembug.water.queries.setup import station_of
from rembug.water.queries.spread import learnt_error
from rembug.water.rules.spread import Z80, CrestError, Known, Learnt, crest, held, learn, widened
from rembug.water.tests import made

HOUR_S = 3600


def rows(errors: list[float], lead: float = 6, every_h: int = 6) -> list[Known]:
    return [Known(n * every_h * HOUR_S, lead, error, error) for n, error in enumerate(errors)]


def test_borrowed_constants_widen_the_error_until_own_scores_are_known() -> None:
    assert widened([1.0], [0.06], 0.08, Learnt()) == [pytest.approx(0.1)]
    assert widened([3.0, 9.0, 12.0, 48.0], [0.06] * 4, 0.2, Learnt({6.0: 0.05, 12.0: 0.07})) == [
        pytest.approx(0.05),
        pytest.approx(0.06),
        pytest.approx(0.07),
        pytest.approx(0.14),
    ]


def test_an_hour_of_lead_says_nothing_of_the_constants_so_longer_leads_stay_wide() -> None:
    near, far = widened([1.0, 12.0], [0.06, 0.08], 0.06, Learnt({1.0: 0.02, 3.0: 0.03}))
    assert near == pytest.approx(0.02)
    assert far == pytest.approx(0.1)


@given(st.lists(st.floats(-2, 2), min_size=24, max_size=200))
def test_the_stated_range_holds_at_least_four_of_five_errors_that_it_was_learnt_from(
    errors: list[float],
) -> None:
    reach = Z80 * held(rows(errors)) + 1e-9
    assert sum(abs(error) <= reach for error in errors) >= 0.8 * len(errors)


def test_errors_of_the_same_six_hours_count_as_one_and_leave_the_range_wider() -> None:
    errors = [n / 100 for n in range(24)]
    assert held(rows(errors, every_h=1)) > held(rows(errors, every_h=6))


def test_a_lead_is_believed_after_a_whole_day_of_forecasts() -> None:
    assert learn(rows([0.05] * 23), []).level == {}
    assert learn(rows([0.05] * 24), []).level == {6: pytest.approx(0.05 / Z80)}
    assert learn(rows([0.0] * 24), []).level == {6: 0.01}, "no range is ever a point"


def test_high_waters_are_lifted_by_what_the_gauge_showed_above_the_curve() -> None:
    three = [Known(n * 86_400, 5, -0.04, -0.04) for n in range(3)]
    assert learn([], three).crest == ()
    lifted = learn([], [*three, Known(4 * 86_400, 5, 0.01, -0.04)])
    assert lifted.crest[0].lift_m == pytest.approx(0.04)
    assert crest(lifted, 5, 0.40, 0.2) == pytest.approx((0.44, 0.04 / Z80))


def test_a_lead_without_scored_high_waters_takes_the_lift_of_a_shorter_one_and_the_wider_error() -> None:
    learnt = Learnt({}, (CrestError(12.0, 0.03, 0.05),))
    assert crest(learnt, 6, 0.4, 0.2) == (0.4, 0.2)
    assert crest(learnt, 60, 0.4, 0.2) == pytest.approx((0.43, 0.2))
    assert crest(learnt, 20, 0.4, 0.2) == pytest.approx((0.43, 0.05))


def _levels_of_this_coast(first: datetime, last: datetime) -> None:
    """Store the tide of the constants in force, 3 cm higher at every second high water."""
    times = [first + timedelta(minutes=10 * n) for n in range(int((last - first) / timedelta(minutes=10)))]
    tide = engine.tide_at(station_of(made.CITY).data, times)
    Level.objects.bulk_create(
        Level(city=made.CITY, at=at, level_cm=round(100 * level + 3 * (at.day % 2), 1))
        for at, level in zip(times, tide.tolist(), strict=True)
    )


@pytest.mark.django_db
def test_after_five_days_the_range_is_that_of_own_errors_and_no_longer_that_of_borrowing() -> None:
    start = made.NOW - timedelta(days=6)
    with clock.led(start) as hand:
        made.load()
        _levels_of_this_coast(start - timedelta(days=2), made.NOW)
        for hours in range(0, 6 * 24, 3):
            hand.to(start + timedelta(hours=hours))
            row = made.forecast()
            if hours == 0:
                assert min(row.sigma_mm) > 200
            score_city(actor=made.ACTOR, city=made.CITY)
        learnt = learnt_error(made.CITY, clock.now(), row.station)
        assert max(learnt.level) >= 12
        assert learnt.crest
        assert Score.objects.filter(kind="crest", raw_cm=None).count() == 0
        assert row.sigma_mm[0] < 100
        hand.to(made.NOW + timedelta(hours=20))
        silent = made.forecast()
        assert silent.basis == "tide+last residual"
        assert min(silent.sigma_mm) > 200, "a silent gauge never makes a forecast surer"
        assert min(error for _, _, error in silent.crests) > 200
