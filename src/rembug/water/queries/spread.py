"""What own scored forecasts say of their error."""

from datetime import datetime, timedelta

from django.db.models import Avg, Count, F

from rembug.water.models import Score
from rembug.water.rules.spread import FEWEST

LOOK_BACK = timedelta(days=30)


def learnt_sigma(city: str, now: datetime, station: str) -> dict[float, float]:
    """Return root mean square error in metres by lead for these constants; empty while too few are scored."""
    rows = (
        Score.objects.filter(
            city=city,
            kind=Score.Kind.LEVEL,
            at__gt=now - LOOK_BACK,
            at__lte=now,
            forecast__station=station,
            forecast__basis="gauge+tide",
        )
        .values("lead_h")
        .annotate(
            number=Count("id"), square=Avg((F("said_cm") - F("seen_cm")) * (F("said_cm") - F("seen_cm")))
        )
    )
    return {row["lead_h"]: round(row["square"] ** 0.5 / 100, 4) for row in rows if row["number"] >= FEWEST}
