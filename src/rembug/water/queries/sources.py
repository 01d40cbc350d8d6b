"""Where the numbers of the forecast come from."""

from dataclasses import dataclass

from rembug.water.models import Terrain
from rembug.water.queries.gauge import GaugeState, gauge_state
from rembug.water.queries.setup import facts_of, has_water, station_of, terrain_of


@dataclass(frozen=True, slots=True)
class Sources:
    """Constants, gauge and ground of a city as a reader should know them."""

    station: str
    source: str
    licence: str
    period: str
    trust: str
    tide_type: str
    formzahl: float
    borrowed_cm: float
    gauge: GaugeState
    illustrative: bool
    terrain: str
    survey_date: str
    datum: str
    sigma_cm: float


def sources(city: str) -> Sources | None:
    """Return what is in force; nothing before the city's water is ready."""
    terrain = terrain_of(city) if has_water(city) else None
    if terrain is None:
        return None
    station, facts = station_of(city), facts_of(city)
    return Sources(
        station=station.data["name"],
        source=station.data["source"],
        licence=station.data["licence"],
        period=station.data["period"],
        trust=station.data["trust"],
        tide_type=station.tide_type,
        formzahl=station.formzahl,
        borrowed_cm=0.0 if station.origin == "own" else facts.station.borrowed_sigma_m * 100,
        gauge=gauge_state(city),
        illustrative=terrain.origin == Terrain.Origin.ILLUSTRATION,
        terrain=terrain.source,
        survey_date=terrain.survey_date,
        datum=terrain.vertical_datum,
        sigma_cm=terrain.sigma_m * 100,
    )
