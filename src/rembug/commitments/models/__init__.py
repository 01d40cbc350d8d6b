"""Tables of the app."""

from rembug.commitments.models.commitment import Commitment, Milestone, Outcome, Step
from rembug.commitments.models.desk import DeskSetup, Need, NeedStep, Thing
from rembug.commitments.models.grant import Grant, GrantStep

__all__ = [
    "Commitment",
    "DeskSetup",
    "Grant",
    "GrantStep",
    "Milestone",
    "Need",
    "NeedStep",
    "Outcome",
    "Step",
    "Thing",
]
