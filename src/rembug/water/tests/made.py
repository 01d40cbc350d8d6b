"""A city with a sea, a gauge and a forecast, for tests."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from rembug.lib.actor import system
from rembug.lib.pack import Pack
from rembug.places.tests import made as places
from rembug.water.actions.forecast import make_forecast
from rembug.water.actions.load import load_water
from rembug.water.actions.prepare import prepare
from rembug.water.models import Forecast, Level

ACTOR = system("test")
CITY, DEGAYU, LOW = "pekalongan", "33.75.03.1007", "33.75.03.1003"
NOW = datetime(2026, 11, 26, 12, 10, tzinfo=UTC)


def load(pack: Pack | None = None) -> Pack:
    """Load the city with its water, made ready for a forecast."""
    pack = pack or places.load()
    load_water(actor=ACTOR, city=pack.facts.slug, facts=pack.water)
    prepare(actor=ACTOR, city=pack.facts.slug)
    return pack


def forecast() -> Forecast:
    """Make the forecast of the led hour."""
    row = make_forecast(actor=ACTOR, city=CITY)
    assert row is not None
    return row


def level_cm(at: datetime) -> float:
    """Return a made-up sea: one high water a lunar day."""
    return 40 * math.cos(2 * math.pi * (at - NOW) / timedelta(hours=24.84))


def levels(end: datetime = NOW, hours: float = 30) -> Iterable[Level]:
    """Store made-up levels every ten minutes up to a moment."""
    times = [end - timedelta(minutes=10 * n) for n in range(int(hours * 6))]
    return Level.objects.bulk_create(Level(city=CITY, at=at, level_cm=level_cm(at)) for at in times)
