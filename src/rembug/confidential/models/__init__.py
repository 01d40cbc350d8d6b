"""Tables of the app."""

from rembug.confidential.models.box import Box, BoxKey, Setup
from rembug.confidential.models.matter import Count, Letter, Matter, Unmasking, Wrap

__all__ = ["Box", "BoxKey", "Count", "Letter", "Matter", "Setup", "Unmasking", "Wrap"]
