"""The forecast as other apps read it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.places.tests import made as places
from rembug.water.models import Forecast
from rembug.water.queries.outlook import area_outlook, city_outlook
from rembug.water.tests import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand() -> Iterator[clock.Hand]:
    with clock.led(made.NOW) as leading:
        made.load()
        yield leading


@pytest.mark.usefixtures("hand")
def test_without_a_gauge_the_forecast_is_tide_and_climatology_and_says_so() -> None:
    made.forecast()
    found = area_outlook(made.CITY, made.DEGAYU)
    assert found is not None
    assert (found.source, found.inputs_age_s, found.trust) == ("tide+climatology", None, "low")
    assert found.tide_type == "diurnal"
    assert found.illustrative
    assert len(found.series.times) == len(found.series.level_cm) == len(found.series.sigma_cm) == 336
    assert min(found.series.sigma_cm) > 20, "borrowed constants widen the error"


def test_a_fresh_gauge_comes_first_then_its_last_residual_then_climatology(hand: clock.Hand) -> None:
    made.levels()
    assert made.forecast().basis == "gauge+tide"
    hand.to(made.NOW + timedelta(hours=20))
    assert made.forecast().basis == "tide+last residual"
    found = area_outlook(made.CITY, made.DEGAYU)
    assert found is not None
    assert found.inputs_age_s == pytest.approx(20 * 3600, abs=700)
    hand.to(made.NOW + timedelta(days=9))
    assert made.forecast().basis == "tide+climatology"


@pytest.mark.usefixtures("hand")
def test_one_forecast_an_hour_and_the_same_inputs_have_the_same_hash() -> None:
    first = made.forecast()
    assert Forecast.objects.count() == 1
    Forecast.objects.all().delete()
    assert made.forecast().inputs == first.inputs


@pytest.mark.usefixtures("hand")
def test_a_forecast_older_than_two_hours_is_stale() -> None:
    made.forecast()
    assert not area_outlook(made.CITY, made.DEGAYU, now=made.NOW + timedelta(minutes=119)).stale  # type: ignore[union-attr]
    assert area_outlook(made.CITY, made.DEGAYU, now=made.NOW + timedelta(minutes=121)).stale  # type: ignore[union-attr]


@pytest.mark.usefixtures("hand")
def test_the_city_names_its_most_threatened_ward_first() -> None:
    made.forecast()
    found = city_outlook(made.CITY)
    assert found is not None
    assert len(found.areas) == 27
    chances = [area.highest for area in found.areas]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.5 > chances[-1]
    first = found.areas[0].high_waters[0]
    assert first.level_low_cm < first.level_cm < first.level_high_cm
    assert 0 <= first.depth_low_cm <= first.depth_high_cm


def test_a_city_without_sea_has_no_outlook_and_a_strange_area_is_not_found() -> None:
    places.load(places.SMALL)
    assert city_outlook("bandarkecil") is None
    with pytest.raises(NotFound):
        area_outlook("bandarkecil", "33.75")
