"""Tables of the app."""

from rembug.commitments.models.commitment import Commitment, Milestone, Outcome, Step
from rembug.commitments.models.desk import DeskSetup, Need, NeedStep, Thing

__all__ = ["Commitment", "DeskSetup", "Milestone", "Need", "NeedStep", "Outcome", "Step", "Thing"]
