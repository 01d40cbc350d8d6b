"""Tables of the app."""

from rembug.meetings.models.calendar import OutsideCalendar, OutsideEvent
from rembug.meetings.models.meeting import Approval, Invitee, Meeting, Sheet, Tally
from rembug.meetings.models.plan import Item, Reminder, Step
from rembug.meetings.models.position import Position, Signature

__all__ = [
    "Approval",
    "Invitee",
    "Item",
    "Meeting",
    "OutsideCalendar",
    "OutsideEvent",
    "Position",
    "Reminder",
    "Sheet",
    "Signature",
    "Step",
    "Tally",
]
