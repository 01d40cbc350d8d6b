"""Tables of the app."""

from rembug.calls.models.call import Call, Joining, Reminder
from rembug.calls.models.watch import Point, Reading, Watcher

__all__ = ["Call", "Joining", "Point", "Reading", "Reminder", "Watcher"]
