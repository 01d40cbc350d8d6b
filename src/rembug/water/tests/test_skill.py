"""How forecasts came out."""

from datetime import timedelta

import pytest

from rembug.lib import clock
from rembug.water.actions.score import score_city
from rembug.water.models import Forecast, Score
from rembug.water.queries.skill import skill
from rembug.water.rules.outlook import Onset
from rembug.water.rules.scoring import Scored, events, skill_by_lead
from rembug.water.tests import made


@pytest.mark.django_db
def test_forecasts_are_compared_with_the_gauge_as_it_comes_in() -> None:
    with clock.led(made.NOW) as hand:
        made.load()
        made.levels()
        made.forecast()
        hand.to(made.NOW + timedelta(hours=30))
        made.levels(clock.now(), hours=29.9)
        first = score_city(actor=made.ACTOR, city=made.CITY)
        assert first == Score.objects.count() > 5
        assert score_city(actor=made.ACTOR, city=made.CITY) == 0
        found = skill(made.CITY)
        assert [lead.lead_h for lead in found.leads] == [1, 3, 6, 12, 24]
        assert found.leads[0].rms_cm < 25
        hand.to(made.NOW + timedelta(days=10))
        score_city(actor=made.ACTOR, city=made.CITY)
        assert not Forecast.objects.filter(scored_at=None).exists()


def test_a_flood_is_a_hit_a_false_alarm_or_a_miss() -> None:
    onset = Onset(50, 0)
    rows = [Scored(5, 60, 5, 55), Scored(5, 60, 5, 40), Scored(5, 40, 5, 55), Scored(5, 40, 5, 40)]
    first = events(rows, onset, 0.5)[0]
    assert (first.hits, first.false_alarms, first.misses, first.quiet) == (1, 1, 1, 1)
    assert first.hit_rate == first.false_alarm_ratio == 0.5
    assert first.brier is not None
    assert 0.4 < first.brier < 0.5
    assert (first.guess, first.mae_cm, first.inside) == (0.25, 10.0, 0.5)
    assert events(rows, onset, 0.5)[1].hit_rate is None


def test_a_flood_is_called_from_the_probability_that_the_pack_states() -> None:
    rows = [Scored(5, 48, 5, 55)]  # a chance of 34 %
    assert events(rows, Onset(50, 0), 1 / 3)[0].hits == 1
    assert events(rows, Onset(50, 0), 0.5)[0].misses == 1


def test_errors_are_told_by_lead_with_the_share_inside_the_stated_range() -> None:
    rows = [Scored(6, 10, 5, 12), Scored(6, 10, 5, 0), Scored(12, 1, 5, 1)]
    first, second = skill_by_lead(rows)
    assert (first.lead_h, first.count, first.bias_cm, first.mae_cm, first.inside) == (6, 2, 4.0, 6.0, 0.5)
    assert second.rms_cm == 0
