"""From cells to an area: the level from which it counts as flooded, and depth and wet share by sea level."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LOWEST_CM, HIGHEST_CM, STEP_CM = -50, 400, 5
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AreaCurve:
    """Onset in centimetres above mean sea level (None above the table), typical depth and wet share by level."""

    onset_cm: float | None
    depth_cm: tuple[float, ...]
    share: tuple[float, ...]


def curve_of(z_cm: Floats, onset_cm: Floats, onset_share: float) -> AreaCurve:
    """Return what the cells of an area (ground and onset, centimetres) do as the sea rises.

    The area counts as flooded from the level at which `onset_share` of its cells are under water; its typical depth is
    the median over wet cells.
    """
    known = np.isfinite(z_cm)
    z, onset = z_cm[known], onset_cm[known]
    depths, shares = [], []
    for level in range(LOWEST_CM, HIGHEST_CM + 1, STEP_CM):
        wet = (onset <= level) & (z < level)
        depths.append(round(float(np.median(level - z[wet])), 1) if wet.any() else 0.0)
        shares.append(round(float(wet.mean()), 4) if len(z) else 0.0)
    first = np.sort(onset)[min(int(np.ceil(onset_share * len(onset))), len(onset)) - 1] if len(z) else np.inf
    return AreaCurve(
        round(float(first), 1) if np.isfinite(first) and first <= HIGHEST_CM else None,
        tuple(depths),
        tuple(shares),
    )
