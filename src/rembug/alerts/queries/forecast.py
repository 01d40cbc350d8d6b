"""The forecast as the rules of warnings need it: for each area its high waters and how probable each depth is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rembug.alerts.rules.levels import Danger, Tide, danger
from rembug.lib.pack import AlertFacts
from rembug.water.queries.outlook import city_outlook
from rembug.water.rules.outlook import AreaOutlook, HighWater, Onset, probability
from rembug.water.rules.spread import Z80

DEEPEST_CM, STEP_CM = 600, 5


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be feared where. `basis` says which forecast it rests on."""

    dangers: tuple[Danger, ...]
    basis: dict[str, Any]
    usable: bool  # a forecast that is too old starts and ends nothing


def outlook(city: str, facts: AlertFacts, now: datetime) -> Outlook | None:
    """Return the dangers of a city's latest forecast; nothing where there is none."""
    found = city_outlook(city, now=now)
    if found is None:
        return None
    depths = [level.depth_cm for level in facts.levels]
    feared = [
        danger(area.area_code, [_tide(area, water, depths) for water in area.high_waters], facts.levels, now)
        for area in found.areas
    ]
    basis = {
        "issued_at": found.issued_at.isoformat(),
        "source": found.source,
        "trust": found.trust,
        "station": found.station,
        "illustrative": found.illustrative,
    }
    return Outlook(tuple(one for one in feared if one), basis, not found.stale)


def _tide(area: AreaOutlook, water: HighWater, depths: list[float]) -> Tide:
    sigma = (water.level_high_cm - water.level_low_cm) / 2 / Z80
    chances = {
        depth: probability(water.level_cm, sigma, Onset(_level_for(area, depth), area.onset.sd_cm))
        for depth in depths
    }
    return Tide(water.at, water.depth_low_cm, water.depth_high_cm, chances, water.ends_at)


def _level_for(area: AreaOutlook, depth_cm: float) -> float:
    """Return the sea level from which water stands deeper than `depth_cm` where the area floods first."""
    start = round(area.onset.level_cm)
    for level in range(start, start + DEEPEST_CM, STEP_CM):
        if area.curve.depth_at(level) > depth_cm:
            return float(level)
    return float("inf")
