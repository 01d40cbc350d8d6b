"""Tables of the app."""

from rembug.deliberation.models.answer import AnswerStep, Delivery
from rembug.deliberation.models.proposal import Argument, Decision, Ground, Passage, Proposal, Setup, Voice

__all__ = [
    "AnswerStep",
    "Argument",
    "Decision",
    "Delivery",
    "Ground",
    "Passage",
    "Proposal",
    "Setup",
    "Voice",
]
