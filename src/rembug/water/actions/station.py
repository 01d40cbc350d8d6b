"""Tide constants of the city's own gauge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.water import engine
from rembug.water.actions.levels import allow
from rembug.water.models import Station
from rembug.water.queries.gauge import levels_of
from rembug.water.queries.setup import facts_of, station_of
from rembug.water.rules.inputs import digest_of

SIMULATED = ("K1", "O1", "M2", "S2")


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit found; `station` is what `adopt` takes."""

    station: dict[str, Any]
    climate: dict[str, list[float]]
    tide_type: str
    formzahl: float
    rms_m: float
    notes: tuple[str, ...]


def fit_station(*, actor: Actor, city: str, source: str, licence: str) -> Fitted:
    """Fit constants to the levels kept so far; nothing is changed. Raises `Invalid` when the record is too short."""
    allow(actor, city)
    times, levels = levels_of(city)
    own = engine.fit_own(times, [level / 100 for level in levels], station_of(city).data, source, licence)
    ratio, name = engine.type_of(own.data)
    return Fitted(own.data, own.climate, name, round(ratio, 3), own.rms_m, own.notes)


def simulate_station(
    *, actor: Actor, city: str, times: Sequence[datetime], levels_m: Sequence[float]
) -> Fitted:
    """Return constants of a made-up sea for a demonstration; they call themselves simulated. Nothing is changed."""
    allow(actor, city)
    data = engine.fit_few(times, levels_m, SIMULATED, station_of(city).data, "Simulasi; bukan hasil ukur")
    ratio, name = engine.type_of(data)
    return Fitted(data, {"mean_m": [0.0] * 12, "sigma_m": [0.05] * 12}, name, round(ratio, 3), 0.0, ())


@transaction.atomic
def adopt(*, actor: Actor, city: str, fitted: Fitted) -> None:
    """Use fitted constants for forecasts from now on; the same ones twice change nothing."""
    allow(actor, city)
    facts_of(city)
    digest = digest_of(station=fitted.station)
    _, is_new = Station.objects.update_or_create(
        city=city,
        digest=digest,
        defaults={"adopted_at": clock.now(), "retired_at": None},
        create_defaults={
            "origin": Station.Origin.OWN,
            "data": fitted.station,
            "climate": fitted.climate,
            "tide_type": fitted.tide_type,
            "formzahl": fitted.formzahl,
            "adopted_at": clock.now(),
        },
    )
    if is_new:
        data = {"station": digest, "type": fitted.tide_type, "rms_m": round(fitted.rms_m, 4)}
        record(actor=actor, verb="station.adopted", obj=Ref("city", city), data=data, city=city)


@transaction.atomic
def forget_own(*, actor: Actor, city: str) -> int:
    """Go back to the pack's constants; return how many own ones were given up."""
    allow(actor, city)
    own = Station.objects.filter(city=city, origin=Station.Origin.OWN, retired_at=None)
    count = own.update(retired_at=clock.now())
    if count:
        record(actor=actor, verb="station.given_up", obj=Ref("city", city), data={"own": count}, city=city)
    return count
