"""A 64-bit fingerprint that survives shrinking and re-encoding, to find a photo used twice.

DCT hash: the 8 × 8 lowest frequencies of a 32 × 32 grey picture, each bit above or below their median. Plain
Python, so that the darkroom needs no NumPy (whose threads reserve address space).
See docs/decisions/photo-sandbox.md.
"""

import math
from collections.abc import Sequence

GRID = 32
LOW = 8
PLAIN = 6.0
"""Below this spread of grey (standard deviation, 0–255) the hash would only say *dark* or *sky*."""
_BASIS = [[math.cos(math.pi * (2 * x + 1) * u / (2 * GRID)) for x in range(GRID)] for u in range(1, LOW + 1)]


def perceptual_hash(grey: Sequence[int]) -> int | None:
    """Return the hash (0 … 2^64 − 1) of `GRID` × `GRID` grey values in row order, None for a plain picture.

    The frequencies start at 1: the constant terms only tell how bright the picture is along an axis.
    """
    if len(grey) != GRID * GRID:
        msg = f"expected {GRID * GRID} grey values, got {len(grey)}"
        raise ValueError(msg)
    mean = sum(grey) / len(grey)
    if math.sqrt(sum((value - mean) ** 2 for value in grey) / len(grey)) < PLAIN:
        return None
    rows = [grey[start : start + GRID] for start in range(0, len(grey), GRID)]
    across = [[_dot(wave, row) for wave in _BASIS] for row in rows]
    columns = [list(column) for column in zip(*across, strict=True)]
    low = [_dot(wave, column) for column in columns for wave in _BASIS]
    middle = sorted(low)[len(low) // 2]
    return sum(1 << bit for bit, value in enumerate(low) if value >= middle)


def hamming(a: int, b: int) -> int:
    """Return how many of the 64 bits differ: 0 = same picture, about 32 = unrelated."""
    return (a ^ b).bit_count()


def _dot(wave: Sequence[float], values: Sequence[float]) -> float:
    return sum(factor * value for factor, value in zip(wave, values, strict=True))
