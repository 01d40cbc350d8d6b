"""Reading `water.toml`: tide constants, rules of the forecast, illustrative ground, works, published ranges."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import toml_table
from rembug.lib.pack.table import CODE, Table
from rembug.lib.pack.water_types import (
    CALLED_FROM,
    Exposure,
    Ground,
    Hollow,
    Names,
    Outlook,
    PumpRow,
    Rules,
    Sinking,
    StationRow,
    WaterFacts,
    WhatIf,
    WorkLine,
)

FILE = "water.toml"
TRUST = ("measured", "neighbour", "low")
REFERENCES = ("UTC", "UTC+7", "UTC+8", "UTC+9")
KINDS = ("people", "houses", "roads", "schools")
OUTLOOKS = ("now", "low", "middle", "high")
MONTHS = 12
HIGHEST_M = 20.0


def read_water(
    folder: Path, faults: Faults, languages: Collection[str], areas: Collection[str]
) -> WaterFacts | None:
    """Return what the pack knows of the sea; nothing when the file is absent (a city away from it) or unreadable."""
    if not (folder / FILE).exists():
        return None
    whole = toml_table(folder, faults)
    if whole is None:
        return None
    climate = whole.table("climate")
    facts = WaterFacts(
        station=_station(whole),
        rules=_rules(whole.table("rules")),
        climate_mean_m=_months(climate, "mean_m", -1.0),
        climate_sigma_m=_months(climate, "sigma_m", 0.01),
        ground=_ground(whole.table("terrain"), areas),
        dykes=tuple(_dyke(row, languages) for row in whole.tables("dyke", optional=True)),
        pumps=tuple(_pump(row, languages) for row in whole.tables("pump", optional=True)),
        outlook=_outlook(whole.table("outlook"), areas),
        scenarios=tuple(_what_if(row, languages) for row in whole.tables("scenario", optional=True)),
        exposure=tuple(_exposure(row, areas) for row in whole.tables("exposure", optional=True)),
    )
    _works_exist(whole, facts)
    climate.done()
    whole.done()
    return facts


def _station(whole: Table) -> StationRow:
    table = whole.table("station")
    rows = whole.table("constituents")
    constants = {name: rows.numbers(name, 2) for name in rows.entries()}
    for name, (amplitude, phase) in constants.items():
        if not 0 <= amplitude <= HIGHEST_M or not -360 <= phase <= 720:
            rows.fault(name, f"{name} is [{amplitude:g}, {phase:g}]", "write [metres, degrees]")
    if not constants:
        whole.fault("constituents", "there is no constituent", "add at least M2, S2, K1 and O1")
    station = StationRow(
        code=table.slug("code"),
        name=table.text("name", longest=80),
        lon=table.number("lon", low=-180, high=180),
        lat=table.number("lat", low=-90, high=90),
        phase_reference=table.choice("phase_reference", REFERENCES),
        source=table.text("source"),
        licence=table.text("licence"),
        period=table.text("period", default=""),
        trust=table.choice("trust", TRUST),
        msl_m=table.number("msl_m", low=-HIGHEST_M, high=HIGHEST_M),
        borrowed_sigma_m=table.number("borrowed_sigma_m", low=0, high=2),
        constituents=constants,
    )
    table.done()
    return station


def _rules(table: Table) -> Rules:
    rules = Rules(
        horizon_hours=int(table.number("horizon_hours", low=24, high=336)),
        stale_after_s=table.number("stale_after_s", low=600, high=86_400),
        list_from=table.number("list_from", low=0, high=1),
        onset_share=table.number("onset_share", low=0.001, high=0.5),
        called_from=table.number("called_from", low=0.05, high=0.95, default=CALLED_FROM),
    )
    table.done()
    return rules


def _months(table: Table, key: str, low: float) -> tuple[float, ...]:
    values = table.numbers(key, MONTHS)
    if not all(low <= value <= 1 for value in values):
        table.fault(key, f"`{key}` holds {min(values):g} to {max(values):g}", f"write metres, {low:g} to 1")
    return values


def _points(table: Table, key: str, least: int) -> tuple[tuple[float, float], ...]:
    rows = table.listed(key)
    good = isinstance(rows, list) and len(rows) >= least
    if not good or not all(_is_point(row) for row in rows):
        table.fault(key, f"`{key}` is no line", f"write {least} or more [longitude, latitude] pairs")
        return ((0.0, 0.0), (1.0, 1.0))
    return tuple((float(row[0]), float(row[1])) for row in rows)


def _is_point(row: Any) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 2
        and all(isinstance(part, int | float) and not isinstance(part, bool) for part in row)
        and -180 <= row[0] <= 180
        and -90 <= row[1] <= 90
    )


def _ground(table: Table, areas: Collection[str]) -> Ground:
    hollows = []
    for row in table.tables("hollow", optional=True):
        area = row.text("area", longest=24)
        if area not in areas:
            row.fault("area", f"no area {area!r} in areas.geojson", "write the code of an area of this city")
        hollows.append(Hollow(area, row.number("depth_m", low=0, high=5)))
        row.done()
    ground = Ground(
        cell_m=table.number("cell_m", low=20, high=500),
        sigma_m=table.number("sigma_m", low=0.01, high=5),
        north_m=table.number("north_m", low=-5, high=20),
        rise_m_per_km=table.number("rise_m_per_km", low=0, high=100),
        roughness_m=table.number("roughness_m", low=0, high=5),
        coast=_points(table, "coast", 2),
        hollows=tuple(hollows),
    )
    table.done()
    return ground


def _dyke(row: Table, languages: Collection[str]) -> WorkLine:
    line = WorkLine(
        code=row.slug("code"),
        names=_names(row, languages),
        points=_points(row, "points", 2),
        crest_m=row.number("crest_m", low=-5, high=20),
        source=row.text("source"),
        confirmed=row.flag("confirmed"),
    )
    row.done()
    return line


def _pump(row: Table, languages: Collection[str]) -> PumpRow:
    pump = PumpRow(
        code=row.slug("code"),
        names=_names(row, languages),
        at=(row.number("lon", low=-180, high=180), row.number("lat", low=-90, high=90)),
        to=(row.numbers("to", 2)[0], row.numbers("to", 2)[1]),
        capacity_m3_s=row.number("capacity_m3_s", low=0, high=200),
        source=row.text("source"),
        confirmed=row.flag("confirmed"),
    )
    row.done()
    return pump


def _names(row: Table, languages: Collection[str]) -> Names:
    return row.names("names", languages)


def _outlook(table: Table, areas: Collection[str]) -> Outlook:
    sinking = []
    for row in table.tables("sinking"):
        codes = row.texts("codes")
        for code in codes:
            if not CODE.match(code) or code not in areas:
                row.fault("codes", f"no area {code!r} in areas.geojson", "write codes of this city's areas")
        rates = _range(row, "m_per_year", 1.0)
        sinking.append(Sinking(codes, rates, row.text("source"), row.flag("confirmed")))
        row.done()
    outlook = Outlook(
        year=int(table.number("year", low=2026, high=2100)),
        sea_level_m=_range(table, "sea_level_m", 3.0),
        sea_level_source=table.text("sea_level_source"),
        sea_level_confirmed=table.flag("sea_level_confirmed"),
        sinking=tuple(sinking),
    )
    table.done()
    return outlook


def _what_if(row: Table, languages: Collection[str]) -> WhatIf:
    what_if = WhatIf(
        code=row.slug("code"),
        names=_names(row, languages),
        level_m=row.number("level_m", low=-2, high=5),
        outlook=row.choice("outlook", OUTLOOKS),
        crest_m=_by_code(row, "crest_m", 20),
        extend_m=_by_code(row, "extend_m", 5000),
        pumps_m3_s=_by_code(row, "pumps_m3_s", 200),
    )
    row.done()
    return what_if


def _exposure(row: Table, areas: Collection[str]) -> Exposure:
    known = row.table("by_area", optional=True)
    amounts = {code: known.number(code, low=0, high=1e9) for code in known.entries()}
    for code in sorted(amounts.keys() - set(areas)):
        row.fault("by_area", f"no area {code!r} in areas.geojson", "write codes of this city's areas")
    found = Exposure(
        kind=row.choice("kind", KINDS),
        total=row.number("total", low=0, high=1e9),
        uncertainty=row.number("uncertainty", low=0, high=2),
        source=row.text("source"),
        confirmed=row.flag("confirmed"),
        by_area=amounts,
    )
    if sum(amounts.values()) > found.total:
        row.fault("by_area", "the areas hold more than `total`", "write a total that is at least their sum")
    row.done()
    return found


def _by_code(row: Table, key: str, high: float) -> dict[str, float]:
    table = row.table(key, optional=True)
    return {code: table.number(code, low=0, high=high) for code in table.entries()}


def _works_exist(whole: Table, facts: WaterFacts) -> None:
    dykes, pumps = {row.code for row in facts.dykes}, {row.code for row in facts.pumps}
    for row in facts.scenarios:
        for code in sorted({*row.crest_m, *row.extend_m} - dykes):
            whole.fault("scenario", f"{row.code}: no dyke {code!r}", "add a [[dyke]] with this code")
        for code in sorted({*row.pumps_m3_s} - pumps):
            whole.fault("scenario", f"{row.code}: no pump {code!r}", "add a [[pump]] with this code")


def _range(table: Table, key: str, high: float) -> tuple[float, float]:
    low, top = table.numbers(key, 2)
    if not 0 <= low <= top <= high:
        table.fault(key, f"`{key}` is [{low:g}, {top:g}]", f"write [low, high], metres, 0 to {high:g}")
    return low, top
