"""Tables of the water app, one subject a file."""

from rembug.water.models.forecast import Forecast, Score
from rembug.water.models.ground import AreaGround, Terrain
from rembug.water.models.kings import KingTide
from rembug.water.models.learnt import Observation, PlaceOnset
from rembug.water.models.scenario import Scenario
from rembug.water.models.station import Feed, Level, Setup, Station

__all__ = [
    "AreaGround",
    "Feed",
    "Forecast",
    "KingTide",
    "Level",
    "Observation",
    "PlaceOnset",
    "Scenario",
    "Score",
    "Setup",
    "Station",
    "Terrain",
]
