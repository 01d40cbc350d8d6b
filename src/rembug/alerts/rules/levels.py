"""From a forecast to a level: how probable is water deeper than so much, in which areas, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Level(Protocol):
    """What a level of the pack asks for."""

    @property
    def code(self) -> str: ...
    @property
    def depth_cm(self) -> float: ...
    @property
    def probability(self) -> float: ...
    @property
    def within_hours(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Tide:
    """A high water in one area. Depths hold the truth with 80 %; `chances`: depth in cm -> P(deeper than that)."""

    at: datetime
    depth_low_cm: float
    depth_high_cm: float
    chances: Mapping[float, float]
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Danger:
    """What is to be feared in one area: the highest level reached, and the high water that reaches it first."""

    area: str
    level: str
    at: datetime
    ends_at: datetime | None
    depth_low_cm: float
    depth_high_cm: float
    probability: float


def danger(area: str, tides: Iterable[Tide], levels: Sequence[Level], now: datetime) -> Danger | None:
    """Return what an area has to fear, or None below the lowest level. `levels` rise."""
    coming = sorted((tide for tide in tides if tide.at >= now), key=lambda tide: tide.at)
    for level in reversed(levels):
        limit = now + timedelta(hours=level.within_hours)
        for tide in coming:
            chance = tide.chances.get(level.depth_cm, 0.0)
            if tide.at <= limit and chance >= level.probability:
                return Danger(
                    area, level.code, tide.at, tide.ends_at, tide.depth_low_cm, tide.depth_high_cm, chance
                )
    return None
