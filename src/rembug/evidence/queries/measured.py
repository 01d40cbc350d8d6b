"""Indicators of a frozen version: from days, clocks of cases, voices of incidents, or cells with people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.queries.frozen import frozen
from rembug.evidence.queries.reach import patches
from rembug.evidence.rules.columns import MOMENT
from rembug.evidence.rules.exposure import affected
from rembug.evidence.rules.indicators import (
    INDICATORS,
    SURE,
    Measured,
    Rows,
    daily,
    days_of,
    inside,
    measure,
    share_of,
)
from rembug.evidence.rules.voices import heard_by_others
from rembug.places import queries as places


@dataclass(frozen=True, slots=True)
class Span:
    """Local days of some areas, the last one included."""

    areas: tuple[str, ...]
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def columns(city: str, version: VersionFace, subject: str) -> Rows:
    """Return the columns of a version that indicators are reckoned from."""
    return _rows(frozen(city, version, subject).table, subject)


def by_day(city: str, rows: Rows, indicator: str, span: Span) -> NDArray[np.float64]:
    """Return an indicator for each day of a span, nan where nobody looked."""
    return daily(rows, indicator, span.areas, span.first, span.days, _ahead_s(city, span.first))


def measured(city: str, version: VersionFace, indicator: str, span: Span) -> Measured:
    """Return an indicator of a version of its subject over a span, with its interval and coverage."""
    return over(city, version, indicator, [span])[0]


def over(city: str, version: VersionFace, indicator: str, spans: list[Span]) -> list[Measured]:
    """Return an indicator over several spans, in their order; the version is read once."""
    one = INDICATORS[indicator]
    table = frozen(city, version, one.subject).table
    reckon = {"clocks": _kept, "people": _reached, "voices": _heard, "days": _daily}[one.kind]
    found: dict[Span, Measured] = {}
    for areas in dict.fromkeys(span.areas for span in spans):
        group = [span for span in spans if span.areas == areas]
        part = table.filter(pa.array(_inside(table, areas)))
        found |= zip(group, reckon(_Held(city, version, indicator, part), group), strict=True)
    return [found[span] for span in spans]


@dataclass(frozen=True, slots=True)
class _Held:
    """Rows of some areas, of which version, and what is asked of them."""

    city: str
    version: VersionFace
    indicator: str
    table: pa.Table


def _daily(held: _Held, spans: list[Span]) -> list[Measured]:
    """Reckon all days once and cut the spans out."""
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    rows = _rows(held.table, INDICATORS[held.indicator].subject)
    days = (last - first).days + 1
    series = days_of(rows, held.indicator, first, days, _ahead_s(held.city, first))
    least = INDICATORS[held.indicator].min_coverage
    starts = [(span.first - first).days for span in spans]
    found = [measure(series[at : at + span.days], least) for at, span in zip(starts, spans, strict=True)]
    if not INDICATORS[held.indicator].is_share:
        return found
    return [one if one.high is None else replace(one, high=min(one.high, 1.0)) for one in found]


def _kept(held: _Held, spans: list[Span]) -> list[Measured]:
    """Count the first answers that fell due in each span, and its cases that no clock runs for."""
    due, opened = _seconds(held.table, "answer_due_at"), _seconds(held.table, "opened_at")
    kept = pc.fill_null(held.table.column("in_time"), fill_value=False).to_numpy()
    passed = due <= held.version.frozen_at.timestamp()
    least = INDICATORS[held.indicator].min_coverage
    found = []
    for span in spans:
        fell = passed & _within(held.city, due, span)
        without = np.isnan(due) & _within(held.city, opened, span)
        found.append(share_of(int((fell & kept).sum()), int(fell.sum()), int(without.sum()), least))
    return found


def _heard(held: _Held, spans: list[Span]) -> list[Measured]:
    """Count the incidents that began in each span, and those of them with more than one witness."""
    began, last = _seconds(held.table, "started_at"), _seconds(held.table, "last_at")
    witnesses = np.asarray(held.table.column("witness_count").to_numpy(), np.int64)
    frozen_s, least = held.version.frozen_at.timestamp(), INDICATORS[held.indicator].min_coverage
    chosen = [_within(held.city, began, span) for span in spans]
    return [heard_by_others(witnesses[one], last[one], frozen_s, least) for one in chosen]


def _reached(held: _Held, spans: list[Span]) -> list[Measured]:
    """Count cells with water in each span, and the people of the kelurahan that they lie in."""
    rows = _rows(held.table, INDICATORS[held.indicator].subject)
    spots = np.column_stack([held.table.column(name).to_numpy() for name in ("lon", "lat")])
    wet, at = rows.wet & (rows.probability >= SURE), rows.at.astype(np.float64)
    least = INDICATORS[held.indicator].min_coverage
    found = []
    for span in spans:
        chosen = _within(held.city, at, span)
        parts = patches(held.city, span.areas, rows.areas[chosen], spots[chosen], wet[chosen])
        found.append(affected(parts, least))
    return found


def _rows(table: pa.Table, subject: str) -> Rows:
    low = table.column("depth_low_cm").cast(pa.float64()).to_numpy()
    high = table.column("depth_high_cm").cast(pa.float64()).to_numpy()
    wet = pc.equal(table.column("claim"), "present").to_numpy()
    return Rows(
        at=table.column(MOMENT[subject]).cast(pa.int64()).to_numpy(),
        areas=np.array([code or "" for code in table.column("area_code").to_pylist()], dtype=np.str_),
        wet=np.asarray(wet, bool),
        depth_cm=np.where(np.isnan(high), low, (low + high) / 2),
        probability=table.column("probability").to_numpy(),
    )


def _inside(table: pa.Table, areas: tuple[str, ...]) -> NDArray[np.bool_]:
    """Tell for each row whether it lies in some areas; each code is compared once, however many rows name it."""
    codes = pc.fill_null(table.column("area_code"), "").combine_chunks().dictionary_encode()
    named = np.array(codes.dictionary.to_pylist(), dtype=np.str_)
    return np.asarray(inside(named, areas)[codes.indices.to_numpy()]) if len(named) else np.zeros(0, bool)


def _seconds(table: pa.Table, name: str) -> NDArray[np.float64]:
    """Return a moment as seconds since 1970, nan where there is none."""
    found: Any = table.column(name).cast(pa.int64()).cast(pa.float64()).to_numpy()
    return np.asarray(found, np.float64)


def _within(city: str, at: NDArray[np.float64], span: Span) -> NDArray[np.bool_]:
    zone = ZoneInfo(places.city(city).timezone)
    start = datetime.combine(span.first, time(0), zone).timestamp()
    end = datetime.combine(span.last + timedelta(days=1), time(0), zone).timestamp()
    return np.asarray((at >= start) & (at < end))  # nan is never inside


def _ahead_s(city: str, day: date) -> int:
    offset = datetime.combine(day, time(12), ZoneInfo(places.city(city).timezone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0
