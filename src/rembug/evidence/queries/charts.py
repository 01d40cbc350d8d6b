"""An indicator over time in words and as a drawing, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from rembug.evidence.queries.trends import Point
from rembug.evidence.rules.drawings import trend_drawn
from rembug.evidence.rules.indicators import INDICATORS, Measured
from rembug.evidence.words import counted
from rembug.lib import say


@dataclass(frozen=True, slots=True)
class PeriodFace:
    """One month or week in words. `value` is empty where too little is known."""

    when: str
    value: str
    between: str
    counted: str
    coverage: float


@dataclass(frozen=True, slots=True)
class TrendFace:
    """An indicator over time. `enough`: at least one period is known."""

    code: str
    name: str
    unit: str
    formula: str
    min_coverage: float
    chart: SafeString
    summary: str
    most: str  # what the top of the chart stands for
    periods: tuple[PeriodFace, ...]
    enough: bool


def drawn(indicator: str, points: Sequence[Point]) -> TrendFace:
    """Return an indicator with its chart, a sentence about it, and the table beside it."""
    one, english = INDICATORS[indicator], int(get_language() == "en")
    faces = tuple(_period(indicator, point) for point in points)
    known = [point for point in points if point.found.known]
    most = max((point.found.high or 0.0 for point in known), default=0.0)
    drawing = trend_drawn([(point.found.value, point.found.low, point.found.high) for point in points])
    return TrendFace(
        code=indicator,
        name=one.names[english],
        unit=one.unit[english],
        formula=one.formula[english],
        min_coverage=one.min_coverage,
        chart=mark_safe(drawing),  # noqa: S308 our own drawing
        summary=_summary(faces, len(known)),
        most=number(indicator, most),
        periods=faces,
        enough=bool(known),
    )


def number(indicator: str, value: float) -> str:
    """Return a value as it is read: a share as a percentage, hours and centimetres with one decimal, whole people."""
    one = INDICATORS[indicator]
    if one.is_share:
        return say.percent(value)
    return say.number(value, 0 if one.kind == "people" else 1)


def value_of(indicator: str, found: Measured) -> str:
    """Return what is known in words: a number, a range, or nothing."""
    if found.value is not None:
        return number(indicator, found.value)
    return between(indicator, found) if found.known else ""


def between(indicator: str, found: Measured) -> str:
    """Return the interval or range; nothing where it is not known."""
    if found.low is None or found.high is None:
        return ""
    return f"{number(indicator, found.low)} – {number(indicator, found.high)}"


def _period(indicator: str, point: Point) -> PeriodFace:
    found = point.found
    return PeriodFace(
        when=f"{say.short_day(point.first)} – {say.day(point.last)}",
        value=value_of(indicator, found),
        between=between(indicator, found) if found.value is not None else "",
        counted=counted(INDICATORS[indicator].kind, found.days_seen, found.days),
        coverage=found.coverage,
    )


def _summary(faces: Sequence[PeriodFace], known: int) -> str:
    told = [one for one in faces if one.value]
    if not told:
        return gettext("Belum cukup data di masa mana pun.")
    words = gettext("%(known)s dari %(every)s masa cukup datanya. Terbaru: %(value)s (%(when)s).")
    return words % {"known": known, "every": len(faces), "value": told[-1].value, "when": told[-1].when}
