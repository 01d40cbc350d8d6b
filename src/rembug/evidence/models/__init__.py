"""Tables of the app: datasets and their versions."""

from rembug.evidence.models.dataset import Dataset, Version

__all__ = ["Dataset", "Version"]
