"""Places of marks in small server-made charts, in the chart's own units (a 600 × 140 or 320 × 320 box)."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 140
SIDE, EDGE = 320, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: left edge, top, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot of the reliability chart: centre, radius, and what it stands for."""

    x: float
    y: float
    r: float
    said: float
    proved: float
    count: int


def bars(values: Sequence[float], full: float = 0) -> list[Bar]:
    """Return a bar for each value, side by side; zero has no height.

    The box above its foot line is filled by `full`, or by the highest value where that is 0.

    >>> bars([0, 2])[1]
    Bar(x=301.0, y=8.0, width=298.0, height=132.0)
    """
    if not values:
        return []
    step = WIDTH / len(values)
    room = HEIGHT - 8
    top = full or max(*values, 1)
    return [
        Bar(
            round(place * step + 1, 1),
            round(HEIGHT - room * value / top, 1),
            round(step - 2, 1),
            round(room * value / top, 1),
        )
        for place, value in enumerate(values)
    ]


def reliability(rows: Sequence[tuple[float, float, int]]) -> list[Dot]:
    """Return a dot for each (said, proved, count): to the right what was said, upwards what proved true (0–1)."""
    most = max((count for _said, _proved, count in rows), default=1)
    room = SIDE - 2 * EDGE
    return [
        Dot(
            round(EDGE + room * said, 1),
            round(SIDE - EDGE - room * proved, 1),
            round(4 + 6 * (count / most) ** 0.5, 1),
            said,
            proved,
            count,
        )
        for said, proved, count in rows
    ]
