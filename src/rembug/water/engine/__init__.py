"""The one door to the flood engine `rob`: plain values go in, plain values come out, its faults become ours."""

from rembug.water.engine.faults import told
from rembug.water.engine.ground import Floats, Floods, flooding
from rembug.water.engine.kings import kings
from rembug.water.engine.levels import Own, Read, Row, fit_few, fit_own, read_levels
from rembug.water.engine.places import Sighting
from rembug.water.engine.places import learn as learn_place
from rembug.water.engine.survey import Facts, Surveyed, cell_of, read_survey
from rembug.water.engine.tide import STEP_S, Gauge, Predicted, Residual, predict, tide_at, type_of
from rembug.water.engine.whatif import Asked, Outcome, Tell, Works
from rembug.water.engine.whatif import run as run_whatif

__all__ = [
    "STEP_S",
    "Asked",
    "Facts",
    "Floats",
    "Floods",
    "Gauge",
    "Outcome",
    "Own",
    "Predicted",
    "Read",
    "Residual",
    "Row",
    "Sighting",
    "Surveyed",
    "Tell",
    "Works",
    "cell_of",
    "fit_few",
    "fit_own",
    "flooding",
    "kings",
    "learn_place",
    "predict",
    "read_levels",
    "read_survey",
    "run_whatif",
    "tide_at",
    "told",
    "type_of",
]
