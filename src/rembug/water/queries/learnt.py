"""How far what people saw has been taken in."""

from datetime import datetime

from rembug.water.models import Setup
from rembug.water.queries.setup import has_water


def learns(city: str) -> bool:
    """Tell whether the city has a sea that reports can teach."""
    return has_water(city)


def taken_until(city: str) -> datetime | None:
    """Return up to which change of reports sightings were taken; nothing before the first."""
    return Setup.objects.filter(city=city).values_list("taken_until", flat=True).first()
