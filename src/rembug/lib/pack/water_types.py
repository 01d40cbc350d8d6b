"""What comes out of `water.toml`: frozen, typed, already checked. Metres, degrees, seconds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Names = Mapping[str, str]  # language -> words
Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class StationRow:
    """A tide station and its constants: amplitude in metres and phase lag in degrees, by constituent."""

    code: str
    name: str
    lon: float
    lat: float
    phase_reference: str
    source: str
    licence: str
    period: str
    trust: str
    msl_m: float
    borrowed_sigma_m: float
    constituents: Mapping[str, tuple[float, ...]]


CALLED_FROM = 1 / 3  # two false alarms are accepted for one flood that is caught


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of the forecast. `onset_share`: an area counts as flooded from this share of its land.

    `called_from`: water is called probable from this probability on.
    """

    horizon_hours: int
    stale_after_s: float
    list_from: float
    onset_share: float
    called_from: float = CALLED_FROM


@dataclass(frozen=True, slots=True)
class Hollow:
    """Sunken ground of an area, below the plain around it."""

    area: str
    depth_m: float


@dataclass(frozen=True, slots=True)
class Ground:
    """An illustrative plain that rises from a coast; the sea lies north of `coast`."""

    cell_m: float
    sigma_m: float
    north_m: float
    rise_m_per_km: float
    roughness_m: float
    coast: tuple[Point, ...]
    hollows: tuple[Hollow, ...]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A dyke: its line and crest, metres above mean sea level."""

    code: str
    names: Names
    points: tuple[Point, ...]
    crest_m: float
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PumpRow:
    """A pump: where it takes water and where it puts it."""

    code: str
    names: Names
    at: Point
    to: Point
    capacity_m3_s: float
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Sinking:
    """Published range of sinking of some areas, metres a year; the first row that covers an area counts."""

    codes: tuple[str, ...]
    m_per_year: tuple[float, float]
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """Published ranges until a year: rise of the sea in metres, sinking by area."""

    year: int
    sea_level_m: tuple[float, float]
    sea_level_source: str
    sea_level_confirmed: bool
    sinking: tuple[Sinking, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A what-if that the pack asks for everybody: sea level, outlook, works by code."""

    code: str
    names: Names
    level_m: float
    outlook: str
    crest_m: Mapping[str, float]
    extend_m: Mapping[str, float]
    pumps_m3_s: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many people, houses, metres of road or schools there are, and how wrong that may be (relative error).

    `by_area` holds amounts of areas that are known; what is left of `total` is spread evenly over the rest of the land.
    """

    kind: str
    total: float
    uncertainty: float
    source: str
    confirmed: bool
    by_area: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WaterFacts:
    """All that a pack knows of the sea and the ground."""

    station: StationRow
    rules: Rules
    climate_mean_m: tuple[float, ...]
    climate_sigma_m: tuple[float, ...]
    ground: Ground
    dykes: tuple[WorkLine, ...]
    pumps: tuple[PumpRow, ...]
    outlook: Outlook
    scenarios: tuple[WhatIf, ...] = ()
    exposure: tuple[Exposure, ...] = ()


def water_to_json(facts: WaterFacts) -> dict[str, Any]:
    """Return the facts as plain JSON values."""
    return asdict(facts)


def water_from_json(data: Mapping[str, Any]) -> WaterFacts:
    """Return the facts again from what `water_to_json` gave."""
    ground = dict(data["ground"])
    ground["hollows"] = tuple(Hollow(**row) for row in ground["hollows"])
    ground["coast"] = _line(ground["coast"])
    outlook = dict(data["outlook"])
    outlook["sea_level_m"] = tuple(outlook["sea_level_m"])
    outlook["sinking"] = tuple(
        Sinking(tuple(row["codes"]), tuple(row["m_per_year"]), row["source"], row["confirmed"])
        for row in outlook["sinking"]
    )
    station = dict(data["station"])
    station["constituents"] = {name: tuple(pair) for name, pair in station["constituents"].items()}
    return WaterFacts(
        station=StationRow(**station),
        rules=Rules(**data["rules"]),
        climate_mean_m=tuple(data["climate_mean_m"]),
        climate_sigma_m=tuple(data["climate_sigma_m"]),
        ground=Ground(**ground),
        dykes=tuple(WorkLine(**{**row, "points": _line(row["points"])}) for row in data["dykes"]),
        pumps=tuple(
            PumpRow(**{**row, "at": _point(row["at"]), "to": _point(row["to"])}) for row in data["pumps"]
        ),
        outlook=Outlook(**outlook),
        scenarios=tuple(WhatIf(**row) for row in data.get("scenarios", ())),
        exposure=tuple(Exposure(**row) for row in data.get("exposure", ())),
    )


def _point(pair: Any) -> Point:
    return float(pair[0]), float(pair[1])


def _line(rows: Any) -> tuple[Point, ...]:
    return tuple(_point(row) for row in rows)
