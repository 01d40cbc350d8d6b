"""Tables of the app."""

from rembug.cases.models.case import Case, Cursor, Deadline, Escalation, Inspection, Setup, Step
from rembug.cases.models.desk import Follower, KeptFilter, Mention

__all__ = [
    "Case",
    "Cursor",
    "Deadline",
    "Escalation",
    "Follower",
    "Inspection",
    "KeptFilter",
    "Mention",
    "Setup",
    "Step",
]
