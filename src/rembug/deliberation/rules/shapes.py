"""What the pages of proposals show: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StepFace:
    """One step of an answer sheet."""

    at: datetime
    verb: str
    body: str
    body_name: str
    answer: str
    words: str
    will_do: str
    reference: str


@dataclass(frozen=True, slots=True)
class DeliveryFace:
    """A demand with one body. `silent_days` counts only where silence counts."""

    code: str
    proposal: str
    title: str
    asking: str
    asking_name: str
    body: str
    body_name: str
    kind: str
    sphere: str
    joined: bool
    post: str
    letter: str
    delivered_on: date
    due_on: date
    state: str
    answer: str
    answered_at: datetime | None
    silent_days: int
    is_silent: bool
    steps: tuple[StepFace, ...] = ()
    dossier: str = ""  # its slug, where a dossier was handed and not a proposal
    dossier_number: int = 0

    @property
    def last(self) -> StepFace | None:
        """The step that carries the answer that stands."""
        return next((step for step in reversed(self.steps) if step.answer), None)


@dataclass(frozen=True, slots=True)
class HistoryFace:
    """One thing that happened on a proposal's way: a passage or a decision."""

    at: datetime
    verb: str
    cycle: int
    stage_name: str
    body: str = ""
    body_name: str = ""
    post: str = ""
    outcome: str = ""
    reason_name: str = ""
    words: str = ""
    referred_to: str = ""
    meeting: str = ""
    other: str = ""  # the proposal that was merged, split
    missed: str = ""  # the day on which the stage closed that was missed
    from_cycle: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class ArgumentFace:
    """A reason for or against."""

    id: int
    side: str
    words: str
    body: str
    body_name: str
    at: datetime
    hidden_why: str


@dataclass(frozen=True, slots=True)
class StageFace:
    """One stage on the strip of a proposal: past, here, or to come."""

    code: str
    name: str
    where: str
    opens: date | None
    closes: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class SupportFace:
    """How many support: persons, and the bodies by name. Areas only where five or more are named."""

    people: int
    bodies: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, int], ...]
    joined: int  # persons, with those of proposals that were merged into this one, each once


@dataclass(frozen=True, slots=True)
class ProposalFace:
    """A proposal."""

    code: str
    city: str
    title: str
    need: str
    asked: str
    body: str
    body_name: str
    mandate: str
    mandate_meeting: str
    field: str
    dimensions: tuple[str, ...]
    area_code: str
    area_name: str
    landmark: str
    lon: float | None
    lat: float | None
    volume: str
    potential: str
    contribution: str
    cost_low: int | None
    cost_high: int | None
    priority: int
    incidents: tuple[str, ...]
    cases: tuple[str, ...]
    dataset: str
    version: int | None
    dossier: str
    path: str
    cycle: int
    stage: str
    stage_name: str
    state: str
    closes: date | None
    days_left: int | None
    published_at: datetime
    changed_at: datetime
    merged_into: str = ""
    split_from: str = ""
    people: int = 0
    support: SupportFace | None = None
    history: tuple[HistoryFace, ...] = ()
    arguments: tuple[ArgumentFace, ...] = ()
    deliveries: tuple[DeliveryFace, ...] = ()
    strip: tuple[StageFace, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()

    @property
    def refusals(self) -> int:
        """How often it was not agreed to so far."""
        return sum(step.outcome == "refused" for step in self.history)


@dataclass(frozen=True, slots=True)
class Balance:
    """What one body, or one sphere, was asked and how it answered."""

    asked: int = 0
    answered: int = 0
    silent: int = 0
    accepted: int = 0
    refused: int = 0
    referred: int = 0
    waiting: int = 0
    longest_silent: int = 0
    bodies: tuple[str, ...] = field(default=())
