"""Tables of the app."""

from rembug.commitments.models.commitment import Commitment, Milestone, Outcome, Step

__all__ = ["Commitment", "Milestone", "Outcome", "Step"]
