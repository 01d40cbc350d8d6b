"""Tables of the app."""

from rembug.cases.models.case import Case, Cursor, Deadline, Escalation, Inspection, Setup, Step

__all__ = ["Case", "Cursor", "Deadline", "Escalation", "Inspection", "Setup", "Step"]
