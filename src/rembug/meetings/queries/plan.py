"""Follow-up items: the public board, one item, whom to remind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.meetings.models import Item, Step
from rembug.meetings.rules.items import MOVES, OPEN, SOON_DAYS, STATES, TARGETS, reminder
from rembug.meetings.rules.shapes import ItemFace, StepFace
from rembug.people.queries.addresses import addresses_of

REMINDED = ("officer", "coordinator", "facilitator", "verifier")
LISTED = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item whose body is to be reminded. `addresses` are for the letter only."""

    item: int
    code: str
    city: str
    name: str  # of the reminder
    what: str
    due_on: date
    link: str
    addresses: tuple[tuple[str, str], ...]


def board(city: str, body: str = "", state: str = "") -> list[ItemFace]:
    """Return the items of a city, open ones first by date: what is late stands on top."""
    rows = _rows().filter(city=city)
    if body:
        rows = rows.filter(body__public_id=body)
    if state in STATES:
        rows = rows.filter(state=state)
    found = [face(row) for row in rows.order_by("due_on", "id")[:2000]]
    return sorted(found, key=lambda item: (item.state != OPEN, item.due_on))[:LISTED]


def item(city: str, code: str) -> ItemFace:
    """Return one item with its steps. Raises `NotFound`."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound(gettext("Rencana ini tidak ada."))
    return face(row)


def of_meeting(meeting_id: int) -> tuple[ItemFace, ...]:
    """Return the plan of a meeting, by date."""
    return tuple(face(row) for row in _rows().filter(meeting_id=meeting_id).order_by("due_on", "id"))


def to_remind() -> list[Waiting]:
    """Return the items of which a reminder is due that was not sent yet."""
    today = timezone.localtime(clock.now()).date()
    rows = Item.objects.filter(state=OPEN, due_on__lte=today + timedelta(days=SOON_DAYS))
    found = []
    for row in rows.prefetch_related("reminders").select_related("meeting"):
        name = reminder(row.due_on, today)
        if name and name not in {sent.name for sent in row.reminders.all()}:
            link = settings.PUBLIC_URL + reverse("meetings:item", args=[row.code])
            to = tuple(addresses_of(row.body_id, REMINDED))
            found.append(Waiting(row.pk, row.code, row.city, name, row.what, row.due_on, link, to))
    return found


def face(row: Any) -> ItemFace:
    """Return an item as pages show it."""
    english = (get_language() or "id") == "en"
    target = TARGETS.get(row.target)
    today = timezone.localtime(clock.now()).date()
    return ItemFace(
        code=row.code,
        what=row.what,
        body=row.body.public_id,
        body_name=row.body.name,
        role=row.role,
        due_on=row.due_on,
        state=row.state,
        state_name=STATES[row.state][english],
        late=row.state == OPEN and row.due_on < today,
        target_name=target[english] if target else "",
        target_path=target[2].format(code=row.target_code) if target else "",
        target_code=row.target_code,
        meeting=row.meeting.code,
        meeting_title=row.meeting.title,
        steps=tuple(StepFace(step.at, step.verb, step.words, step.body_name) for step in row.steps.all()),
        verbs=tuple(verb for verb, rule in MOVES.items() if row.state in rule.since),
    )


def _rows() -> QuerySet[Item]:
    steps = Prefetch("steps", Step.objects.order_by("at", "id"))
    return Item.objects.select_related("body", "meeting").prefetch_related(steps)
