"""What the pages of meetings show: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StepFace:
    """One step of an item."""

    at: datetime
    verb: str
    words: str
    body_name: str


@dataclass(frozen=True, slots=True)
class ItemFace:
    """One item of a plan. `verbs` are those that are possible now."""

    code: str
    what: str
    body: str
    body_name: str
    role: str
    due_on: date
    state: str
    state_name: str
    late: bool
    target_name: str
    target_path: str
    target_code: str
    meeting: str
    meeting_title: str
    steps: tuple[StepFace, ...] = ()
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuestFace:
    """An invited body. `link` is filled for the host only; `approved` is of the minutes' version that stands."""

    body: str
    name: str
    answer: str
    people: int
    signs: bool
    approved_at: datetime | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class TraitFace:
    """A trait with its sums, shown from five on; a smaller sum within it is 0, which means `fewer than five`."""

    trait: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MeetingFace:
    """A meeting."""

    code: str
    title: str
    body: str
    body_name: str
    office: str
    office_name: str
    place: str
    area_name: str
    area_slug: str
    starts_at: datetime
    ends_at: datetime
    agenda: str
    state: str  # coming, now, past, cancelled
    cancelled_why: str
    minutes: str
    decisions: str
    version: int
    written_at: datetime | None
    office_answer: str
    office_answered_at: datetime | None
    guests: tuple[GuestFace, ...] = ()
    came: int = 0
    came_bodies: tuple[str, ...] = ()
    traits: tuple[TraitFace, ...] = ()
    items: tuple[ItemFace, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Whether all who were asked approved the minutes that stand."""
        asked = [guest for guest in self.guests if guest.signs]
        return bool(self.version and asked) and all(guest.approved_at for guest in asked)

    @property
    def finished(self) -> int:
        """How many items are done or handed on."""
        return sum(item.state in {"done", "handed"} for item in self.items)
