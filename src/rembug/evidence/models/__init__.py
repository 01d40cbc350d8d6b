"""Tables of the app."""

from rembug.evidence.models.dataset import Dataset, Version
from rembug.evidence.models.dossier import Dossier, Review

__all__ = ["Dataset", "Dossier", "Review", "Version"]
