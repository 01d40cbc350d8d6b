"""The forecast of a city, an area or a place, as plain values: the interface that alerts, pages and adapters share."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.lib.pack import WaterFacts
from rembug.places import queries as places
from rembug.water.models import AreaGround, Forecast, PlaceOnset, Terrain
from rembug.water.queries.setup import facts_of, has_water, station_of, terrain_of
from rembug.water.rules.outlook import (
    AreaOutlook,
    CityOutlook,
    Crest,
    Curve,
    HighWater,
    Onset,
    Series,
    Source,
    high_water,
    is_stale,
)

NEVER_CM = 10_000.0
PAST = timedelta(hours=3)  # a high water stays listed so long after its moment


def area_outlook(city: str, area_code: str, *, now: datetime | None = None) -> AreaOutlook | None:
    """Return the latest forecast for one area; nothing where the city has none yet. Raises `NotFound` for no area."""
    return outlook_at(city, area_code, now=now)


def outlook_at(
    city: str, area_code: str, *, cell: str = "", now: datetime | None = None
) -> AreaOutlook | None:
    """Return the forecast for an area, or for a cell in it where people's reports have taught its onset."""
    area = places.area(city, area_code)
    found = _Latest.of(city, now)
    if found is None:
        return None
    return found.area(area.code, area.name, area.slug, cell)


def city_outlook(city: str, *, now: datetime | None = None) -> CityOutlook | None:
    """Return the latest forecast for the city and each of its kelurahan; nothing where there is none yet."""
    found = _Latest.of(city, now)
    if found is None:
        return None
    areas = [found.area(area.code, area.name, area.slug) for area in places.areas(city, level="kelurahan")]
    areas.sort(key=lambda one: (-one.highest, one.onset.level_cm, one.area_code))
    first = areas[0] if areas else found.area("", "")
    return CityOutlook(
        city=city,
        issued_at=first.issued_at,
        inputs_age_s=first.inputs_age_s,
        source=first.source,
        stale=first.stale,
        trust=first.trust,
        tide_type=first.tide_type,
        station=first.station,
        illustrative=first.illustrative,
        series=first.series,
        high_waters=first.high_waters,
        areas=tuple(areas),
    )


def first_to_flood(city: str, *, now: datetime | None = None) -> AreaOutlook | None:
    """Return the forecast of the kelurahan that is likeliest to flood; nothing where there is none yet."""
    found = city_outlook(city, now=now)
    return found.areas[0] if found is not None and found.areas else None


class _Latest:
    """The latest forecast of a city with everything that is asked of it, read once."""

    def __init__(self, city: str, row: Forecast, now: datetime) -> None:
        self.city, self.row, self.now = city, row, now
        self.facts: WaterFacts = facts_of(city)
        self.station = station_of(city)
        self.terrain = terrain_of(city)
        self.ground: Mapping[str, AreaGround] = {
            one.area_code: one for one in AreaGround.objects.filter(city=city)
        }
        self.learnt = {one.place: one for one in PlaceOnset.objects.filter(city=city)}
        self.series = series_of(row)
        self.crests = [
            Crest(row.starts_at + timedelta(seconds=s), level / 10, sigma / 10)
            for s, level, sigma in row.crests
            if row.starts_at + timedelta(seconds=s) >= now - PAST
        ]

    @classmethod
    def of(cls, city: str, now: datetime | None) -> "_Latest | None":
        """Return the latest forecast issued at `now` or before."""
        moment = now or clock.now()
        if not has_water(city):
            return None
        row = Forecast.objects.filter(city=city, issued_at__lte=moment).order_by("-issued_at").first()
        return None if row is None else cls(city, row, moment)

    def area(self, code: str, name: str, slug: str = "", cell: str = "") -> AreaOutlook:
        onset, curve = self._place(code, cell)
        gauge_at = self.row.gauge_at
        return AreaOutlook(
            city=self.city,
            area_code=code,
            area_name=name,
            issued_at=self.row.issued_at,
            inputs_age_s=None if gauge_at is None else (self.now - gauge_at).total_seconds(),
            source=cast("Source", self.row.basis),
            stale=is_stale(self.row.issued_at, self.now, self.facts.rules.stale_after_s),
            trust=self.station.data["trust"],
            tide_type=self.station.tide_type,
            station=self.station.data["name"],
            illustrative=self.terrain is None or self.terrain.origin == Terrain.Origin.ILLUSTRATION,
            onset=onset,
            series=self.series,
            high_waters=tuple(self._waters(onset, curve)),
            curve=curve,
            area_slug=slug,
            called_from=self.facts.rules.called_from,
        )

    def _waters(self, onset: Onset, curve: Curve) -> list[HighWater]:
        return [high_water(crest, onset, curve, self.series) for crest in self.crests]

    def _place(self, code: str, cell: str) -> tuple[Onset, Curve]:
        ground = self.ground.get(code)
        if ground is None:
            return Onset(NEVER_CM, 0.0), Curve((0.0, 1.0), (0.0, 0.0), (0.0, 0.0))
        levels = tuple(float(ground.lowest_cm + n * ground.step_cm) for n in range(len(ground.share)))
        curve = Curve(levels, tuple(ground.depth_cm), tuple(ground.share))
        modelled = NEVER_CM if ground.onset_cm is None else ground.onset_cm
        taught = self.learnt.get(cell) or self.learnt.get(code)
        if taught is None:
            return Onset(modelled, ground.sd_cm), curve
        onset = Onset(taught.level_cm, taught.sd_cm, "learnt", taught.observations)
        return onset, curve if ground.onset_cm is None else curve.moved(taught.level_cm - modelled)


def series_of(row: Forecast) -> Series:
    """Return the stored levels of a forecast as times and centimetres."""
    step = timedelta(seconds=row.step_s)
    return Series(
        tuple(row.starts_at + n * step for n in range(len(row.level_mm))),
        tuple(level / 10 for level in row.level_mm),
        tuple(sigma / 10 for sigma in row.sigma_mm),
    )


def latest(city: str, now: datetime | None = None) -> Forecast:
    """Return the latest stored forecast. Raises `NotFound`."""
    moment = now or clock.now()
    row = Forecast.objects.filter(city=city, issued_at__lte=moment).order_by("-issued_at").first()
    if row is None:
        raise NotFound("Prakiraan belum ada. Prakiraan pertama dibuat dalam satu jam.")
    return row
