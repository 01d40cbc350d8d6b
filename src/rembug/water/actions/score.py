"""Comparing forecasts with what the gauge showed afterwards."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.water.models import Forecast, Level, Score
from rembug.water.queries.outlook import series_of
from rembug.water.queries.setup import cities, station_of
from rembug.water.rules.scoring import AROUND, LEADS_H, NEAR, Seen

LONGEST = timedelta(days=9)  # horizon and some time for a late gauge


def score_all(*, actor: Actor) -> int:
    """Score every city's forecasts as far as the gauge has come; return how many comparisons were new."""
    return sum(score_city(actor=actor, city=city) for city in cities())


@transaction.atomic
def score_city(*, actor: Actor, city: str) -> int:
    """Compare what open forecasts said with what was seen since. Figures, no act: nothing goes to the log."""
    now = clock.now()
    open_ones = list(Forecast.objects.filter(city=city, scored_at=None).order_by("hour"))
    if not open_ones:
        return 0
    seen = _seen(city, open_ones[0].issued_at, now)
    done = set(Score.objects.filter(forecast__in=open_ones).values_list("forecast_id", "kind", "lead_h"))
    rows = [
        row
        for forecast in open_ones
        for row in _rows(forecast, seen, now)
        if (forecast.pk, row.kind, row.lead_h) not in done
    ]
    Score.objects.bulk_create(rows, batch_size=1000)
    Forecast.objects.filter(city=city, scored_at=None, issued_at__lt=now - LONGEST).update(scored_at=now)
    return len(rows)


def _seen(city: str, start: datetime, now: datetime) -> Seen:
    msl_cm = float(station_of(city).data["msl_m"]) * 100
    found = Level.objects.filter(city=city, fault="", at__gte=start - AROUND, at__lte=now).order_by("at")
    rows = list(found.values_list("at", "level_cm"))
    return Seen([at for at, _ in rows], [level - msl_cm for _, level in rows])


def _rows(forecast: Forecast, seen: Seen, now: datetime) -> Iterator[Score]:
    series = series_of(forecast)
    step = timedelta(seconds=forecast.step_s)
    for lead in LEADS_H:
        place = round((forecast.issued_at + timedelta(hours=lead) - forecast.starts_at) / step)
        if not 0 <= place < len(series.times) or series.times[place] + NEAR > now:
            continue
        level = seen.at(series.times[place])
        if level is not None:
            said = series.level_cm[place], series.sigma_cm[place]
            yield _row(forecast, Score.Kind.LEVEL, lead, series.times[place], (*said, level))
    for seconds, level_mm, sigma_mm in forecast.crests:
        at = forecast.starts_at + timedelta(seconds=seconds)
        highest = seen.highest_around(at) if at + AROUND <= now else None
        if highest is not None:
            lead = round((at - forecast.issued_at).total_seconds() / 3600, 2)
            row = _row(forecast, Score.Kind.CREST, lead, at, (level_mm / 10, sigma_mm / 10, highest))
            row.raw_cm = max(series.level_cm[max(round(seconds / forecast.step_s) - 1, 0) :][:3])
            yield row


def _row(
    forecast: Forecast, kind: str, lead: float, at: datetime, figures: tuple[float, float, float]
) -> Score:
    said, sigma, seen = figures
    return Score(
        city=forecast.city,
        forecast=forecast,
        kind=kind,
        lead_h=lead,
        at=at,
        said_cm=said,
        sigma_cm=sigma,
        seen_cm=round(seen, 1),
    )
