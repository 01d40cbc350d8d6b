"""The onset level of a place from when people saw it wet and when dry."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rembug.water.engine.faults import told
from rembug.water.rules.outlook import Onset
from rob.learning.places import learn_onset

MARGIN_M, SHARE = 0.05, 0.2  # error of a depth told in body parts
HALF = 0.5  # weight of "below its ground a place is dry", which a told depth implies


@dataclass(frozen=True, slots=True)
class Sighting:
    """Sea level at the time in metres, wet or dry, depth in metres when told, probability that it is true."""

    level_m: float
    is_wet: bool
    depth_m: float | None
    truth: float


def learn(sightings: Sequence[Sighting], prior: Onset) -> Onset:
    """Return the onset level that the sightings teach, starting from the ground's; centimetres.

    A depth tells more than wet: at a sea level below the ground (level less depth, and its error) the place is dry.
    """
    levels, wet, truth = [], [], []
    for one in sightings:
        levels.append(one.level_m)
        wet.append(one.is_wet)
        truth.append(one.truth)
        if one.is_wet and one.depth_m is not None and one.depth_m > 0:
            levels.append(one.level_m - one.depth_m - math.hypot(MARGIN_M, SHARE * one.depth_m))
            wet.append(False)
            truth.append(HALF * one.truth)
    with told():
        found = learn_onset(
            np.array(levels),
            np.array(wet, bool),
            prior.level_cm / 100,
            model_sigma=max(prior.sd_cm / 100, 0.05),
            truth=np.array(truth),
        )
    return Onset(round(found.mean * 100, 1), round(max(found.sigma * 100, 2.0), 1), "learnt", len(sightings))
