"""Making the forecast of the hour and keeping it with what it was made from."""

import math
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.water import engine
from rembug.water.actions.prepare import prepare
from rembug.water.actions.scenario import ask_of_pack
from rembug.water.models import Forecast, Level, Setup, Station
from rembug.water.queries.setup import cities, facts_of, station_of
from rembug.water.queries.spread import learnt_error
from rembug.water.rules.inputs import digest_of
from rembug.water.rules.spread import Learnt, crest, widened

WINDOW = timedelta(hours=30)  # of levels that a residual may need
AROUND = 3 * 3600 // engine.STEP_S  # steps to either side of which a high water is the highest
KEPT = timedelta(days=7)  # a residual older than this says nothing


def forecast_all(*, actor: Actor) -> int:
    """Make what this hour lacks, city by city; return how many forecasts were made."""
    for city in cities():
        if prepare(actor=actor, city=city):
            ask_of_pack(actor=actor, city=city)
    return sum(make_forecast(actor=actor, city=city) is not None for city in cities())


@transaction.atomic
def make_forecast(*, actor: Actor, city: str) -> Forecast | None:
    """Make the forecast of this hour from the levels and constants at hand; nothing when the hour has one."""
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    # The lock on the setup lets one worker at a time look whether the hour has its forecast.
    Setup.objects.select_for_update().filter(city=city).first()
    if Forecast.objects.filter(city=city, hour=hour).exists():
        return None
    facts, station = facts_of(city), station_of(city)
    gauge, last = _gauge(city, now), _last(city, now, station.digest)
    climate = _climate(station, facts.climate_mean_m, facts.climate_sigma_m)
    found = engine.predict(station.data, climate, now, facts.rules.horizon_hours, gauge, last)
    borrowed = 0.0 if station.origin == Station.Origin.OWN else facts.station.borrowed_sigma_m
    learnt = learnt_error(city, now, station.digest)
    leads = [(time - now).total_seconds() / 3600 for time in found.times]
    sigma = widened(leads, found.sigma.tolist(), borrowed, learnt)
    if found.source != "gauge+tide":  # a silent gauge never makes a forecast surer
        before = widened(leads, found.sigma.tolist(), borrowed, Learnt())
        sigma = [max(pair) for pair in zip(sigma, before, strict=True)]
    inputs = digest_of(
        station=station.digest,
        climate=[list(part) for part in climate],
        gauge=[]
        if gauge is None
        else [[t.isoformat(), v] for t, v in zip(gauge.times, gauge.levels, strict=True)],
        last=None if last is None else _plain(last),
        issued=now.isoformat(),
        borrowed=borrowed,
        learnt=learnt.plain(),
    )
    return Forecast.objects.create(
        city=city,
        hour=hour,
        issued_at=now,
        basis=found.source,
        gauge_at=found.gauge_at,
        station=station.digest,
        inputs=inputs,
        state=None if found.state is None else _plain(found.state),
        starts_at=found.times[0],
        step_s=engine.STEP_S,
        level_mm=[round(level * 1000) for level in found.levels.tolist()],
        sigma_mm=[round(one * 1000) for one in sigma],
        crests=_crests(found, leads, sigma, learnt),
    )


def _crests(
    found: engine.Predicted, leads: list[float], sigma: list[float], learnt: Learnt
) -> list[list[int]]:
    first = found.times[0]
    rows = []
    for at, level, _ in found.crests:
        seconds = (at - first).total_seconds()
        place = min(max(round(seconds / engine.STEP_S), 0), len(leads) - 1)
        around = found.levels[max(place - AROUND, 0) : place + AROUND + 1]
        if level < float(around.max()):
            continue  # a ripple of the residual on the way up or down, not a high water
        height, error = crest(learnt, leads[place], level, sigma[place])
        if found.source != "gauge+tide":
            error = max(error, sigma[place])
        rows.append([round(seconds), round(height * 1000), round(error * 1000)])
    return rows


def _gauge(city: str, now: datetime) -> engine.Gauge | None:
    rows = list(
        Level.objects.filter(city=city, fault="", at__gt=now - WINDOW, at__lte=now)
        .order_by("at")
        .values_list("at", "level_cm")
    )
    return engine.Gauge([at for at, _ in rows], [cm / 100 for _, cm in rows]) if rows else None


def _last(city: str, now: datetime, station: str) -> engine.Residual | None:
    kept = (
        Forecast.objects.filter(city=city, station=station, gauge_at__gt=now - KEPT, hour__lt=now)
        .exclude(state=None)
        .order_by("-gauge_at")
        .values_list("state", flat=True)
        .first()
    )
    if kept is None:
        return None
    return engine.Residual(
        datetime.fromisoformat(kept["at"]), kept["mean"], kept["last"], tuple(kept["hours"])
    )


def _plain(state: engine.Residual) -> dict[str, Any]:
    return {**asdict(state), "at": state.at.isoformat(), "hours": list(state.hours)}


def _climate(
    station: Station, mean: tuple[float, ...], sigma: tuple[float, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    own = station.climate
    if own is None:
        return mean, sigma
    return tuple(own["mean_m"]), tuple(max(one, 0.02) for one in own["sigma_m"] if math.isfinite(one))
