"""Whether a job of the water app has anything to do."""

from rembug.lib import clock
from rembug.water.models import Feed, Forecast, Level, Observation, Scenario, Setup


def forecast_due() -> bool:
    """Tell whether a city lacks the forecast of this hour."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    done = set(Forecast.objects.filter(hour=hour).values_list("city", flat=True))
    return bool(set(Setup.objects.values_list("city", flat=True)) - done)


def has_feed() -> bool:
    """Tell whether any city fetches levels."""
    return Feed.objects.exists()


def to_score() -> bool:
    """Tell whether there are forecasts and levels to compare."""
    return Level.objects.exists() and Forecast.objects.filter(scored_at=None).exists()


def to_compute() -> bool:
    """Tell whether a what-if waits."""
    return Scenario.objects.filter(state=Scenario.State.WAITING).exists()


def to_learn() -> bool:
    """Tell whether anything was seen that has not taught yet."""
    return Observation.objects.filter(taught_at=None).exists()
