"""Drawings of a dossier as SVG, for the page and for paper: an indicator day by day, and where its areas lie."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from rembug.places.rules.outlines import WIDTH, Sketch

INK, WATER, PALE, LINE, NONE = "#566272", "#1f3a68", "#9cc7df", "#b9b2a3", "#efeae0"
WIDE, HIGH, FOOT = 600, 64, 12


def days_drawn(series: Sequence[float | None], first: date) -> str:
    """Return the days of an indicator as SVG: a bar a day, a dot on a dry day, a pale ground where nobody looked.

    `series` holds a value for each day from `first` on, None on days without any report. Months are parted by lines.
    """
    step = WIDE / max(len(series), 1)
    most = max((value for value in series if value), default=1.0)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH + FOOT}">']
    for at, value in enumerate(series):
        x, wide = round(at * step, 2), round(max(step * 0.86, 0.4), 2)
        if value is None:
            parts.append(f'<rect class="none" fill="{NONE}" x="{x}" y="0" width="{wide}" height="{HIGH}"/>')
        else:
            high = round(max(value / most * HIGH, 2.0 if not value else 4.0), 2)
            name, fill = ("fill", WATER) if value else ("dry", PALE)
            box = f'x="{x}" y="{round(HIGH - high, 2)}" width="{wide}" height="{high}"'
            parts.append(f'<rect class="{name}" fill="{fill}" {box}/>')
    parts += [_month(round(at * step, 2)) for at in _months(first, len(series))]
    parts.append(f'<path d="M0 {HIGH}H{WIDE}" stroke="{INK}" fill="none"/></svg>')
    return "".join(parts)


def areas_drawn(sketch: Sketch, marked: Collection[str]) -> str:
    """Return the city's kelurahan as SVG with those inside the marked areas filled; empty where there is no shape."""
    if not sketch.outlines:
        return ""
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {sketch.height}">']
    for one in sketch.outlines:
        inside = any(one.code == area or one.code.startswith(f"{area}.") for area in marked)
        name, fill = ("fill", WATER) if inside else ("none", NONE)
        parts.append(f'<path class="{name}" fill="{fill}" stroke="{LINE}" d="{one.path}"/>')
    return "".join([*parts, "</svg>"])


def _months(first: date, days: int) -> list[int]:
    """Return which days of the span begin a month, the first day of the span aside."""
    return [at for at in range(1, days) if (first + timedelta(days=at)).day == 1]


def _month(x: float) -> str:
    return f'<path d="M{x} 0V{HIGH + FOOT}" stroke="{LINE}" stroke-dasharray="2 3" fill="none"/>'
