"""Results in a folder that is there whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np

from rob.io.terrain import write_raster
from rob.scenario.model import Scenario
from rob.scenario.run import Comparison
from rob.types import RobError


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
    if folder.exists():
        raise RobError(str(folder), "--out", "it exists already", "Name a new folder, or remove the old one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    grid = scenario.terrain.grid
    work = Path(tempfile.mkdtemp(prefix=".rob-", dir=folder.parent))
    try:
        maps = {
            "depth": found.scenario.depth,
            "depth_today": found.baseline.depth,
            "depth_change": found.scenario.depth - found.baseline.depth,
            "onset": np.where(np.isfinite(found.scenario.onset), found.scenario.onset, np.nan),
            "probability_10cm": found.scenario.probability,
        }
        for name, values in maps.items():
            write_raster(work / f"{name}.{ending}", grid, values)
        text = json.dumps(found.figures, indent=2, ensure_ascii=False)
        (work / "figures.json").write_text(text + "\n", encoding="utf-8")
        work.chmod(0o755)
        work.rename(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return sorted(folder.iterdir())
