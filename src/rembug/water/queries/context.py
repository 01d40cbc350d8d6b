"""The tide context of what people saw: for reports, in batches."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rembug.places.rules import cell
from rembug.water.models import AreaGround, Forecast, Level, PlaceOnset, Terrain
from rembug.water.queries.outlook import series_of
from rembug.water.queries.setup import has_water, station_of, terrain_of
from rembug.water.rules.context import TideContext, level_at, physics, stage_at
from rembug.water.rules.outlook import Crest, Onset

PLACE = 10  # H3 resolution of a place that learns
OLDEST = timedelta(hours=6)  # a forecast made longer before says nothing of that moment
BESIDE = timedelta(minutes=20)
ELSEWHERE_CM = 25.0  # how far a place in an area may lie from the area's onset


@dataclass(frozen=True, slots=True)
class Asked:
    """A moment and place in degrees, its area's code, and whether water was seen."""

    at: datetime
    lon: float
    lat: float
    area_code: str
    is_wet: bool


def contexts(city: str, asked: Sequence[Asked]) -> list[TideContext | None]:
    """Return the sea at each moment from the forecast made just before it; nothing where there was none."""
    if not asked or not has_water(city):
        return [None] * len(asked)
    hours = {hour for one in asked for hour in _hours(one.at)}
    forecasts = {row.hour: row for row in Forecast.objects.filter(city=city, hour__in=hours)}
    if not forecasts:
        return [None] * len(asked)
    ground, gauge = _Ground(city), _Gauge(city, [one.at for one in asked])
    return [_context(one, forecasts, ground, gauge) for one in asked]


def _hours(at: datetime) -> list[datetime]:
    hour = at.replace(minute=0, second=0, microsecond=0)
    return [hour - timedelta(hours=n) for n in range(int(OLDEST.total_seconds() // 3600) + 1)]


def _context(
    asked: Asked, forecasts: dict[datetime, Forecast], ground: "_Ground", gauge: "_Gauge"
) -> TideContext | None:
    known = (forecasts[hour] for hour in _hours(asked.at) if hour in forecasts)
    row = next((one for one in known if one.issued_at <= asked.at), None)
    if row is None:
        return None
    series = series_of(row)
    crests = [Crest(row.starts_at + timedelta(seconds=s), a / 10, b / 10) for s, a, b in row.crests[:3]]
    seen = gauge.at(asked.at)
    level = level_at(series, asked.at) if seen is None else seen
    residual = None if row.state is None else row.state["last"] * 100 - gauge.msl_cm
    onset, is_known = ground.onset(asked)
    sigma = series.sigma_cm[0] if seen is None else 3.0
    return TideContext(
        round(level, 1),
        None if residual is None else round(residual, 1),
        stage_at(series, crests, asked.at),
        physics(is_wet=asked.is_wet, level_cm=level, sigma_cm=sigma, onset=onset, is_known=is_known),
    )


class _Ground:
    """Onset levels of a city's places, read once for a batch."""

    def __init__(self, city: str) -> None:
        terrain = terrain_of(city)
        self.is_surveyed = terrain is not None and terrain.origin == Terrain.Origin.SURVEY
        self.areas = {row.area_code: row for row in AreaGround.objects.filter(city=city)}
        self.learnt = {row.place: row for row in PlaceOnset.objects.filter(city=city)}

    def onset(self, asked: Asked) -> tuple[Onset, bool]:
        """Return the onset of a place and whether it is known by more than an illustration."""
        place = self.learnt.get(cell(asked.lon, asked.lat, PLACE))
        if place is not None:
            return Onset(place.level_cm, place.sd_cm, "learnt", place.observations), True
        area = self.areas.get(asked.area_code)
        if area is None or area.onset_cm is None:
            return Onset(float("inf"), 0.0), False
        return Onset(area.onset_cm, (area.sd_cm**2 + ELSEWHERE_CM**2) ** 0.5), self.is_surveyed


class _Gauge:
    """Levels of the gauge around some moments, centimetres above mean sea level."""

    def __init__(self, city: str, moments: Sequence[datetime]) -> None:
        self.msl_cm = float(station_of(city).data["msl_m"]) * 100
        rows = Level.objects.filter(
            city=city, fault="", at__gte=min(moments) - BESIDE, at__lte=max(moments) + BESIDE
        )
        found = list(rows.order_by("at").values_list("at", "level_cm")[:20_000])
        self.times = [at for at, _ in found]
        self.levels = [level - self.msl_cm for _, level in found]

    def at(self, moment: datetime) -> float | None:
        """Return the level read within twenty minutes of a moment."""
        place = bisect_left(self.times, moment)
        near = [n for n in (place - 1, place) if 0 <= n < len(self.times)]
        best = min(near, key=lambda n: abs(self.times[n] - moment), default=None)
        return None if best is None or abs(self.times[best] - moment) > BESIDE else self.levels[best]
