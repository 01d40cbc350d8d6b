"""What own scored forecasts say of their error."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rembug.water.models import Score
from rembug.water.rules.spread import Known, Learnt, learn

LOOK_BACK = timedelta(days=30)


def learnt_error(city: str, now: datetime, station: str) -> Learnt:
    """Return what forecasts by these constants and a fresh gauge have shown in the last thirty days."""
    return learn(_scores(city, now, station, Score.Kind.LEVEL), _scores(city, now, station, Score.Kind.CREST))


def _scores(city: str, now: datetime, station: str, kind: str) -> Iterator[Known]:
    rows = Score.objects.filter(
        city=city,
        kind=kind,
        at__gt=now - LOOK_BACK,
        at__lte=now,
        forecast__station=station,
        forecast__basis="gauge+tide",
    ).order_by("at", "id")
    columns = ("at", "lead_h", "said_cm", "raw_cm", "seen_cm")
    for at, lead, said, raw, seen in rows.values_list(*columns).iterator(chunk_size=5000):
        curve = said if raw is None else raw
        yield Known(int(at.timestamp()), lead, (said - seen) / 100, (curve - seen) / 100)
