"""What changes places: loading a city pack, importing official boundaries."""

from rembug.places.actions.boundaries import Imported, import_boundaries
from rembug.places.actions.load import Loaded, load_city

__all__ = ["Imported", "Loaded", "import_boundaries", "load_city"]
