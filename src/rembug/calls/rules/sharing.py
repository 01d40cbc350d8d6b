"""Which points the next watcher gets: those with the fewest eyes first, near to each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def share_out(
    points: Sequence[tuple[int, float, float]], eyes: Mapping[int, int], most: int, enough: int
) -> list[int]:
    """Return up to `most` numbers of points (number, lon, lat in degrees).

    The walk begins at the point with the fewest eyes and goes on to the nearest that has not `enough` yet; where all
    have enough, to the nearest with the fewest. Numbers stand in walking order.
    """
    left = {number: (lon, lat) for number, lon, lat in points}
    if not left:
        return []
    here = min(left, key=lambda number: (eyes.get(number, 0), number))
    walk: list[int] = []
    lon, lat = left[here]
    while left and len(walk) < most:
        number = min(left, key=lambda n: (max(eyes.get(n, 0) - enough + 1, 0), _away(left[n], lon, lat), n))
        walk.append(number)
        lon, lat = left.pop(number)
    return walk


def _away(point: tuple[float, float], lon: float, lat: float) -> float:
    return math.hypot((point[0] - lon) * math.cos(math.radians(lat)), point[1] - lat)
