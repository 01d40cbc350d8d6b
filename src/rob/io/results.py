"""The outcome of a scenario as maps and figures in a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rob.io.out import write_maps
from rob.scenario.model import Scenario
from rob.scenario.run import Comparison


def write_comparison(found: Comparison, scenario: Scenario, folder: Path, ending: str = "asc") -> list[Path]:
    """Write maps and ``figures.json``.

    Parameters
    ----------
    found, scenario
        What was run and what came of it.
    folder
        Must not exist yet; it is built beside and then moved into place, so that a broken run leaves nothing.
    ending
        ``asc`` or ``tif``.

    Returns
    -------
    list
        The files.

    Raises
    ------
    RobError
        When the folder exists.
    """
    maps = {
        "depth": found.scenario.depth,
        "depth_today": found.baseline.depth,
        "depth_change": found.scenario.depth - found.baseline.depth,
        "onset": np.where(np.isfinite(found.scenario.onset), found.scenario.onset, np.nan),
        "probability_10cm": found.scenario.probability,
    }
    return write_maps(folder, scenario.terrain.grid, maps, found.figures, ending)
