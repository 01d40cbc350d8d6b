"""Tables of the app."""

from rembug.meetings.models.meeting import Approval, Invitee, Meeting, Sheet, Tally
from rembug.meetings.models.plan import Item, Reminder, Step

__all__ = ["Approval", "Invitee", "Item", "Meeting", "Reminder", "Sheet", "Step", "Tally"]
