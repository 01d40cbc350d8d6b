"""What the pages of promises show: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class StepFace:
    """One move. `address` is the page of its evidence, "" where it has none."""

    at: datetime
    verb: str
    body: str
    body_name: str
    words: str
    evidence: str
    evidence_code: str
    address: str
    milestone: str


@dataclass(frozen=True, slots=True)
class MilestoneFace:
    """One part on the way."""

    place: int
    what: str
    due_on: date
    done_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class OutcomeFace:
    """One verdict of the data."""

    at: datetime
    state: str
    reason: str
    version: int
    content_hash: str
    after_from: date
    after_to: date
    rule: str
    tide: str
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PromiseFace:
    """A promise. `standing` is its state, or `late` where its date has passed."""

    code: str
    city: str
    title: str
    words: str
    kind: str
    body: str
    body_name: str
    sphere: str
    funder: str
    funder_name: str
    proposal: str
    proposal_title: str
    role: str
    amount: int | None
    source: str
    source_code: str
    due_on: date
    area_code: str
    area_name: str
    place: str
    lon: float | None
    lat: float | None
    dimensions: tuple[str, ...]
    is_quick_win: bool
    indicator: str
    dataset: str
    areas: tuple[str, ...]
    area_names: tuple[str, ...]
    controls: tuple[str, ...]
    control_names: tuple[str, ...]
    base_from: date | None
    base_to: date | None
    target: float | None
    state: str
    standing: str
    confirmed: bool
    delivered_on: date | None
    outcome: str
    made_at: datetime
    changed_at: datetime
    days_left: int
    steps: tuple[StepFace, ...] = ()
    milestones: tuple[MilestoneFace, ...] = ()
    outcomes: tuple[OutcomeFace, ...] = ()

    @property
    def latest(self) -> OutcomeFace | None:
        """The verdict that stands."""
        return self.outcomes[0] if self.outcomes and self.outcome else None

    @property
    def target_percent(self) -> int | None:
        """The promised change in percent, a positive number for less."""
        return None if self.target is None else round(-100 * self.target)


@dataclass(frozen=True, slots=True)
class Kept:
    """How some promises stand."""

    made: int = 0
    kept: int = 0
    claimed: int = 0  # delivered, nobody else has confirmed it
    open: int = 0
    late: int = 0
    broken: int = 0
    withdrawn: int = 0
    working: int = 0
    no_effect: int = 0
    unknown: int = 0
    bodies: tuple[str, ...] = field(default=())
