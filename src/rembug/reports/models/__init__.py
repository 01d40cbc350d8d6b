"""Tables of the reports app, one subject a file."""

from rembug.reports.models.attached import Attached
from rembug.reports.models.category import Category
from rembug.reports.models.incident import Incident, IncidentLink, Recipient, Reply
from rembug.reports.models.intake import Refusal, SpentProof
from rembug.reports.models.judgement import Decision, Learnt, Vote
from rembug.reports.models.link import PhotoLink
from rembug.reports.models.paste import Pasted
from rembug.reports.models.photo import Photo
from rembug.reports.models.report import Correction, Followup, Report

__all__ = [
    "Attached",
    "Category",
    "Correction",
    "Decision",
    "Followup",
    "Incident",
    "IncidentLink",
    "Learnt",
    "Pasted",
    "Photo",
    "PhotoLink",
    "Recipient",
    "Refusal",
    "Reply",
    "Report",
    "SpentProof",
    "Vote",
]
