"""What the pages of calls show: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PointFace:
    """A point of a call to observe. Counts are of readings; `measured` is empty while nobody looked."""

    number: int
    lon: float
    lat: float
    area_name: str
    expected: float
    is_control: bool
    wet: int = 0
    dry: int = 0
    depth: str = ""  # the deepest class told

    @property
    def looked(self) -> int:
        """How many readings there are."""
        return self.wet + self.dry


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measured beside forecast. Brier score and the score of always saying the share that was wet."""

    looked: int
    wet: int
    expected_wet: float
    brier: float
    base: float
    silent: int  # points that nobody looked at: not dry, unknown


@dataclass(frozen=True, slots=True)
class CallFace:
    """A call."""

    code: str
    kind: str
    title: str
    what: str
    body: str
    body_name: str
    place: str
    area_name: str
    area_slug: str
    starts_at: datetime
    ends_at: datetime
    wanted: int
    joined: int
    joined_bodies: tuple[str, ...]
    safety: str
    role: str
    state: str  # coming, now, past, closed, cancelled
    cancelled_why: str
    result: str
    came: int | None
    hours: float | None
    level_cm: float | None
    watchers: int = 0
    points: tuple[PointFace, ...] = ()
    silent_areas: tuple[str, ...] = ()
    comparison: Comparison | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody may still join."""
        return self.state in {"coming", "now"}
