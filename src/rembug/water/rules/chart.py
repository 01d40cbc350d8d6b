"""The chart of the level: places of its marks in its own units (a 680 × 260 box)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rembug.water.rules.outlook import Series

WIDTH, HEIGHT = 680, 260
LEFT, RIGHT, TOP, FOOT = 46, 8, 14, 28
Z80 = 1.2815515655


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis and what stands there."""

    at: float
    value: float | datetime


@dataclass(frozen=True, slots=True)
class Peak:
    """A high water on the chart."""

    x: float
    y: float
    when: datetime


@dataclass(frozen=True, slots=True)
class LevelChart:
    """Line, band of the 80 % range, onset line, axis marks and peaks."""

    line: str
    band: str
    onset_y: float | None
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    peaks: tuple[Peak, ...]


def level_chart(
    series: Series, onset_cm: float, hours: float, midnights: Sequence[datetime], crests: Sequence[datetime]
) -> LevelChart:
    """Return the chart of the first `hours`. `midnights`: where days begin for the reader; `crests`: high waters."""
    start = series.times[0]
    count = sum(time <= start + timedelta(hours=hours) for time in series.times)
    times = series.times[:count]
    low = [level - Z80 * sigma for level, sigma in zip(series.level_cm, series.sigma_cm, strict=True)][:count]
    high = [level + Z80 * sigma for level, sigma in zip(series.level_cm, series.sigma_cm, strict=True)][
        :count
    ]
    floor = min(*low, 0.0)
    top = max(*high, min(onset_cm, max(high) + 40))
    span = times[-1] - start

    def x(time: datetime) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((time - start) / span), 1)

    def y(level: float) -> float:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * ((level - floor) / (top - floor)), 1)

    upper = [f"{x(time)} {y(level)}" for time, level in zip(times, high, strict=True)]
    lower = [f"{x(time)} {y(level)}" for time, level in zip(times, low, strict=True)]
    middle = [f"{x(time)} {y(level)}" for time, level in zip(times, series.level_cm[:count], strict=True)]
    steps = range(int(floor // 25) * 25, int(top) + 1, 25)
    return LevelChart(
        "M" + "L".join(middle),
        "M" + "L".join([*upper, *reversed(lower)]) + "z",
        y(onset_cm) if floor <= onset_cm <= top else None,
        tuple(Mark(y(level), float(level)) for level in steps if level >= floor),
        tuple(Mark(x(day), day) for day in midnights if start <= day <= times[-1]),
        tuple(Peak(x(at), y(_nearest(series, at)), at) for at in crests if start <= at <= times[-1]),
    )


def _nearest(series: Series, at: datetime) -> float:
    step = series.times[1] - series.times[0]
    place = min(max(round((at - series.times[0]) / step), 0), len(series.times) - 1)
    return series.level_cm[place]
