"""Tables of the app."""

from rembug.cases.models.case import Case, Cursor, Deadline, Escalation, Inspection, Setup, Step
from rembug.cases.models.desk import Follower, KeptFilter, Mention
from rembug.cases.models.foreign import ForeignNumber
from rembug.cases.models.forward import Forward
from rembug.cases.models.paper import Paper

__all__ = [
    "Case",
    "Cursor",
    "Deadline",
    "Escalation",
    "Follower",
    "ForeignNumber",
    "Forward",
    "Inspection",
    "KeptFilter",
    "Mention",
    "Paper",
    "Setup",
    "Step",
]
