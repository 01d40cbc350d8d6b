"""From the city's own gauge to its own constants."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rembug.lib import clock
from rembug.water import engine
from rembug.water.models import Level
from rembug.water.queries.outlook import area_outlook
from rembug.water.queries.setup import station_of
from rembug.water.tests import made

pytestmark = pytest.mark.django_db
OTHER = {"M2": (0.20, 100.0), "S2": (0.08, 160.0), "K1": (0.15, 300.0), "O1": (0.07, 250.0)}


def store(days: int) -> None:
    """Store hourly levels of a semidiurnal coast, 20 cm above the stated zero."""
    times = [made.NOW - timedelta(hours=n) for n in range(24 * days)]
    data = {**station_of(made.CITY).data, "constituents": OTHER}
    tide = engine.tide_at(data, times)
    Level.objects.bulk_create(
        Level(city=made.CITY, at=at, level_cm=round(20 + 100 * level, 2))
        for at, level in zip(times, tide.tolist(), strict=True)
    )


def fit(*words: str) -> str:
    out = StringIO()
    call_command("water", "station", "fit", "--source", "Kota", "--licence", "CC BY 4.0", *words, stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_a_month_of_levels_gives_own_constants_and_another_tide_type() -> None:
    with clock.led(made.NOW):
        made.load()
        store(40)
        assert "Nothing is changed" in fit()
        assert station_of(made.CITY).tide_type == "diurnal"
        assert "mixed, mainly semidiurnal" in fit("--adopt")
        own = station_of(made.CITY)
        assert own.data["constituents"]["M2"][0] == pytest.approx(0.20, abs=0.01)
        assert own.data["msl_m"] == pytest.approx(0.20, abs=0.03)
        made.forecast()
        found = area_outlook(made.CITY, made.LOW)
        assert found is not None
        assert (found.tide_type, found.source) == ("mixed, mainly semidiurnal", "gauge+tide")
        call_command("water", "station", "reset", stdout=StringIO())
        assert station_of(made.CITY).origin == "pack"


def test_too_short_a_record_is_refused() -> None:
    with clock.led(made.NOW):
        made.load()
        store(3)
        with pytest.raises(CommandError, match=r"covers 3\.0 days"):
            fit()
