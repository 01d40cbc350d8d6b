"""Tables of the app."""

from rembug.evidence.models.comment import Comment
from rembug.evidence.models.dataset import Dataset, Version
from rembug.evidence.models.dossier import Dossier, Review
from rembug.evidence.models.survey import Survey, SurveyBatch, SurveySheet, SurveyTally, SurveyText
from rembug.evidence.models.workshop import Workshop, WorkshopItem

__all__ = [
    "Comment",
    "Dataset",
    "Dossier",
    "Review",
    "Survey",
    "SurveyBatch",
    "SurveySheet",
    "SurveyTally",
    "SurveyText",
    "Version",
    "Workshop",
    "WorkshopItem",
]
