"""When to look: the highest waters by daylight."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from rembug.lib import clock
from rembug.water.models import KingTide
from rembug.water.queries.outlook import city_outlook

DAYLIGHT = (6, 17)  # local hours in which a group can go out near the equator, all year
STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A high water by daylight: when, and the expected level with its error, centimetres above mean sea level."""

    at: datetime
    level_cm: float
    sigma_cm: float


def occasions(city: str, *, sigma_cm: float = 25.0) -> list[Occasion]:
    """Return high waters by daylight, highest first: from the forecast for seven days, from the tide beyond.

    `sigma_cm` is the error that the tide alone is given beyond the forecast.
    """
    now, found = clock.now(), []
    outlook = city_outlook(city)
    until = now
    if outlook is not None:
        until = outlook.series.times[-1]
        for water in outlook.high_waters:
            sigma = (water.level_high_cm - water.level_low_cm) / 2.563
            found.append(Occasion(water.at, water.level_cm, round(sigma, 1)))
    rows = KingTide.objects.filter(city=city, at__gt=max(now, until))
    found += [Occasion(row.at, row.level_cm, sigma_cm) for row in rows]
    light = [
        one for one in found if one.at > now and DAYLIGHT[0] <= timezone.localtime(one.at).hour < DAYLIGHT[1]
    ]
    return sorted(light, key=lambda one: (-one.level_cm, one.at))


def kings_due() -> bool:
    """Tell whether the list is missing or older than a day."""
    newest = KingTide.objects.order_by("-made_at").values_list("made_at", flat=True).first()
    return newest is None or newest < clock.now() - STALE
