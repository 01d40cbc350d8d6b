"""Damage to houses by depth, with the height of the floor."""

from __future__ import annotations

import numpy as np

from rob.types import Floats

JRC_DEPTH = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0)
JRC_ASIA = (0.0, 0.3266, 0.4941, 0.6166, 0.7207, 0.8695, 0.9315, 0.9836, 1.0)
"""Damage factor of residential buildings in Asia (Huizinga et al. 2017, doi 10.2760/16510)."""

FLOOR = 0.25
"""Height of a floor over the street where nothing better is known, metres."""


def house_damage(depth: Floats, floor: float = FLOOR) -> Floats:
    """Share of a house's value lost at a depth over the street.

    Parameters
    ----------
    depth
        Metres over the ground outside; NaN counts as dry.
    floor
        Height of the floor over the street, metres. Water below it harms nothing: the curve, linear from zero, would
        else charge every rob that stays on the road (10 cm to 6.5 %).

    Returns
    -------
    ndarray
        0 to 1; the curve at the whole depth once the floor is passed.

    Notes
    -----
    European curves overstated losses in Jakarta 2013 two- to fifteenfold (Wijayanti et al. 2017): publish counts
    first, and money only as a range from nothing to this.
    """
    wet = np.nan_to_num(np.asarray(depth, float))
    return np.asarray(np.where(wet > floor, np.interp(wet, JRC_DEPTH, JRC_ASIA), 0.0))
