"""Tables of the app."""

from rembug.cases.models.case import Case, Cursor, Deadline, Setup, Step

__all__ = ["Case", "Cursor", "Deadline", "Setup", "Step"]
